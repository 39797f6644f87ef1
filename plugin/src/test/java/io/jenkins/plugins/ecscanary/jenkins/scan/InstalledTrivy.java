package io.jenkins.plugins.ecscanary.jenkins.scan;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Stream;

/** A real Trivy: the one that a system property names, else the one on the PATH. */
public final class InstalledTrivy {

    private static final String PROPERTY = "io.jenkins.plugins.ecscanary.trivy";

    private InstalledTrivy() {}

    /** Where it is; who asks is skipped where there is none. */
    public static Path directory() {
        String named = System.getProperty(PROPERTY);
        if (named != null) {
            Path program = Path.of(named).toAbsolutePath();
            if (!Files.isExecutable(program) || !program.endsWith("trivy")) {
                throw new IllegalStateException(PROPERTY + " is " + named + ", which is no program called trivy");
            }
            return program.getParent();
        }
        Optional<Path> found = Stream.of(
                        System.getenv().getOrDefault("PATH", "").split(File.pathSeparator))
                .filter(directory -> !directory.isEmpty())
                .map(Path::of)
                .filter(directory -> Files.isExecutable(directory.resolve("trivy")))
                .findFirst();
        assumeTrue(
                found.isPresent(),
                "there is no trivy on the PATH, and -D" + PROPERTY + " names none: install one to have it tested with");
        return found.get();
    }
}
