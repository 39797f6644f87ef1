package io.jenkins.plugins.ecscanary.localaws.logs;

import io.jenkins.plugins.ecscanary.localaws.wire.Operation;
import io.jenkins.plugins.ecscanary.localaws.wire.ServiceApi;
import io.jenkins.plugins.ecscanary.localaws.world.Kept;
import io.jenkins.plugins.ecscanary.localaws.world.World;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * CloudWatch Logs: groups, streams and their events, in memory. How much of it is kept and what happens beyond is {@link
 * LogStore}'s and {@link LogStream}'s business. Tasks write from their own threads.
 */
public final class Logs implements LogSink {

    private final World world;
    private final LogTap tap;
    private final LogStore store;
    private final KeptLogs kept;
    private final List<Operation<?, ?>> operations = new ArrayList<>();
    /** Streams that a task writes to and someone has deleted; guarded by the store's monitor. */
    private final Set<List<String>> gone = new HashSet<>();

    public Logs(World world) {
        this(world, LogTap.none());
    }

    /** @param tap hears every event */
    public Logs(World world, LogTap tap) {
        this.world = world;
        this.tap = tap;
        store = new LogStore(world);
        kept = new KeptLogs(world, store);
        operations.addAll(new LogGroupOperations(world, store).operations());
        operations.addAll(new LogStreamOperations(store).operations());
        operations.addAll(new LogReads(store).operations());
        operations.add(new PutLogEvents(store, tap).operation());
        operations.addAll(new LogTags(store).operations());
    }

    /** AWS JSON 1.1, {@code Logs_20140328}. */
    public ServiceApi api() {
        return ServiceApi.json("logs", "Logs_20140328", List.copyOf(operations));
    }

    /** Groups, streams and the newest events. */
    public Kept<?> kept() {
        return kept;
    }

    @Override
    public Optional<String> open(String logGroup, String logStream, boolean createGroup) {
        synchronized (store) {
            Optional<LogGroup> known = store.group(logGroup);
            if (known.isEmpty() && !createGroup) {
                return Optional.of("ResourceNotFoundException: The specified log group does not exist.");
            }
            LogGroup group = known.orElseGet(() -> store.createGroup(logGroup, Map.of()));
            if (!group.streams.containsKey(logStream)) {
                store.openStream(group, logStream);
            }
            gone.remove(List.of(logGroup, logStream));
            return Optional.empty();
        }
    }

    /** As with the {@code awslogs} driver, lines for a stream that was deleted meanwhile are lost; the log says so once. */
    @Override
    public void put(String logGroup, String logStream, Instant at, String line) {
        synchronized (store) {
            LogGroup group = store.group(logGroup).orElse(null);
            LogStream stream = group == null ? null : group.streams.get(logStream);
            if (stream == null) {
                if (gone.size() < LogStore.MOST_STREAMS && gone.add(List.of(logGroup, logStream))) {
                    world.log("logs: stream %s of %s is gone: what is written to it is lost", logStream, logGroup);
                }
                return;
            }
            store.expire(group);
            store.append(stream, at.toEpochMilli(), line);
        }
        tap.fromTask(logGroup, at, line);
    }
}
