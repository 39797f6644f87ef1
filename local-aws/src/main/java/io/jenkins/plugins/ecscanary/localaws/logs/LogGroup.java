package io.jenkins.plugins.ecscanary.localaws.logs;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;

/** A group of streams. Guarded by {@link LogStore}. */
final class LogGroup {

    final String name;
    final Instant createdAt;
    final Map<String, String> tags = new TreeMap<>();
    final NavigableMap<String, LogStream> streams = new TreeMap<>();
    /** Null keeps events for ever, as far as memory goes. */
    Integer retentionDays;

    LogGroup(String name, Instant createdAt) {
        this.name = name;
        this.createdAt = createdAt;
    }

    /** Forgets the events that the retention does not cover any more. */
    void expire(Instant now) {
        if (retentionDays != null) {
            long oldest = now.minus(Duration.ofDays(retentionDays)).toEpochMilli();
            streams.values().forEach(stream -> stream.dropBefore(oldest));
        }
    }

    long characters() {
        return streams.values().stream().mapToLong(LogStream::characters).sum();
    }
}
