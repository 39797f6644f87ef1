package io.jenkins.plugins.ecscanary.jenkins.scan;

import hudson.model.Job;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Optional;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * The index of a job's scans: JSON lines in the job's directory, the oldest first, so that it goes where the job goes and ends
 * with it. Outlives builds.
 */
public final class JobScans {

    private static final Logger LOGGER = Logger.getLogger(JobScans.class.getName());

    private static final String FILE = "ecs-canary-scans.jsonl";

    /** So many are kept; twice as many may be in the file before it is written anew. */
    static final int MOST = 500;

    private JobScans() {}

    private static Path file(Job<?, ?> job) {
        return job.getRootDir().toPath().resolve(FILE);
    }

    /** Whether there is any. Reads nothing. */
    public static boolean any(Job<?, ?> job) {
        return Files.exists(file(job));
    }

    /** The oldest first. What can't be read is left out. */
    public static synchronized List<ScanLine> of(Job<?, ?> job) {
        try {
            return Files.exists(file(job))
                    ? Files.readAllLines(file(job), StandardCharsets.UTF_8).stream()
                            .map(ScanLine::parse)
                            .flatMap(Optional::stream)
                            .toList()
                    : List.of();
        } catch (IOException e) {
            LOGGER.log(Level.WARNING, e, () -> "the scans of " + job.getFullName() + " can't be read");
            return List.of();
        }
    }

    /** Notes one, once. */
    static synchronized void add(Job<?, ?> job, ScanLine line) throws IOException {
        List<ScanLine> known = of(job);
        if (known.stream().anyMatch(other -> other.id().equals(line.id()))) {
            return;
        }
        Path file = file(job);
        if (known.size() >= 2 * MOST) {
            Path fresh = Files.createTempFile(job.getRootDir().toPath(), "ecs-canary-scans", ".tmp");
            Files.write(
                    fresh,
                    known.subList(known.size() - MOST + 1, known.size()).stream()
                            .map(ScanLine::json)
                            .toList());
            Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        }
        // A line that was torn by a crash is ended first.
        Files.writeString(
                file,
                (Files.exists(file) && !endsWithNewline(file) ? "\n" : "") + line.json() + "\n",
                StandardOpenOption.CREATE,
                StandardOpenOption.APPEND);
    }

    private static boolean endsWithNewline(Path file) throws IOException {
        byte[] all = Files.readAllBytes(file);
        return all.length == 0 || all[all.length - 1] == '\n';
    }
}
