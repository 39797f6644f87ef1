package io.jenkins.plugins.ecscanary.engine.record;

import io.jenkins.plugins.ecscanary.engine.timeline.TimelineEntry;
import io.jenkins.plugins.ecscanary.engine.timeline.TimelineFile;
import io.jenkins.plugins.ecscanary.engine.timeline.TimelineFile.UnreadableTimeline;
import io.jenkins.plugins.ecscanary.engine.view.DeploymentView;
import io.jenkins.plugins.ecscanary.engine.view.ViewFold;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Reads records from disk and counts what that takes. */
final class RecordFiles {

    static final String TIMELINE = "timeline.jsonl";

    private static final Logger LOG = LoggerFactory.getLogger(RecordFiles.class);

    private final LongAdder files = new LongAdder();
    private final LongAdder bytes = new LongAdder();
    private final LongAdder listings = new LongAdder();

    /** A history is read again and again; what is wrong with it is said once. */
    private final Set<Path> leftOut = ConcurrentHashMap.newKeySet();

    RecordStore.Reads reads() {
        return new RecordStore.Reads(files.sum(), bytes.sum(), listings.sum());
    }

    /**
     * What tells a file from what it was before.
     *
     * @param key the file system's for it, or null where it has none
     */
    record Stamp(Object key, long size, FileTime modified) {}

    /** Empty if there is no such file. */
    Optional<Stamp> stamp(Path file) throws IOException {
        try {
            BasicFileAttributes found = Files.readAttributes(file, BasicFileAttributes.class);
            return Optional.of(new Stamp(found.fileKey(), found.size(), found.lastModifiedTime()));
        } catch (NoSuchFileException e) {
            return Optional.empty();
        } catch (FileSystemException e) {
            if (Files.isRegularFile(file.resolveSibling(""))) {
                return Optional.empty(); // something else than a record's folder, such as a copy of the index
            }
            throw e;
        }
    }

    /** The bytes from {@code start} to before {@code end}. */
    byte[] read(Path file, long start, long end) throws IOException {
        ByteBuffer content = ByteBuffer.allocate(Math.toIntExact(end - start));
        files.increment();
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
            while (content.hasRemaining()) {
                int read = channel.read(content, start + content.position());
                if (read < 0) {
                    throw new EOFException(file + " got shorter while it was read");
                }
                bytes.add(read);
            }
        }
        return content.array();
    }

    /** The names of what is in a folder. */
    List<String> names(Path folder) throws IOException {
        listings.increment();
        try (Stream<Path> entries = Files.list(folder)) {
            return entries.map(entry -> entry.getFileName().toString()).sorted().toList();
        }
    }

    List<TimelineEntry> timeline(Path file) throws IOException {
        files.increment();
        bytes.add(Files.size(file));
        return TimelineFile.read(file);
    }

    /** Empty if nothing is in the timeline yet, or it can't be read. */
    Optional<RecordSummary> summarize(Path timeline) throws IOException {
        try {
            DeploymentView view = ViewFold.fold(timeline(timeline));
            return view.id() == null ? Optional.empty() : Optional.of(RecordStore.summary(view));
        } catch (UnreadableTimeline e) {
            if (leftOut.add(timeline)) {
                LOG.warn("left out of the history: {}", e.getMessage());
            }
            return Optional.empty();
        }
    }
}
