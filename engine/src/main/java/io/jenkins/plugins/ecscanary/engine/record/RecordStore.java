package io.jenkins.plugins.ecscanary.engine.record;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectReader;
import io.jenkins.plugins.ecscanary.engine.json.Json;
import io.jenkins.plugins.ecscanary.engine.model.ServiceKey;
import io.jenkins.plugins.ecscanary.engine.timeline.OperatorRequests;
import io.jenkins.plugins.ecscanary.engine.timeline.TimelineEntry;
import io.jenkins.plugins.ecscanary.engine.timeline.TimelineFile;
import io.jenkins.plugins.ecscanary.engine.timeline.TimelineFile.UnreadableTimeline;
import io.jenkins.plugins.ecscanary.engine.timeline.Uninterrupted;
import io.jenkins.plugins.ecscanary.engine.view.DeploymentView;
import io.jenkins.plugins.ecscanary.engine.view.ViewFold;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URLEncoder;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Records on disk: {@code <root>/<account>/<region>/<cluster>/<service>/<id>/timeline.jsonl}, and beside them an index per
 * service, so that a history is read from one file. The index only ever grows; the last line of an id counts. It holds
 * nothing that is not in the timelines: where it is missing or damaged it is made anew from them, and a record that it does
 * not name, because the process died before it could, is read from its timeline.
 */
public final class RecordStore {

    private static final String INDEX = "index.jsonl";
    private static final String LOCK = "index.lock";
    private static final String TIMELINE = "timeline.jsonl";

    private static final Logger LOG = LoggerFactory.getLogger(RecordStore.class);

