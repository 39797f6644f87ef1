package io.jenkins.plugins.ecscanary.localaws.logs;

import io.jenkins.plugins.ecscanary.localaws.logs.KeptLogs.State;
import io.jenkins.plugins.ecscanary.localaws.logs.LogStream.Event;
import io.jenkins.plugins.ecscanary.localaws.world.Kept;
import io.jenkins.plugins.ecscanary.localaws.world.World;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;

/**
 * Logs across restarts: all groups and streams, and of each stream the newest {@value #MOST_EVENTS} events or {@value
 * #MOST_CHARACTERS} characters.
 */
final class KeptLogs implements Kept<State> {

    static final int MOST_EVENTS = 1_000;
    static final long MOST_CHARACTERS = 256 * 1024;

    private final World world;
    private final LogStore store;

    KeptLogs(World world, LogStore store) {
        this.world = world;
        this.store = store;
    }

    @Override
    public String name() {
        return "logs";
    }

    @Override
    public Class<State> type() {
        return State.class;
    }

    @Override
    public State snapshot() {
        synchronized (store) {
            store.groups().forEach(store::expire);
            return new State(store.groups().stream().map(KeptGroup::of).toList());
        }
    }

    @Override
    public void restore(State kept) {
        synchronized (store) {
            for (KeptGroup group : kept.groups()) {
                restore(group);
            }
        }
        world.log("logs: %d groups restored", kept.groups().size());
    }

    private void restore(KeptGroup kept) {
        LogGroup group = new LogGroup(kept.name(), kept.createdAt());
        group.tags.putAll(kept.tags());
        group.retentionDays = kept.retentionDays();
        store.restore(group);
        for (KeptStream each : kept.streams()) {
            LogStream stream = new LogStream(each.name(), each.createdAt());
            store.restore(group, stream);
            for (KeptEvent event : each.events()) {
                if (event.message() == null) {
                    throw new IllegalArgumentException(
                            "an event of stream '" + each.name() + "' in '" + kept.name() + "' has no message");
                }
                store.restore(
                        stream,
                        new Event(
                                new LogPosition(event.timestamp(), event.number()), event.ingested(), event.message()));
            }
        }
    }

    record State(List<KeptGroup> groups) {
        State {
            groups = List.copyOf(groups);
        }
    }

    record KeptGroup(
            String name, Instant createdAt, Map<String, String> tags, Integer retentionDays, List<KeptStream> streams) {
        KeptGroup {
            tags = Map.copyOf(tags);
            streams = List.copyOf(streams);
        }

        static KeptGroup of(LogGroup group) {
            return new KeptGroup(
                    group.name,
                    group.createdAt,
                    group.tags,
                    group.retentionDays,
                    group.streams.values().stream().map(KeptStream::of).toList());
        }
    }

    record KeptStream(String name, Instant createdAt, List<KeptEvent> events) {
        KeptStream {
            events = List.copyOf(events);
        }

        static KeptStream of(LogStream stream) {
            List<KeptEvent> newest = new ArrayList<>();
            long characters = 0;
            for (Event event : stream.newestFirst()) {
                characters += event.message().length();
                if (newest.size() == MOST_EVENTS || !newest.isEmpty() && characters > MOST_CHARACTERS) {
                    break;
                }
                newest.add(
                        new KeptEvent(event.timestamp(), event.position().number(), event.ingested(), event.message()));
            }
            Collections.reverse(newest);
            return new KeptStream(stream.name(), stream.createdAt(), newest);
        }
    }

    /** Times in milliseconds since the epoch. */
    record KeptEvent(long timestamp, long number, long ingested, String message) {}
}
