package io.jenkins.plugins.ecscanary.engine.record;

import io.jenkins.plugins.ecscanary.engine.record.IndexFile.Damaged;
import io.jenkins.plugins.ecscanary.engine.record.RecordFiles.Stamp;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The records of one service, in memory, one summary each. Before each answer it is looked what changed on disk, whichever
 * process changed it; what did not is not read again:
 *
 * <ul>
 *   <li>of an index that grew, what was appended: that the bytes before it are still those that were read last is looked at
 *       too, since an index that was made anew can be the longer one and have the old one's place on disk;
 *   <li>the names in the folder when its time of change is another one, which a new record's folder makes it and one that was
 *       taken away, and for as long as that is so young that a second change could have the same time;
 *   <li>the timelines of records that the index does not name, when they grew.
 * </ul>
 *
 * Thread-safe.
 */
final class ServiceIndex {

    private static final Logger LOG = LoggerFactory.getLogger(ServiceIndex.class);

    /** How coarse the times of a file system may be; FAT has two seconds. */
    private static final Duration COARSEST = Duration.ofSeconds(3);

    /** More than a line: two indexes that are the same here are the same before. */
    private static final int REMEMBERED = 2048;

    private static final Comparator<RecordSummary> NEWEST_FIRST = Comparator.comparing(RecordSummary::startedAt)
            .thenComparing(RecordSummary::id)
            .reversed();

    private final Path folder;
    private final IndexFile file;
    private final RecordFiles files;

    private final Map<String, RecordSummary> named = new ConcurrentHashMap<>();
    private final Map<String, RecordSummary> byDeployment = new ConcurrentHashMap<>();

    /** By name of their folder: records, and what may become one. */
    private final Map<String, Unnamed> unnamed = new ConcurrentSkipListMap<>();

    /** The index could neither be read nor replaced when it was this one, null if there was none. */
    private boolean withoutIndex;

    private Stamp unusable;
    private boolean told;

    private Stamp read;
    private byte[] lastRead = {};
    private FileTime listed;
    private List<RecordSummary> history;

    /** @param summary null while there is none */
    private record Unnamed(Stamp timeline, RecordSummary summary) {
        static final Unnamed NOTHING = new Unnamed(null, null);
    }

    ServiceIndex(Path folder, RecordFiles files) {
        this.folder = folder;
        this.file = new IndexFile(folder);
        this.files = files;
    }

    /** Newest first; the same list for as long as nothing changes. */
    synchronized List<RecordSummary> history() {
        refresh();
        if (history == null) {
            List<RecordSummary> all = new ArrayList<>(named.values());
            unnamed.values().stream()
                    .map(Unnamed::summary)
                    .filter(summary -> summary != null)
                    .forEach(all::add);
            all.sort(NEWEST_FIRST);
            history = List.copyOf(all);
        }
        return history;
    }

    /** By record id or by CodeDeploy's deployment id. */
    synchronized Optional<RecordSummary> find(String idOrDeploymentId) {
        refresh();
        return known(idOrDeploymentId);
    }

    /** Whether it was there at the last look: nothing is read, nobody waited for. */
    boolean knew(String idOrDeploymentId) {
        return known(idOrDeploymentId).isPresent();
    }

    private Optional<RecordSummary> known(String idOrDeploymentId) {
        RecordSummary found = named.get(idOrDeploymentId);
        if (found == null) {
            found = byDeployment.get(idOrDeploymentId);
        }
        return found != null
                ? Optional.of(found)
                : unnamed.values().stream()
                        .map(Unnamed::summary)
                        .filter(summary -> summary != null)
                        .filter(summary -> idOrDeploymentId.equals(summary.id())
                                || idOrDeploymentId.equals(summary.deploymentId()))
                        .findFirst();
    }

    private void refresh() {
        try {
            Optional<Stamp> now = files.stamp(folder);
            if (now.isEmpty()) {
                forget();
                unnamed.clear();
                return;
            }
            readIndex();
            readTimelines(now.get());
        } catch (IOException e) {
            withoutIndex = false;
            throw new UncheckedIOException("the index in " + folder + " can't be read: " + e.getMessage(), e);
        }
    }

    private void readTimelines(Stamp there) throws IOException {
        list(there.modified());
        readUnnamed();
    }

    private void forget() {
        named.clear();
        byDeployment.clear();
        history = null;
        read = null;
        lastRead = new byte[0];
        listed = null; // what was named may not be any more
    }