    private static final ObjectReader SUMMARIES =
            Json.mapper().readerFor(RecordSummary.class).with(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

    private final Path root;

    /** A history is read again and again; what is wrong with it is said once. */
    private final Set<Path> leftOut = ConcurrentHashMap.newKeySet();

    /** @param root created when first written to */
    public RecordStore(Path root) {
        this.root = root;
    }

    /** All records of all services, newest first. */
    public List<RecordSummary> history() {
        return serviceFolders().stream()
                .flatMap(folder -> index(folder).stream())
                .sorted(Comparator.comparing(RecordSummary::startedAt).reversed())
                .toList();
    }

    /** The records of one service, newest first. */
    public List<RecordSummary> history(ServiceKey service) {
        return index(folder(service)).stream()
                .sorted(Comparator.comparing(RecordSummary::startedAt).reversed())
                .toList();
    }

    /** By record id or by CodeDeploy's deployment id. */
    public Optional<RecordSummary> find(String idOrDeploymentId) {
        return history().stream()
                .filter(record ->
                        record.id().equals(idOrDeploymentId) || idOrDeploymentId.equals(record.deploymentId()))
                .findFirst();
    }

    /**
     * What happened in a record.
     *
     * @throws IllegalArgumentException if there is no such record
     */
    public List<TimelineEntry> timeline(String id) {
        return timeline(timelineFile(id), id);
    }

    /** The same of a record that has been found: for whoever reads it again and again. */
    public List<TimelineEntry> timeline(RecordSummary record) {
        return timeline(file(record), record.id());
    }

    private static List<TimelineEntry> timeline(Path file, String id) {
        try {
            return TimelineFile.read(file);
        } catch (IOException e) {
            throw new UncheckedIOException("the timeline of " + id + " can't be read: " + e.getMessage(), e);
        }
    }

    /** @throws IllegalArgumentException if there is no such record */
    public Path timelineFile(String id) {
        return find(id).map(this::file)
                .orElseThrow(() -> new IllegalArgumentException("there is no record " + id + " under " + root));
    }

    /** Creates a record's timeline and owns it. */
    public TimelineFile create(ServiceKey service, String id) {
        try {
            return TimelineFile.own(folder(service).resolve(id).resolve(TIMELINE))
                    .orElseThrow(() -> new IllegalStateException("the record " + id + " exists and is owned"));
        } catch (IOException e) {
            throw new UncheckedIOException("a record can't be created under " + root + ": " + e.getMessage(), e);
        }
    }

    /** Owns an existing record's timeline; empty if a living process owns it. */
    public Optional<TimelineFile> own(RecordSummary record) {
        try {
            return TimelineFile.own(file(record));
        } catch (IOException e) {
            throw new UncheckedIOException("the record " + record.id() + " can't be opened: " + e.getMessage(), e);
        }
    }

    /** What other processes ask of a record's owner. */
    public OperatorRequests requests(ServiceKey service, String id) {
        return OperatorRequests.beside(folder(service).resolve(id).resolve(TIMELINE));
    }

    /** Puts a record's present state into its service's index. */
    public void index(RecordSummary record) {
        Path folder = folder(record.service());
        try {
            Files.createDirectories(folder);
            byte[] line = (Json.mapper().writeValueAsString(record) + "\n").getBytes(StandardCharsets.UTF_8);
            locked(folder, () -> append(folder.resolve(INDEX), line));
        } catch (IOException e) {
            throw new UncheckedIOException("the index in " + folder + " can't be written: " + e.getMessage(), e);
        }
    }

    /** The history's line of a view. */
    public static RecordSummary summary(DeploymentView view) {
        return new RecordSummary(
                view.id(),
                view.service(),
                view.kind(),
                view.redeployOf(),
                view.startedBy(),
                view.startedAt(),
                view.working().revision(),
                view.working().originalRevision(),
                view.deploymentId(),
                view.verdict());
    }

    private Path file(RecordSummary record) {
        return folder(record.service()).resolve(record.id()).resolve(TIMELINE);
    }

    /** Names become single path elements whatever they contain. */
    private Path folder(ServiceKey service) {
        Path folder = root;
        for (String name : List.of(service.account(), service.region(), service.cluster(), service.service())) {
            String element = URLEncoder.encode(name, StandardCharsets.UTF_8);
            folder = folder.resolve(element.startsWith(".") ? "%2E" + element.substring(1) : element);
        }
        return folder;
    }

    private List<Path> serviceFolders() {
        if (!Files.isDirectory(root)) {
            return List.of();
        }
        try (Stream<Path> paths = Files.walk(root, 4)) {
            return paths.filter(path -> path.getNameCount() == root.getNameCount() + 4 && Files.isDirectory(path))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException("the records under " + root + " can't be listed: " + e.getMessage(), e);
        }
    }

    private Collection<RecordSummary> index(Path folder) {
        Path file = folder.resolve(INDEX);
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try {
            return Files.exists(file) ? withUnnamed(folder, read(file)) : rebuild(folder);
        } catch (JsonProcessingException | CharacterCodingException | NoRecord e) {
            LOG.info("the index {} is damaged and made anew from the timelines: {}", file, e.getMessage());
            return rebuild(folder);
        } catch (IOException e) {
            throw new UncheckedIOException("the index " + file + " can't be read: " + e.getMessage(), e);
        }
    }

    private static Map<String, RecordSummary> read(Path file) throws IOException {
        Map<String, RecordSummary> byId = new LinkedHashMap<>();
        for (String line : Files.readAllLines(file, StandardCharsets.UTF_8)) {
            RecordSummary record = SUMMARIES.readValue(line);
            if (record == null || record.id() == null || record.service() == null || record.startedAt() == null) {
                throw new NoRecord(line);
            }
            byId.put(record.id(), record);
        }
        return byId;
    }

    /** Their owner names them in a moment, or is dead. Not written down here: that would be older than what it writes. */
    private Collection<RecordSummary> withUnnamed(Path folder, Map<String, RecordSummary> byId) throws IOException {
        List<RecordSummary> all = new ArrayList<>(byId.values());
        for (Path timeline : timelines(folder, id -> !byId.containsKey(id))) {
            summarize(timeline).ifPresent(all::add);
        }
        return all;
    }

    private static List<Path> timelines(Path folder, Predicate<String> wanted) throws IOException {
        try (Stream<Path> ids = Files.list(folder)) {
            return ids.filter(id -> wanted.test(id.getFileName().toString()))
                    .sorted()
                    .map(id -> id.resolve(TIMELINE))
                    .filter(Files::exists)
                    .toList();
        }
    }

    private List<RecordSummary> rebuild(Path folder) {
        List<RecordSummary> records = new ArrayList<>();
        try {
            locked(folder, () -> {
                StringBuilder lines = new StringBuilder();
                records.clear();
                for (Path timeline : timelines(folder, id -> true)) {
                    Optional<RecordSummary> record = summarize(timeline);
                    if (record.isPresent()) {
                        records.add(record.get());
                        lines.append(Json.mapper().writeValueAsString(record.get()))
                                .append('\n');
                    }
                }
                Path fresh = Files.createTempFile(folder, "index", ".tmp");
                Files.writeString(fresh, lines);
                Files.move(
                        fresh,
                        folder.resolve(INDEX),
                        StandardCopyOption.ATOMIC_MOVE,
                        StandardCopyOption.REPLACE_EXISTING);
            });
            return records;
        } catch (IOException e) {
            throw new UncheckedIOException("the index in " + folder + " can't be made anew: " + e.getMessage(), e);
        }
    }

    private Optional<RecordSummary> summarize(Path timeline) throws IOException {
        try {
            DeploymentView view = ViewFold.fold(TimelineFile.read(timeline));
            return view.id() == null ? Optional.empty() : Optional.of(summary(view));
        } catch (UnreadableTimeline e) {
            if (leftOut.add(timeline)) {
                LOG.warn("left out of the history: {}", e.getMessage());
            }
            return Optional.empty();
        }
    }

    private static void append(Path file, byte[] line) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.APPEND)) {
            ByteBuffer rest = ByteBuffer.wrap(line);
            while (rest.hasRemaining()) {
                channel.write(rest);
            }
            channel.force(false);
        }
    }

    /** A line that is whole JSON and no record all the same. */
    private static final class NoRecord extends IOException {
        private static final long serialVersionUID = 1L;

        NoRecord(String line) {
            super("no record: " + (line.length() <= 80 ? line : line.substring(0, 80) + "…"));
        }
    }

    private interface Change {
        void make() throws IOException;
    }

    /** One at a time, in all processes: a line that is added while the index is made anew would be lost. */
    private static void locked(Path folder, Change change) throws IOException {
        synchronized (RecordStore.class) { // a file lock is the whole process's, not a thread's
            Uninterrupted.make(() -> {
                try (FileChannel channel = FileChannel.open(
                                folder.resolve(LOCK), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                        FileLock lock = channel.lock()) {
                    if (lock.isValid()) {
                        change.make();
                    }
                    return null;
                }
            });
        }
    }
}
