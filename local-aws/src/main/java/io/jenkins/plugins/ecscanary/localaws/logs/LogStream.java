package io.jenkins.plugins.ecscanary.localaws.logs;

import java.time.Instant;
import java.util.Collection;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;

/**
 * One stream's events in the order of their time stamps: at most {@value #MOST_EVENTS} and {@value #MOST_CHARACTERS}
 * characters; beyond, the oldest are forgotten. Guarded by {@link LogStore}.
 */
final class LogStream {

    static final int MOST_EVENTS = 10_000;
    static final long MOST_CHARACTERS = 4L * 1024 * 1024;

    private static final LogPosition FIRST_POSSIBLE = new LogPosition(0, 0);

    private final String name;
    private final Instant createdAt;
    private final NavigableMap<LogPosition, Event> events = new TreeMap<>();
    private long characters;
    private Instant lastIngestion;

    LogStream(String name, Instant createdAt) {
        this.name = name;
        this.createdAt = createdAt;
    }

    void add(Event event) {
        events.put(event.position(), event);
        characters += event.message().length();
        lastIngestion = Instant.ofEpochMilli(event.ingested());
        while (events.size() > MOST_EVENTS || characters > MOST_CHARACTERS && events.size() > 1) {
            characters -= events.pollFirstEntry().getValue().message().length();
        }
    }

    String name() {
        return name;
    }

    Instant createdAt() {
        return createdAt;
    }

    long characters() {
        return characters;
    }

    boolean isEmpty() {
        return events.isEmpty();
    }

    /** When it was written to last, or created. */
    Instant touched() {
        return lastIngestion == null ? createdAt : lastIngestion;
    }

    /** @param from inclusive; @param to exclusive */
    NavigableMap<LogPosition, Event> between(LogPosition from, LogPosition to) {
        return from.compareTo(to) < 0 ? events.subMap(from, true, to, false) : new TreeMap<>();
    }

    /** The position behind all events there are. */
    LogPosition end() {
        return events.isEmpty() ? FIRST_POSSIBLE : events.lastKey().next();
    }

    /** Forgets what is older. */
    void dropBefore(long milliseconds) {
        NavigableMap<LogPosition, Event> old = events.headMap(LogPosition.before(milliseconds), false);
        characters -= old.values().stream()
                .mapToLong(event -> event.message().length())
                .sum();
        old.clear();
    }

    void clear() {
        events.clear();
        characters = 0;
    }

    Optional<Long> firstEvent() {
        return Optional.ofNullable(events.firstEntry()).map(Map.Entry::getKey).map(LogPosition::timestamp);
    }

    Optional<Long> lastEvent() {
        return Optional.ofNullable(events.lastEntry()).map(Map.Entry::getKey).map(LogPosition::timestamp);
    }

    Optional<Long> lastIngestion() {
        return Optional.ofNullable(lastIngestion).map(Instant::toEpochMilli);
    }

    Collection<Event> newestFirst() {
        return events.descendingMap().values();
    }

    /** @param ingested in milliseconds since the epoch */
    record Event(LogPosition position, long ingested, String message) {
        long timestamp() {
            return position.timestamp();
        }
    }
}
