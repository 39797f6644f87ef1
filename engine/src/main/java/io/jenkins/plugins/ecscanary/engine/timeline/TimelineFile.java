package io.jenkins.plugins.ecscanary.engine.timeline;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A timeline on disk, held by its owner: append-only JSON lines, with a lock beside them that a killed process gives
 * up by dying. Each event is on disk before {@link #append} returns, because what is intended must be known even if
 * the process dies in the next instant. Thread-safe.
 */
public final class TimelineFile implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(TimelineFile.class);

    private static final String LOCK = "owner.lock";

    private final Ownership ownership;
    private final Path file;
    private FileChannel channel;
    private final List<TimelineEntry> entries;
    private final Deque<TimelineEntry> unwritten = new ArrayDeque<>();
    private long written;
    private String trouble;
    private boolean closed;

    private TimelineFile(
            Ownership ownership, Path file, FileChannel channel, List<TimelineEntry> entries, long written) {
        this.ownership = ownership;
        this.file = file;
        this.channel = channel;
        this.entries = entries;
        this.written = written;
    }

    /**
     * Opens or creates a timeline for writing. A torn last line, left by a process that died while writing it, is cut off.
     *
     * @return empty if someone else owns it
     * @throws UnreadableTimeline if a line other than a torn last one can't be read
     */
    public static Optional<TimelineFile> own(Path file) throws IOException {
        Files.createDirectories(file.toAbsolutePath().resolveSibling(""));
        return own(file, Set.of(StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE));
    }

    /**
     * The same of one that is there: an empty one in its place would say that nothing had ever happened.
     *
     * @throws NoSuchFileException if it is not
     */
    public static Optional<TimelineFile> ownExisting(Path file) throws IOException {
        if (!Files.exists(file)) {
            throw new NoSuchFileException(file.toString());
        }
        return own(file, Set.of(StandardOpenOption.READ, StandardOpenOption.WRITE));
    }

    private static Optional<TimelineFile> own(Path file, Set<StandardOpenOption> how) throws IOException {
        Path folder = file.toAbsolutePath().resolveSibling("");
        Optional<Ownership> ownership = Ownership.take(folder.resolve(LOCK));
        if (ownership.isEmpty()) {
            return Optional.empty();
        }
        FileChannel channel = null;
        try {
            channel = FileChannel.open(file, how);
            byte[] bytes = Files.readAllBytes(file);
            int whole = wholeLines(bytes);
            List<TimelineEntry> entries = parse(file, new String(bytes, 0, whole, StandardCharsets.UTF_8));
            channel.truncate(whole);
            channel.position(whole);
            return Optional.of(new TimelineFile(ownership.get(), file, channel, entries, whole));
        } catch (IOException | RuntimeException e) {
            if (channel != null) {
                channel.close();
            }
            ownership.get().close();
            throw e;
        }
    }

    /**
     * Whether a living process owns it: for who may only read it.
     *
     * @throws IOException if that can't be told either
     */
    public static boolean owned(Path file) throws IOException {
        return Ownership.taken(file.resolveSibling(LOCK));
    }

    /** Reads without owning; a torn last line is left out. */
    public static List<TimelineEntry> read(Path file) throws IOException {
        byte[] bytes = Files.readAllBytes(file);
        return parse(file, new String(bytes, 0, wholeLines(bytes), StandardCharsets.UTF_8));
    }

    /**
     * Appends an event. Times are written to the millisecond. What can't be written now, because the disk is full, say, is
     * kept and written, in order, with the next event; the file never has half a line in its middle.
     *
     * @see #trouble()
     */
    public synchronized TimelineEntry append(DeploymentEvent event) {
        TimelineEntry entry = new TimelineEntry(entries.size() + 1, event);
        entries.add(entry);
        unwritten.add(entry);
        flush();
        return entry;
    }

    /** Why the last events are not on disk; empty if they all are. */
    public synchronized Optional<String> trouble() {
        return Optional.ofNullable(trouble);
    }

    /**
     * Tries once more to write what could not be written.
     *
     * @return why that failed again; empty if all is on disk
     */
    public synchronized Optional<String> retry() {
        if (!unwritten.isEmpty()) {
            flush();
        }
        return trouble();
    }

    private void flush() {
        try {
            while (!unwritten.isEmpty()) {
                byte[] line = (TimelineCodec.write(unwritten.peek()) + "\n").getBytes(StandardCharsets.UTF_8);
                written += Uninterrupted.make(() -> write(line));
                unwritten.remove();
            }
            trouble = null;
        } catch (IOException e) {
            trouble = "the timeline can't be written: " + e.getMessage();
            cutBack();
        }
    }

    /** At the end of what is written, over anything that an interrupted attempt has left there. */
    private int write(byte[] line) throws IOException {
        if (!channel.isOpen() && !closed) {
            channel = FileChannel.open(file, StandardOpenOption.WRITE);
        }
        channel.position(written);
        ByteBuffer rest = ByteBuffer.wrap(line);
        while (rest.hasRemaining()) {
            channel.write(rest);
        }
        channel.force(false);
        return line.length;
    }

    /** Takes half a line away again. If even that fails, the next write starts at the same place and covers it. */
    private void cutBack() {
        try {
            channel.truncate(written);
        } catch (IOException e) {
            trouble = trouble + " (nor cut back: " + e.getMessage() + ")";
        }
    }

    public synchronized List<TimelineEntry> entries() {
        return List.copyOf(entries);
    }

    /** Gives up ownership. What can't be written even now is lost; whoever owns it next goes on from what is there. */
    @Override
    public synchronized void close() {
        if (!closed && retry().isPresent()) {
            LOG.warn("{} events are missing in {}: {}", unwritten.size(), file, trouble);
        }
        closed = true;
        try {
            channel.close();
        } catch (IOException e) {
            throw new UncheckedIOException("the timeline can't be closed: " + e.getMessage(), e);
        } finally {
            ownership.close();
        }
    }

    /** How many bytes belong to lines that were written to their end. */
    private static int wholeLines(byte[] bytes) {
        int end = bytes.length;
        while (end > 0 && bytes[end - 1] != '\n') {
            end--;
        }
        return end;
    }

    private static List<TimelineEntry> parse(Path file, String text) {
        List<TimelineEntry> entries = new ArrayList<>();
        int number = 0;
        for (String line : text.split("\n", -1)) {
            number++;
            if (line.isBlank()) {
                continue;
            }
            try {
                TimelineEntry entry = TimelineCodec.read(line);
                if (entry.seq() != entries.size() + 1) {
                    throw new UnreadableTimeline(
                            file,
                            number,
                            "its seq is " + entry.seq() + " where " + (entries.size() + 1)
                                    + " was expected: lines are missing or doubled");
                }
                entries.add(entry);
            } catch (TimelineCodec.MalformedLine e) {
                throw new UnreadableTimeline(file, number, e.getMessage());
            }
        }
        return entries;
    }

    /** A timeline with a line that can't be read: nothing is guessed from the rest. */
    public static final class UnreadableTimeline extends RuntimeException {
        private static final long serialVersionUID = 1L;

        UnreadableTimeline(Path file, int line, String why) {
            super("the timeline " + file + " can't be read: line " + line + ": " + why
                    + ". Restore the file or move its folder away; AWS is not affected.");
        }
    }
}
