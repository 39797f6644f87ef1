package io.jenkins.plugins.ecscanary.engine.record;

import io.jenkins.plugins.ecscanary.engine.model.ServiceKey;
import io.jenkins.plugins.ecscanary.engine.timeline.DeploymentEvent;
import io.jenkins.plugins.ecscanary.engine.timeline.OperatorRequests;
import io.jenkins.plugins.ecscanary.engine.timeline.TimelineEntry;
import io.jenkins.plugins.ecscanary.engine.timeline.TimelineFile;
import io.jenkins.plugins.ecscanary.engine.view.DeploymentView;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.ref.SoftReference;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Records on disk: {@code <root>/<account>/<region>/<cluster>/<service>/<id>/timeline.jsonl}, and beside them an index per
 * service, so that a history is read from one file. The index only ever grows; the last line of an id counts. It holds
 * nothing that is not in the timelines: where it is missing or damaged it is made anew from them, and a record that it does
 * not name, because the process died before it could, is read from its timeline.
 *
 * <p>What has been read of an index is kept in memory for as long as there is room for it, one summary a record, so that the
 * next answer takes as little with ten thousand old records as with ten; what other processes write is seen all the same.
 */
public final class RecordStore {

    private static final Logger LOG = LoggerFactory.getLogger(RecordStore.class);

    private final Path root;
    private final RecordFiles files = new RecordFiles();
    private final Map<Path, SoftReference<ServiceIndex>> indexes = new ConcurrentHashMap<>();
    private volatile SoftReference<Merged> merged = new SoftReference<>(Merged.NOTHING);

    /** @param root created when first written to */
    public RecordStore(Path root) {
        this.root = root;
    }

    /**
     * What has been read of records from disk: for tests, and for whoever looks for what is slow.
     *
     * @param files how often a file was opened
     * @param bytes read from them
     * @param listings how often the names in a service's folder were read
     */
    public record Reads(long files, long bytes, long listings) {}

    /** Since this store was made. */
    public Reads reads() {
        return files.reads();
    }

    /**
     * All records of all services, newest first: for whoever may miss none.
     *
     * @throws UncheckedIOException if those of any service can't be read
     */
    public List<RecordSummary> history() {
        return merged(onDisk().stream().map(folder -> index(folder).history()).toList());
    }

    /** The same of the services that can be read: for whoever tells which can't. */
    public Histories histories() {
        List<List<RecordSummary>> services = new ArrayList<>();
        List<Histories.Unreadable> unreadable = new ArrayList<>();
        for (Path folder : onDisk()) {
            try {
                services.add(index(folder).history());
            } catch (UncheckedIOException e) {
                unreadable.add(new Histories.Unreadable(service(folder), e.getMessage()));
            }
        }
        return new Histories(merged(services), unreadable);
    }

    private List<RecordSummary> merged(List<List<RecordSummary>> services) {
        Merged last = merged.get();
        if (last == null || !last.isOf(services)) {
            last = Merged.of(services);
            merged = new SoftReference<>(last);
        }
        return last.all();
    }

    /** The records of one service, newest first. */
    public List<RecordSummary> history(ServiceKey service) {
        return index(folder(service)).history();
    }

    /** The services that there are records of, those among them whose records can't be read now. */
    public List<ServiceKey> services() {
        return onDisk().stream()
                .filter(this::mayHaveRecords)
                .map(RecordStore::service)
                .toList();
    }

    private boolean mayHaveRecords(Path folder) {
        try {
            return !index(folder).history().isEmpty();
        } catch (UncheckedIOException e) {
            LOG.debug("whoever asks for its history is told: {}", e.getMessage());
            return true;
        }
    }

    /**
     * By record id or by CodeDeploy's deployment id. One that was found before is looked for in its own service only.
     *
     * @throws UncheckedIOException if it is in none that can be read, and one can't
     */
    public Optional<RecordSummary> find(String idOrDeploymentId) {
        List<UncheckedIOException> unreadable = new ArrayList<>();
        Optional<RecordSummary> found = newest(
                        inMemory().filter(index -> index.knew(idOrDeploymentId)), idOrDeploymentId, unreadable)
                .or(() -> newest(onDisk().stream().map(this::index), idOrDeploymentId, unreadable));
        if (found.isEmpty() && !unreadable.isEmpty()) {
            throw unreadable.get(0);
        }
        return found;
    }

    /** By record id, of services of that name in whatever account and region: other ones need not be readable for that. */
    public Optional<RecordSummary> find(String id, String cluster, String service) {
        return onDisk().stream()
                .filter(folder -> service(folder).cluster().equals(cluster)
                        && service(folder).service().equals(service))
                .map(folder -> index(folder).find(id))
                .flatMap(Optional::stream)
                .filter(record -> record.id().equals(id))
                .findFirst();
    }

