package io.jenkins.plugins.ecscanary.engine.scan;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Results by image id, on disk. */
public final class ScanStore {

    private final Path directory;

    /** @param directory is made with the first result */
    public ScanStore(Path directory) {
        this.directory = directory;
    }

    /** The file it is kept in; empty if it has no image id, without which nobody could find it. */
    public Optional<Path> keep(ScanResult result) throws IOException {
        throw new IOException(directory + ": nothing can be kept yet");
    }

    /** Of one image, the newest first. */
    public List<ScanResult> all(String imageId) {
        return List.of();
    }

    /** Whatever its verdict. */
    public Optional<ScanResult> newest(String imageId) {
        return all(imageId).stream().findFirst();
    }

    /** Passed, and not judged otherwise since. */
    public Optional<ScanResult> newestPassed(Set<String> imageIds, Instant notBefore) {
        return Optional.empty();
    }
}
