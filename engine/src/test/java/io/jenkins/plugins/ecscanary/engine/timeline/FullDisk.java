package io.jenkins.plugins.ecscanary.engine.timeline;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Keeps a timeline that is owned from being written: a folder is in its place, and the owner's thread is interrupted, so that it
 * has to open its file anew.
 */
public final class FullDisk {

    private final Path file;
    private final Path aside;

    private FullDisk(Path file) {
        this.file = file;
        this.aside = file.resolveSibling("aside");
    }

    /** From the next event that this thread appends on. It stays interrupted afterwards. */
    public static FullDisk under(Path timeline) {
        FullDisk disk = new FullDisk(timeline);
        try {
            Files.move(timeline, disk.aside);
            Files.createDirectory(timeline);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Thread.currentThread().interrupt();
        return disk;
    }

    /** It can be written again. */
    public void room() {
        try {
            Files.delete(file);
            Files.move(aside, file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
