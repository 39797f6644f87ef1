package io.jenkins.plugins.ecscanary.engine.timeline;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * An operating-system lock on a file of its own, given up by dying. It is not the timeline that is locked: POSIX drops a
 * process's locks on a file when that process closes <em>any</em> channel to it, so merely reading the timeline would give
 * it away. For the same reason a file that is held is never opened a second time by this process.
 */
final class Ownership implements AutoCloseable {

    private static final Set<Path> HELD = ConcurrentHashMap.newKeySet();

    private final Path file;
    private final FileChannel channel;
    private boolean given;

    private Ownership(Path file, FileChannel channel) {
        this.file = file;
        this.channel = channel;
    }

    /** @return empty if someone else, in this process or another, has it */
    static Optional<Ownership> take(Path lockFile) throws IOException {
        Path file = lockFile.toAbsolutePath().normalize();
        if (!HELD.add(file)) {
            return Optional.empty();
        }
        FileChannel channel = null;
        try {
            channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            if (channel.tryLock() != null) {
                return Optional.of(new Ownership(file, channel));
            }
            channel.close();
        } catch (IOException | RuntimeException e) {
            if (channel != null) {
                channel.close();
            }
            HELD.remove(file);
            throw e;
        }
        HELD.remove(file);
        return Optional.empty();
    }

    /**
     * Whether someone has it, for who may not write to it and so can't have it.
     *
     * @throws IOException if that can't be told
     */
    static boolean taken(Path lockFile) throws IOException {
        Path file = lockFile.toAbsolutePath().normalize();
        if (!HELD.add(file)) {
            return true;
        }
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ);
                FileLock shared = channel.tryLock(0, Long.MAX_VALUE, true)) {
            return shared == null;
        } finally {
            HELD.remove(file);
        }
    }

    /** More than once is the same as once: by then it may be someone else's. */
    @Override
    public synchronized void close() {
        if (given) {
            return;
        }
        given = true;
        try {
            channel.close();
        } catch (IOException e) {
            throw new UncheckedIOException("the lock " + file + " can't be given up: " + e.getMessage(), e);
        } finally {
            HELD.remove(file);
        }
    }
}