    private static Optional<RecordSummary> newest(
            Stream<ServiceIndex> where, String idOrDeploymentId, List<UncheckedIOException> unreadable) {
        return where.map(index -> find(index, idOrDeploymentId, unreadable))
                .flatMap(Optional::stream)
                .max(Comparator.comparing(RecordSummary::startedAt));
    }

    private static Optional<RecordSummary> find(
            ServiceIndex index, String idOrDeploymentId, List<UncheckedIOException> unreadable) {
        try {
            return index.find(idOrDeploymentId);
        } catch (UncheckedIOException e) {
            unreadable.add(e);
            return Optional.empty();
        }
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

    private List<TimelineEntry> timeline(Path file, String id) {
        try {
            return files.timeline(file);
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
            return TimelineFile.own(folder(service).resolve(id).resolve(RecordFiles.TIMELINE))
                    .orElseThrow(() -> new IllegalStateException("the record " + id + " exists and is owned"));
        } catch (IOException e) {
            throw new UncheckedIOException("a record can't be created under " + root + ": " + why(e), e);
        }
    }

    /**
     * Owns an existing record's timeline; empty if a living process owns it, which can also be told by who may only read.
     *
     * @throws NothingRecorded if its folder was taken away, or its process never got as far as writing down what it was about
     */
    public Optional<TimelineFile> own(RecordSummary record) {
        try {
            Optional<TimelineFile> owned = TimelineFile.ownExisting(file(record));
            if (owned.isPresent() && !planned(owned.get())) {
                owned.get().close();
                throw new NothingRecorded(record, file(record));
            }
            return owned;
        } catch (NoSuchFileException e) {
            throw new NothingRecorded(record, file(record));
        } catch (IOException e) {
            if (follows(file(record), e)) {
                return Optional.empty();
            }
            throw new UncheckedIOException(
                    "the record " + record.id() + ", which nobody follows, can't be taken up: " + why(e), e);
        }
    }

    private static boolean follows(Path timeline, IOException why) {
        try {
            return TimelineFile.owned(timeline);
        } catch (IOException e) {
            why.addSuppressed(e);
            return false;
        }
    }

    private static String why(IOException e) {
        return e instanceof AccessDeniedException ? e.getMessage() + " may not be written to" : e.getMessage();
    }

    private static boolean planned(TimelineFile timeline) {
        return timeline.entries().stream()
                .findFirst()
                .filter(first -> first.event() instanceof DeploymentEvent.Planned)
                .isPresent();
    }

    /** A record with nothing in it: nothing was begun in its name that anybody could go on with. */
    public static final class NothingRecorded extends IllegalArgumentException {
        private static final long serialVersionUID = 1L;

        NothingRecorded(RecordSummary record, Path timeline) {
            super("there is nothing in the record " + record.id() + " to go on with: " + timeline
                    + " is missing or empty. Delete its folder, and the history forgets it");
        }
    }

    /** What other processes ask of a record's owner. */
    public OperatorRequests requests(ServiceKey service, String id) {
        return OperatorRequests.beside(folder(service).resolve(id).resolve(RecordFiles.TIMELINE));
    }

    /** Puts a record's present state into its service's index. */
    public void index(RecordSummary record) {
        Path folder = folder(record.service());
        try {
            new IndexFile(folder).append(record);
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

    /** Whether that line may be another one after this event. */
    public static boolean changesSummary(DeploymentEvent event) {
        return event instanceof DeploymentEvent.Planned
                || event instanceof DeploymentEvent.RevisionRegistered
                || event instanceof DeploymentEvent.SidesKnown
                || event instanceof DeploymentEvent.Started
                || event instanceof DeploymentEvent.Ended;
    }

    private Path file(RecordSummary record) {
        return folder(record.service()).resolve(record.id()).resolve(RecordFiles.TIMELINE);
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

    /** Whose folder it is: the reverse of {@link #folder}. */
    private static ServiceKey service(Path folder) {
        int last = folder.getNameCount() - 1;
        List<String> names = IntStream.rangeClosed(last - 3, last)
                .mapToObj(i -> name(folder.getName(i).toString()))
                .toList();
        return new ServiceKey(names.get(0), names.get(1), names.get(2), names.get(3));
    }

    private static String name(String element) {
        try {
            return URLDecoder.decode(element, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            return element; // no folder of ours
        }
    }

    private ServiceIndex index(Path folder) {
        ServiceIndex[] found = new ServiceIndex[1];
        indexes.compute(folder, (path, known) -> {
            found[0] = known == null ? null : known.get();
            if (found[0] != null) {
                return known;
            }
            found[0] = new ServiceIndex(path, files);
            return new SoftReference<>(found[0]);
        });
        return found[0];
    }

    private Stream<ServiceIndex> inMemory() {
        return indexes.values().stream().map(SoftReference::get).filter(Objects::nonNull);
    }

    /** The services' folders. */
    private List<Path> onDisk() {
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
}
