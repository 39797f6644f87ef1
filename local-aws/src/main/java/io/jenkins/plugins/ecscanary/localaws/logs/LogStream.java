package io.jenkins.plugins.ecscanary.localaws.logs;

import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;

/** One stream's events: the newest ones, as many as fit. Guarded by the monitor of {@link Logs}. */
final class LogStream {

    private static final int MOST_EVENTS = 10_000;
    private static final long MOST_CHARACTERS = 4L * 1024 * 1024;

    private final String name;
    private final Instant createdAt;
    private final Deque<Event> events = new ArrayDeque<>();
    private long characters;
    private long next;
    private Long first;

    LogStream(String name, Instant createdAt) {
        this.name = name;
        this.createdAt = createdAt;
    }

    void add(Instant at, Instant ingested, String line) {
        events.addLast(new Event(next++, at.toEpochMilli(), ingested.toEpochMilli(), line));
        characters += line.length();
        if (first == null) {
            first = at.toEpochMilli();
        }
        while (events.size() > MOST_EVENTS || (characters > MOST_CHARACTERS && events.size() > 1)) {
            characters -= events.removeFirst().message.length();
        }
    }

    String name() {
        return name;
    }

    Instant createdAt() {
        return createdAt;
    }

    /** The number the next event will have. */
    long next() {
        return next;
    }

    /** @param start milliseconds, inclusive; @param end exclusive; either may be null */
    List<Event> between(Long start, Long end) {
        return events.stream()
                .filter(event -> (start == null || event.timestamp >= start) && (end == null || event.timestamp < end))
                .toList();
    }

    Optional<Long> firstEvent() {
        return Optional.ofNullable(first);
    }

    Optional<Long> lastEvent() {
        return Optional.ofNullable(events.peekLast()).map(Event::timestamp);
    }

    Optional<Long> lastIngestion() {
        return Optional.ofNullable(events.peekLast()).map(Event::ingested);
    }

    long bytes() {
        return characters;
    }

    /** @param timestamp and {@code ingested} in milliseconds since the epoch */
    record Event(long number, long timestamp, long ingested, String message) {}
}
