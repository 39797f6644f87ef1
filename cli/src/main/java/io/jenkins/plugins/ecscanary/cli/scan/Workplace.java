package io.jenkins.plugins.ecscanary.cli.scan;

import io.jenkins.plugins.ecscanary.cli.CliFailure;
import io.jenkins.plugins.ecscanary.cli.ExitCode;
import io.jenkins.plugins.ecscanary.cli.Surroundings;
import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A directory that only its owner can read: reports hold the secrets that were found. The scanner runs in it, so that no
 * {@code trivy.yaml} or {@code .trivyignore} lies around it, and has its temporary files in it, so that one that is killed leaves
 * none. It is removed also when this process is told to end.
 */
public final class Workplace implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Workplace.class);

    private final Path directory;
    private final Thread atTheEnd = new Thread(this::removeQuietly, "scan-workplace");

    private Workplace(Path directory) {
        this.directory = directory;
        Runtime.getRuntime().addShutdownHook(atTheEnd);
    }

    /** Where temporary files belong. */
    public static Workplace make(Surroundings surroundings) {
        Path where = surroundings
                .variable("TMPDIR")
                .map(Path::of)
                .filter(Files::isDirectory)
                .orElseGet(() -> Path.of(System.getProperty("java.io.tmpdir")));
        try {
            return new Workplace(
                    Files.createTempDirectory(where, "ecs-canary-scan-").toAbsolutePath());
        } catch (IOException e) {
            throw new CliFailure(ExitCode.FAILED, "no directory can be made in " + where + " for the scan: " + e, e);
        }
    }

    Path directory() {
        return directory;
    }

    public Path file(String name) {
        return directory.resolve(name);
    }

    @Override
    public void close() {
        try {
            Runtime.getRuntime().removeShutdownHook(atTheEnd);
        } catch (IllegalStateException e) {
            return; // it is being removed
        }
        try {
            remove();
        } catch (IOException e) {
            throw new CliFailure(
                    ExitCode.FAILED,
                    directory + " can't be removed, and secrets may be in it: remove it (" + e + ")",
                    e);
        }
    }

    private void removeQuietly() {
        try {
            remove();
        } catch (IOException e) {
            LOG.warn("{} can't be removed, and secrets may be in it: remove it", directory, e);
        }
    }

    private void remove() throws IOException {
        Files.walkFileTree(directory, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                Files.deleteIfExists(file);
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult postVisitDirectory(Path visited, IOException failure) throws IOException {
                Files.deleteIfExists(visited);
                return FileVisitResult.CONTINUE;
            }
        });
    }
}
