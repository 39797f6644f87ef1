package io.jenkins.plugins.ecscanary.engine.record;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectReader;
import io.jenkins.plugins.ecscanary.engine.json.Json;
import io.jenkins.plugins.ecscanary.engine.timeline.Uninterrupted;
import io.jenkins.plugins.ecscanary.engine.timeline.WholeLine;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The index of one service on disk: a JSON line for each time the state of a record changed, the last one of an id counts. It
 * grows, or is replaced as a whole by one made of the timelines; both by one process and thread at a time.
 */
final class IndexFile {

    static final String NAME = "index.jsonl";
    private static final String LOCK = "index.lock";
    private static final String FRESH = ".tmp";

    private static final ObjectReader SUMMARIES =
            Json.mapper().readerFor(RecordSummary.class).with(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

    /** What the threads of this process wait for, by the folder, under whatever name it was reached. */
    private static final Map<Path, Object> HERE = new ConcurrentHashMap<>();

    private final Path folder;

    /** @param folder the service's */
    IndexFile(Path folder) {
        this.folder = folder;
    }

    Path path() {
        return folder.resolve(NAME);
    }

    /** Whether an entry of the folder is ours rather than a record. */
    static boolean owns(String name) {
        return name.equals(NAME) || name.equals(LOCK) || (name.startsWith("index") && name.endsWith(FRESH));
    }

    /** On disk when this returns. */
    void append(RecordSummary record) throws IOException {
        Files.createDirectories(folder);
        byte[] line = line(record);
        locked(() -> {
            try (FileChannel channel = FileChannel.open(path(), StandardOpenOption.CREATE, StandardOpenOption.APPEND)) {
                WholeLine.append(channel, line);
            }
        });
    }

    /** Under {@link #locked}. Leaves nothing but the index behind, whether it can be replaced or not. */
    void replace(List<RecordSummary> records) throws IOException {
        deleteLeftBehind();
        Path fresh = Files.createTempFile(folder, "index", FRESH);
        try {
            try (FileChannel channel = FileChannel.open(fresh, StandardOpenOption.WRITE)) {
                for (RecordSummary record : records) {
                    ByteBuffer rest = ByteBuffer.wrap(line(record));
                    while (rest.hasRemaining()) {
                        channel.write(rest);
                    }
                }
            }
            Files.move(fresh, path(), StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } finally {
            Files.deleteIfExists(fresh);
        }
    }

    /** By a process that died while it made one. */
    private void deleteLeftBehind() throws IOException {
        try (DirectoryStream<Path> left = Files.newDirectoryStream(folder, "index*" + FRESH)) {
            for (Path one : left) {
                Files.deleteIfExists(one);
            }
        }
    }

    private static byte[] line(RecordSummary record) throws IOException {
        return (Json.mapper().writeValueAsString(record) + "\n").getBytes(StandardCharsets.UTF_8);
    }

    /** @throws Damaged if these are not whole lines with a record in each */
    static List<RecordSummary> parse(byte[] bytes, int from) throws Damaged {
        List<RecordSummary> records = new ArrayList<>();
        int start = from;
        while (start < bytes.length) {
            int end = start;
            while (end < bytes.length && bytes[end] != '\n') {
                end++;
            }
            byte[] line = Arrays.copyOfRange(bytes, start, end);
            if (end == bytes.length) {
                throw new Damaged("it ends in half a line", line);
            }
            records.add(record(line));
            start = end + 1;
        }
        return records;
    }

    private static RecordSummary record(byte[] line) throws Damaged {
        try {
            RecordSummary record = SUMMARIES.readValue(line);
            if (record == null || record.id() == null || record.service() == null || record.startedAt() == null) {
                throw new Damaged("no record", line);
            }
            return record;
        } catch (JsonProcessingException e) {
            throw new Damaged(e.getOriginalMessage(), line);
        } catch (Damaged e) {
            throw e;
        } catch (IOException e) {
            throw new Damaged(e.getMessage(), line);
        }
    }

    /** Something in it is no record. */
    static final class Damaged extends IOException {
        private static final long serialVersionUID = 1L;

        Damaged(String why, byte[] line) {
            super(why + ": " + new String(line, 0, Math.min(80, line.length), StandardCharsets.UTF_8));
        }
    }

    interface Change {
        void make() throws IOException;
    }

    /**
     * One at a time, in all processes: a line that is added while the index is made anew would be lost. Other services' are
     * not held up.
     */
    void locked(Change change) throws IOException {
        // A file lock is the whole process's, not a thread's.
        synchronized (HERE.computeIfAbsent(folder.toRealPath(), real -> new Object())) {
            Uninterrupted.make(() -> {
                try (FileChannel channel = FileChannel.open(
                                folder.resolve(LOCK), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                        FileLock lock = channel.lock()) {
                    if (!lock.isValid()) {
                        throw new IOException("the lock of " + folder + " was lost");
                    }
                    change.make();
                    return null;
                }
            });
        }
    }
}
