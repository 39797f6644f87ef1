package io.jenkins.plugins.ecscanary.localaws.logs;

import io.jenkins.plugins.ecscanary.localaws.logs.LogStream.Event;
import io.jenkins.plugins.ecscanary.localaws.wire.AwsError;
import java.util.List;

/**
 * Where GetLogEvents goes on reading.
 *
 * @param number of the first event to read forward, or of the first one not to read backward
 */
record LogPosition(boolean forward, long number) {

    /** @param token null for the first page: the newest events, or the oldest if {@code fromHead} */
    static LogPosition of(String token, boolean fromHead) {
        if (token == null) {
            return new LogPosition(fromHead, fromHead ? 0 : Long.MAX_VALUE);
        }
        return new LogPosition(token.startsWith("f/"), numberOf(token, 0));
    }

    static String forward(long number) {
        return "f/" + number;
    }

    static String backward(long number) {
        return "b/" + number;
    }

    /** @throws AwsError InvalidParameterException if the token is none of ours */
    static long numberOf(String token, long without) {
        if (token == null) {
            return without;
        }
        if (token.matches("[fb]/[0-9]{1,18}")) {
            return Long.parseLong(token.substring(2));
        }
        throw new AwsError("InvalidParameterException", "The specified nextToken is invalid.");
    }

    /** @param events in order */
    List<Event> select(List<Event> events, int limit) {
        List<Event> side = events.stream()
                .filter(event -> forward ? event.number() >= number : event.number() < number)
                .toList();
        return forward
                ? side.subList(0, Math.min(limit, side.size()))
                : side.subList(Math.max(0, side.size() - limit), side.size());
    }
}
