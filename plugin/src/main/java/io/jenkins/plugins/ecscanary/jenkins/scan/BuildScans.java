package io.jenkins.plugins.ecscanary.jenkins.scan;

import hudson.model.Run;
import io.jenkins.plugins.ecscanary.engine.scan.ScanResult;
import io.jenkins.plugins.ecscanary.engine.scan.ScanResultJson;
import io.jenkins.plugins.ecscanary.engine.scan.UnreadableReportException;
import java.io.IOException;
import java.lang.ref.SoftReference;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** The results of a build's scans: a file each in the build's directory. Written once; nothing of them is in the build's record. */
public final class BuildScans {

    private static final String DIRECTORY = "ecs-canary-scans";

    /** Pages ask for the same few again and again. */
    private static final int HELD = 20;

    private static final Map<Path, SoftReference<ScanResult>> READ = new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Path, SoftReference<ScanResult>> eldest) {
            return size() > HELD;
        }
    };

    private BuildScans() {}

    private static Path directory(Run<?, ?> run) {
        return run.getRootDir().toPath().resolve(DIRECTORY);
    }

    /** @param id as {@link ScanId} makes them */
    private static String name(String id) {
        return ScanId.checked(id) + ".json";
    }

    /** Either all of it is there afterwards or nothing. */
    static void write(Run<?, ?> run, String id, ScanResult result) throws IOException {
        Path directory = Files.createDirectories(directory(run));
        Path fresh = Files.createTempFile(directory, id, ".tmp");
        Files.write(fresh, ScanResultJson.write(result));
        Files.move(
                fresh,
                directory.resolve(name(id)),
                StandardCopyOption.ATOMIC_MOVE,
                StandardCopyOption.REPLACE_EXISTING);
    }

    /**
     * Empty while the scan is under way, and where it never came to an end.
     *
     * @throws UnreadableReportException if there is something else in its place
     */
    public static Optional<ScanResult> read(Run<?, ?> run, String id) throws IOException, UnreadableReportException {
        Path file = directory(run).resolve(name(id));
        synchronized (READ) {
            SoftReference<ScanResult> held = READ.get(file);
            ScanResult result = held == null ? null : held.get();
            if (result != null && Files.exists(file)) {
                return Optional.of(result);
            }
        }
        if (!Files.exists(file)) {
            return Optional.empty();
        }
        ScanResult result = ScanResultJson.read(Files.readAllBytes(file), name(id));
        synchronized (READ) {
            READ.put(file, new SoftReference<>(result));
        }
        return Optional.of(result);
    }
}
