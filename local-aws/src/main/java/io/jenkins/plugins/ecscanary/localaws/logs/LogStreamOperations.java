package io.jenkins.plugins.ecscanary.localaws.logs;

import static io.jenkins.plugins.ecscanary.localaws.logs.LogErrors.invalid;

import io.jenkins.plugins.ecscanary.localaws.logs.LogGroupOperations.Empty;
import io.jenkins.plugins.ecscanary.localaws.wire.AwsError;
import io.jenkins.plugins.ecscanary.localaws.wire.Operation;
import io.jenkins.plugins.ecscanary.localaws.world.Page;
import java.util.Comparator;
import java.util.List;

/** CreateLogStream, DeleteLogStream, DescribeLogStreams. */
final class LogStreamOperations {

    private final LogStore store;

    LogStreamOperations(LogStore store) {
        this.store = store;
    }

    List<Operation<?, ?>> operations() {
        return List.of(
                Operation.of("CreateLogStream", LogStreamRequest.class, store.guarded(this::create)),
                Operation.of("DeleteLogStream", LogStreamRequest.class, store.guarded(this::delete)),
                Operation.of("DescribeLogStreams", DescribeLogStreamsRequest.class, store.guarded(this::describe)));
    }

    private Empty create(LogStreamRequest request) {
        LogGroup group = store.require(request.logGroupName);
        if (request.logStreamName != null && group.streams.containsKey(request.logStreamName)) {
            throw new AwsError("ResourceAlreadyExistsException", "The specified log stream already exists");
        }
        store.createStream(group, request.logStreamName);
        return new Empty();
    }

    private Empty delete(LogStreamRequest request) {
        LogGroup group = store.require(request.logGroupName);
        store.deleteStream(group, stream(group, request.logStreamName));
        return new Empty();
    }

    /** @throws AwsError ResourceNotFoundException */
    static LogStream stream(LogGroup group, String name) {
        LogStream stream = name == null ? null : group.streams.get(name);
        if (stream == null) {
            throw LogErrors.noStream();
        }
        return stream;
    }

    private DescribeLogStreamsResponse describe(DescribeLogStreamsRequest request) {
        LogGroup group = store.require(request.logGroupName, request.logGroupIdentifier);
        Comparator<LogStream> order = order(request);
        List<LogStreamView> all = group.streams.values().stream()
                .filter(stream ->
                        request.logStreamNamePrefix == null || stream.name().startsWith(request.logStreamNamePrefix))
                .sorted(Boolean.TRUE.equals(request.descending) ? order.reversed() : order)
                .map(stream -> view(group, stream))
                .toList();
        Page<LogStreamView> page = Page.of(all, request.nextToken, request.limit, 50);
        return new DescribeLogStreamsResponse(page.items(), page.nextToken());
    }

    private static Comparator<LogStream> order(DescribeLogStreamsRequest request) {
        Comparator<LogStream> byName = Comparator.comparing(LogStream::name);
        if (request.orderBy == null || "LogStreamName".equals(request.orderBy)) {
            return byName;
        }
        if (!"LastEventTime".equals(request.orderBy)) {
            throw invalid("1 validation error detected: Value '" + request.orderBy
                    + "' at 'orderBy' failed to satisfy constraint: Member must satisfy enum value set: "
                    + "[LogStreamName, LastEventTime]");
        }
        if (request.logStreamNamePrefix != null) {
            throw invalid("Cannot order by LastEventTime with a logStreamNamePrefix.");
        }
        return Comparator.<LogStream, Long>comparing(
                        stream -> stream.lastEvent().orElse(0L))
                .thenComparing(byName);
    }

    private LogStreamView view(LogGroup group, LogStream stream) {
        return new LogStreamView(
                stream.name(),
                stream.createdAt().toEpochMilli(),
                stream.firstEvent().orElse(null),
                stream.lastEvent().orElse(null),
                stream.lastIngestion().orElse(null),
                store.arn(group) + ":log-stream:" + stream.name(),
                stream.characters());
    }

    /** Of CreateLogStream and DeleteLogStream. */
    record LogStreamRequest(String logGroupName, String logStreamName) {}

    record DescribeLogStreamsRequest(
            String logGroupName,
            String logGroupIdentifier,
            String logStreamNamePrefix,
            String orderBy,
            Boolean descending,
            String nextToken,
            Integer limit) {}

    record DescribeLogStreamsResponse(List<LogStreamView> logStreams, String nextToken) {
        DescribeLogStreamsResponse {
            logStreams = List.copyOf(logStreams);
        }
    }

    /** {@code firstEventTimestamp} is of the oldest event that is still kept. */
    record LogStreamView(
            String logStreamName,
            Long creationTime,
            Long firstEventTimestamp,
            Long lastEventTimestamp,
            Long lastIngestionTime,
            String arn,
            Long storedBytes) {}
}