    private void readIndex() throws IOException {
        Optional<Stamp> now = files.stamp(file.path());
        if (withoutIndex && Objects.equals(now.orElse(null), unusable)) {
            return;
        }
        try {
            if (now.isPresent()) {
                read(now.get());
                return;
            }
        } catch (IOException e) {
            LOG.debug("{} is looked at again while nobody writes to it: {}", file.path(), e.getMessage());
        }
        try {
            file.locked(this::readOrMakeAnew);
        } catch (IOException e) {
            doWithoutIndex(now.orElse(null), e);
        }
    }

    /**
     * It can't be read, and nothing can be written: on a disk that is full, or by someone who may only read. All it could tell
     * the timelines tell. It is tried again when it is another one.
     */
    private void doWithoutIndex(Stamp now, IOException why) {
        forget();
        withoutIndex = true;
        unusable = now;
        if (!told) {
            told = true;
            LOG.warn(
                    "the index {} can't be made anew, the timelines are read in its place: {}",
                    file.path(),
                    why.getMessage());
        }
    }

    /** While nobody else writes to it. */
    private synchronized void readOrMakeAnew() throws IOException {
        forget();
        Optional<Stamp> now = files.stamp(file.path());
        try {
            if (now.isPresent()) {
                read(now.get());
                return;
            }
        } catch (Damaged e) {
            LOG.info("the index {} is damaged and made anew from the timelines: {}", file.path(), e.getMessage());
        }
        readTimelines(files.stamp(folder).orElseThrow(() -> new NoSuchFileException(folder.toString())));
        file.replace(unnamed.values().stream()
                .map(Unnamed::summary)
                .filter(Objects::nonNull)
                .toList());
        forget();
        read(files.stamp(file.path())
                .orElseThrow(() -> new NoSuchFileException(file.path().toString())));
    }

    private void read(Stamp now) throws IOException {
        if (now.equals(read)) {
            return;
        }
        boolean grew = read != null && Objects.equals(read.key(), now.key()) && now.size() > read.size();
        byte[] bytes;
        int from = 0;
        if (grew) {
            bytes = files.read(file.path(), read.size() - lastRead.length, now.size());
            from = lastRead.length;
            if (!Arrays.equals(bytes, 0, from, lastRead, 0, from)) {
                grew = false;
                from = 0;
                bytes = files.read(file.path(), 0, now.size());
            }
        } else {
            bytes = files.read(file.path(), 0, now.size());
        }
        List<RecordSummary> records = IndexFile.parse(bytes, from);
        if (!grew) {
            forget();
        }
        for (RecordSummary record : records) {
            name(record);
        }
        lastRead = Arrays.copyOfRange(bytes, Math.max(0, bytes.length - REMEMBERED), bytes.length);
        read = now;
        withoutIndex = false;
        told = false;
    }

    private void name(RecordSummary record) {
        named.put(record.id(), record);
        nameDeployment(record);
        unnamed.remove(record.id());
        history = null;
    }

    private void nameDeployment(RecordSummary record) {
        if (record.deploymentId() != null) {
            byDeployment.merge(
                    record.deploymentId(),
                    record,
                    (old, fresh) -> fresh.startedAt().isBefore(old.startedAt()) ? old : fresh);
        }
    }

    private void list(FileTime modified) throws IOException {
        if (modified.equals(listed)) {
            return;
        }
        Set<String> names = new HashSet<>(files.names(folder));
        for (String name : names) {
            if (!named.containsKey(name) && !IndexFile.owns(name)) {
                unnamed.putIfAbsent(name, Unnamed.NOTHING);
            }
        }
        if (unnamed.keySet().retainAll(names)) {
            history = null;
        }
        // The index was read before the names: what it names has its folder, or had it once.
        if (named.keySet().retainAll(names)) {
            byDeployment.clear();
            named.values().forEach(this::nameDeployment);
            history = null;
        }
        boolean settled = modified.toInstant().plus(COARSEST).isBefore(Instant.now());
        listed = settled ? modified : null;
    }

    /**
     * Their owner names them in a moment, or is dead. Not written down in the index here: that would be older than what the
     * owner writes.
     */
    private void readUnnamed() throws IOException {
        for (Map.Entry<String, Unnamed> one : unnamed.entrySet()) {
            Path timeline = timeline(one.getKey());
            Stamp now = files.stamp(timeline).orElse(null);
            if (now != null && !now.equals(one.getValue().timeline())) {
                unnamed.put(
                        one.getKey(), new Unnamed(now, files.summarize(timeline).orElse(null)));
                history = null;
            }
        }
    }

    private Path timeline(String id) {
        return folder.resolve(id).resolve(RecordFiles.TIMELINE);
    }
}
