package io.jenkins.plugins.ecscanary.localaws.logs;

import static io.jenkins.plugins.ecscanary.localaws.logs.LogErrors.invalid;

import io.jenkins.plugins.ecscanary.localaws.wire.Operation;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * PutLogEvents. Events in the order of their time stamps, within 24 hours, at most 10,000 and 1,048,576 bytes with 26 more for
 * each. Those too old (14 days, or the group's retention) or too new (two hours ahead) are left out and told; the rest is
 * kept.
 */
final class PutLogEvents {

    private static final int MOST_EVENTS = 10_000;
    private static final int MOST_BYTES = 1_048_576;
    private static final int BYTES_PER_EVENT = 26;
    private static final Duration LONGEST_SPAN = Duration.ofHours(24);
    private static final Duration OLDEST = Duration.ofDays(14);
    private static final Duration NEWEST = Duration.ofHours(2);

    private final LogStore store;
    private final LogTap tap;

    PutLogEvents(LogStore store, LogTap tap) {
        this.store = store;
        this.tap = tap;
    }

    Operation<?, ?> operation() {
        return Operation.of("PutLogEvents", Request.class, this::put);
    }

    private Response put(Request request) {
        List<InputLogEvent> events = checked(request.logEvents);
        Rejected rejected;
        List<InputLogEvent> taken;
        synchronized (store) {
            LogGroup group = store.require(request.logGroupName);
            LogStream stream = LogStreamOperations.stream(group, request.logStreamName);
            rejected = rejected(events, group);
            taken = events.subList(rejected.taken(), rejected.takenTo(events.size()));
            taken.forEach(event -> store.append(stream, event.timestamp, event.message));
        }
        taken.forEach(event -> tap.fromClient(request.logGroupName, event.message));
        // Sequence tokens have been without effect since 2023; clients still get one.
        return new Response("sequence-token", rejected.isNone() ? null : rejected);
    }

    private static List<InputLogEvent> checked(List<InputLogEvent> events) {
        if (events == null || events.isEmpty()) {
            throw invalid(
                    "1 validation error detected: Value '[]' at 'logEvents' failed to satisfy constraint: Member must"
                            + " have length greater than or equal to 1");
        }
        if (events.size() > MOST_EVENTS) {
            throw invalid(
                    "1 validation error detected: Value at 'logEvents' failed to satisfy constraint: Member must have"
                            + " length less than or equal to " + MOST_EVENTS);
        }
        long bytes = 0;
        long before = Long.MIN_VALUE;
        for (int i = 0; i < events.size(); i++) {
            InputLogEvent event = events.get(i);
            String which = "logEvents." + (i + 1) + ".member.";
            if (event.timestamp == null || event.timestamp < 0) {
                throw invalid("1 validation error detected: Value '" + event.timestamp + "' at '" + which
                        + "timestamp' failed to satisfy constraint: Member must have value greater than or equal to 0");
            }
            if (event.message == null || event.message.isEmpty()) {
                throw invalid("1 validation error detected: Value '' at '" + which
                        + "message' failed to satisfy constraint: Member must have length greater than or equal to 1");
            }
            if (event.timestamp < before) {
                throw invalid("Log events in a single PutLogEvents request must be in chronological order.");
            }
            before = event.timestamp;
            bytes += event.message.getBytes(StandardCharsets.UTF_8).length + BYTES_PER_EVENT;
        }
        if (bytes > MOST_BYTES) {
            throw invalid("Upload too large: " + bytes + " bytes exceeds limit of " + MOST_BYTES);
        }
        if (before - events.get(0).timestamp > LONGEST_SPAN.toMillis()) {
            throw invalid("The batch of log events in a single PutLogEvents request cannot span more than 24 hours.");
        }
        return events;
    }

    private Rejected rejected(List<InputLogEvent> events, LogGroup group) {
        Instant now = store.now();
        int tooOld = olderThan(events, now.minus(OLDEST));
        int expired =
                group.retentionDays == null ? 0 : olderThan(events, now.minus(Duration.ofDays(group.retentionDays)));
        int upToNow = olderThan(events, now.plus(NEWEST).plusMillis(1));
        return new Rejected(
                upToNow < events.size() ? upToNow : null, tooOld > 0 ? tooOld : null, expired > 0 ? expired : null);
    }

    private static int olderThan(List<InputLogEvent> events, Instant oldest) {
        return (int) events.stream()
                .takeWhile(event -> event.timestamp < oldest.toEpochMilli())
                .count();
    }

    /** @param sequenceToken has no effect, as on AWS since 2023 */
    record Request(String logGroupName, String logStreamName, List<InputLogEvent> logEvents, String sequenceToken) {}

    record InputLogEvent(Long timestamp, String message) {}

    record Response(String nextSequenceToken, Rejected rejectedLogEventsInfo) {}

    /**
     * Which were left out.
     *
     * @param tooNewLogEventStartIndex the first one too new
     * @param tooOldLogEventEndIndex the one after the last one too old
     * @param expiredLogEventEndIndex the one after the last one the group's retention does not cover
     */
    record Rejected(Integer tooNewLogEventStartIndex, Integer tooOldLogEventEndIndex, Integer expiredLogEventEndIndex) {

        private boolean isNone() {
            return tooNewLogEventStartIndex == null
                    && tooOldLogEventEndIndex == null
                    && expiredLogEventEndIndex == null;
        }

        private int taken() {
            return Math.max(
                    tooOldLogEventEndIndex == null ? 0 : tooOldLogEventEndIndex,
                    expiredLogEventEndIndex == null ? 0 : expiredLogEventEndIndex);
        }

        private int takenTo(int all) {
            return tooNewLogEventStartIndex == null ? all : tooNewLogEventStartIndex;
        }
    }
}
