package io.jenkins.plugins.ecscanary.localaws.logs;

import static io.jenkins.plugins.ecscanary.localaws.logs.LogErrors.invalid;

import io.jenkins.plugins.ecscanary.localaws.logs.LogStream.Event;
import io.jenkins.plugins.ecscanary.localaws.wire.Operation;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;

/** GetLogEvents and FilterLogEvents: at most 10,000 events or 1 MiB in an answer. */
final class LogReads {

    private static final int MOST_EVENTS = 10_000;
    private static final long MOST_CHARACTERS = 1024 * 1024;
    private static final int MOST_STREAMS = 100;

    private final LogStore store;

    LogReads(LogStore store) {
        this.store = store;
    }

    List<Operation<?, ?>> operations() {
        return List.of(
                Operation.of("GetLogEvents", GetLogEventsRequest.class, store.guarded(this::get)),
                Operation.of("FilterLogEvents", FilterLogEventsRequest.class, store.guarded(this::filter)));
    }

    /** The newest events, unless asked for the oldest. At an end the answer repeats the token it was asked with. */
    private GetLogEventsResponse get(GetLogEventsRequest request) {
        LogGroup group = store.require(request.logGroupName, request.logGroupIdentifier);
        LogStream stream = LogStreamOperations.stream(group, request.logStreamName);
        int limit = limit(request.limit);
        boolean fromHead = Boolean.TRUE.equals(request.startFromHead);
        LogToken token = request.nextToken == null
                ? new LogToken(fromHead, fromHead ? LogPosition.FIRST : LogPosition.LAST)
                : LogToken.parse(request.nextToken);
        LogPosition from = LogPosition.atOrAfter(request.startTime);
        LogPosition to = LogPosition.before(request.endTime);
        List<Event> events;
        if (token.forward()) {
            events = first(stream.between(later(from, token.position()), to).values(), limit);
        } else {
            NavigableMap<LogPosition, Event> before = stream.between(from, earlier(to, token.position()));
            events = first(before.descendingMap().values(), limit);
            Collections.reverse(events);
        }
        LogPosition here = LogPosition.LAST.equals(token.position()) ? stream.end() : token.position();
        return new GetLogEventsResponse(
                events.stream()
                        .map(event -> new OutputLogEvent(event.timestamp(), event.message(), event.ingested()))
                        .toList(),
                new LogToken(
                                true,
                                events.isEmpty()
                                        ? here
                                        : events.get(events.size() - 1)
                                                .position()
                                                .next())
                        .text(),
                new LogToken(false, events.isEmpty() ? here : events.get(0).position()).text());
    }

    private FilterLogEventsResponse filter(FilterLogEventsRequest request) {
        LogGroup group = store.require(request.logGroupName, request.logGroupIdentifier);
        int limit = limit(request.limit);
        FilterPattern pattern = FilterPattern.parse(request.filterPattern);
        LogPosition from = Optional.ofNullable(request.nextToken)
                .map(token -> LogToken.parse(token).position())
                .orElse(LogPosition.atOrAfter(request.startTime));
        NavigableMap<LogPosition, FilteredLogEvent> found = new TreeMap<>();
        for (LogStream stream : chosen(group, request)) {
            stream.between(from, LogPosition.before(request.endTime)).values().stream()
                    .filter(event -> pattern.matches(event.message()))
                    .forEach(event -> found.put(event.position(), FilteredLogEvent.of(stream, event)));
        }
        List<FilteredLogEvent> page = new ArrayList<>();
        long characters = 0;
        for (FilteredLogEvent event : found.values()) {
            characters += event.message().length();
            if (page.size() == limit || !page.isEmpty() && characters > MOST_CHARACTERS) {
                break;
            }
            page.add(event);
        }
        LogPosition next = found.keySet().stream().skip(page.size()).findFirst().orElse(null);
        return new FilterLogEventsResponse(page, List.of(), next == null ? null : new LogToken(true, next).text());
    }

    private static Collection<LogStream> chosen(LogGroup group, FilterLogEventsRequest request) {
        boolean named = request.logStreamNames != null && !request.logStreamNames.isEmpty();
        if (named && request.logStreamNamePrefix != null) {
            throw invalid("logStreamNames and logStreamNamePrefix cannot both be specified.");
        }
        if (named && request.logStreamNames.size() > MOST_STREAMS) {
            throw invalid("logStreamNames can have " + MOST_STREAMS + " elements at most");
        }
        return named
                ? request.logStreamNames.stream()
                        .distinct()
                        .map(name -> LogStreamOperations.stream(group, name))
                        .toList()
                : group.streams.values().stream()
                        .filter(stream -> request.logStreamNamePrefix == null
                                || stream.name().startsWith(request.logStreamNamePrefix))
                        .toList();
    }

    private static LogPosition later(LogPosition one, LogPosition other) {
        return one.compareTo(other) < 0 ? other : one;
    }

    private static LogPosition earlier(LogPosition one, LogPosition other) {
        return one.compareTo(other) < 0 ? one : other;
    }

    private static List<Event> first(Collection<Event> events, int limit) {
        List<Event> taken = new ArrayList<>();
        long characters = 0;
        for (Event event : events) {
            characters += event.message().length();
            if (taken.size() == limit || !taken.isEmpty() && characters > MOST_CHARACTERS) {
                break;
            }
            taken.add(event);
        }
        return taken;
    }

    private static int limit(Integer given) {
        int limit = given == null ? MOST_EVENTS : given;
        if (limit < 1 || limit > MOST_EVENTS) {
            throw invalid("limit must be between 1 and " + MOST_EVENTS + ", not " + limit);
        }
        return limit;
    }

    record GetLogEventsRequest(
            String logGroupName,
            String logGroupIdentifier,
            String logStreamName,
            Long startTime,
            Long endTime,
            String nextToken,
            Integer limit,
            Boolean startFromHead) {}

    record GetLogEventsResponse(List<OutputLogEvent> events, String nextForwardToken, String nextBackwardToken) {
        GetLogEventsResponse {
            events = List.copyOf(events);
        }
    }

    record OutputLogEvent(Long timestamp, String message, Long ingestionTime) {}

    /** @param interleaved has no effect, as on AWS since 2019: events of several streams always come in one order */
    record FilterLogEventsRequest(
            String logGroupName,
            String logGroupIdentifier,
            List<String> logStreamNames,
            String logStreamNamePrefix,
            Long startTime,
            Long endTime,
            String filterPattern,
            String nextToken,
            Integer limit,
            Boolean interleaved) {}

    /** @param searchedLogStreams empty, as on AWS since 2020 */
    record FilterLogEventsResponse(
            List<FilteredLogEvent> events, List<SearchedLogStream> searchedLogStreams, String nextToken) {
        FilterLogEventsResponse {
            events = List.copyOf(events);
            searchedLogStreams = List.copyOf(searchedLogStreams);
        }
    }

    record SearchedLogStream(String logStreamName, Boolean searchedCompletely) {}

    record FilteredLogEvent(String logStreamName, Long timestamp, String message, Long ingestionTime, String eventId) {
        static FilteredLogEvent of(LogStream stream, Event event) {
            return new FilteredLogEvent(
                    stream.name(),
                    event.timestamp(),
                    event.message(),
                    event.ingested(),
                    String.format(
                            "%032d%024d", event.timestamp(), event.position().number()));
        }
    }
}
