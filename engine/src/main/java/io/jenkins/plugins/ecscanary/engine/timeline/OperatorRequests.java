package io.jenkins.plugins.ecscanary.engine.timeline;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.jenkins.plugins.ecscanary.engine.json.Json;
import io.jenkins.plugins.ecscanary.engine.model.Wait;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What other processes ask of a record's owner: JSON lines beside the timeline, since only the owner writes the timeline. Lines
 * are only ever added; a request's number is that of its line, from 1 on. The owner notes in the timeline which it has taken
 * up. Whoever may write in the folder may ask, as he could take the record over.
 */
public final class OperatorRequests {

    private static final Logger LOG = LoggerFactory.getLogger(OperatorRequests.class);

    private static final String FILE = "requests.jsonl";
    private static final int LONGEST_TEXT = 500;

    private final Path file;

    private OperatorRequests(Path file) {
        this.file = file;
    }

    /**
     * @param who for people
     * @param action {@code ROLL_BACK} or {@code PROMOTE}
     * @param waiting what a PROMOTE is to end; else null
     * @param note why, or null
     */
    public record Request(Instant at, String who, String action, Wait waiting, String note) {

        private boolean makesSense() {
            return at != null
                    && who != null
                    && ("ROLL_BACK".equals(action) || ("PROMOTE".equals(action) && waiting != null));
        }
    }

    /** Those of the record with this timeline. */
    public static OperatorRequests beside(Path timeline) {
        return new OperatorRequests(timeline.resolveSibling(FILE));
    }

    /**
     * Leaves a request.
     *
     * @return its number
     */
    public int add(Request request) {
        Request clean = new Request(
                request.at(), text(request.who()), request.action(), request.waiting(), text(request.note()));
        synchronized (OperatorRequests.class) { // a file lock is the whole process's, not a thread's
            try {
                byte[] line = (Json.mapper().writeValueAsString(clean) + "\n").getBytes(StandardCharsets.UTF_8);
                return Uninterrupted.make(() -> append(line));
            } catch (IOException e) {
                throw new UncheckedIOException("the request can't be left in " + file + ": " + e.getMessage(), e);
            }
        }
    }

    private int append(byte[] line) throws IOException {
        try (FileChannel channel = FileChannel.open(
                        file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
                FileLock lock = channel.lock()) {
            if (!lock.isValid()) {
                throw new IOException("its lock was lost");
            }
            int before = cutBack(channel);
            WholeLine.append(channel, line);
            return before + 1;
        }
    }

    /**
     * Takes away half a line of a process that died while it wrote: what comes after it would be taken for its rest.
     *
     * @return how many lines there are
     */
    private static int cutBack(FileChannel channel) throws IOException {
        ByteBuffer content = ByteBuffer.allocate(Math.toIntExact(channel.size()));
        while (content.hasRemaining() && channel.read(content, content.position()) >= 0) {
            // on until all is read
        }
        int lines = 0;
        int whole = 0;
        for (int i = 0; i < content.position(); i++) {
            if (content.get(i) == '\n') {
                lines++;
                whole = i + 1;
            }
        }
        channel.truncate(whole);
        return lines;
    }

    private static String text(String given) {
        if (given == null) {
            return null;
        }
        String clean = given.replaceAll("\\p{Cntrl}+", " ").strip();
        return clean.length() <= LONGEST_TEXT ? clean : clean.substring(0, LONGEST_TEXT) + "…";
    }

    /** All so far by number; empty where a line makes no sense. A line that is just being written is not among them. */
    public List<Optional<Request>> all() {
        try {
            return lines().stream().map(this::read).toList();
        } catch (IOException e) {
            throw new UncheckedIOException("the requests in " + file + " can't be read: " + e.getMessage(), e);
        }
    }

    private List<String> lines() throws IOException {
        if (!Files.exists(file)) {
            return List.of();
        }
        String text = Files.readString(file);
        return text.substring(0, text.lastIndexOf('\n') + 1).lines().toList();
    }

    private Optional<Request> read(String line) {
        try {
            return Optional.ofNullable(Json.mapper().readValue(line, Request.class))
                    .filter(Request::makesSense);
        } catch (JsonProcessingException e) {
            LOG.debug("a line of {} is no request and is left out: {}", file, e.getOriginalMessage());
            return Optional.empty();
        }
    }
}
