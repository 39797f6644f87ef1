package io.jenkins.plugins.ecscanary.localaws.logs;

import io.jenkins.plugins.ecscanary.localaws.logs.LogStream.Event;
import io.jenkins.plugins.ecscanary.localaws.wire.AwsError;
import io.jenkins.plugins.ecscanary.localaws.wire.Operation;
import io.jenkins.plugins.ecscanary.localaws.wire.ServiceApi;
import io.jenkins.plugins.ecscanary.localaws.world.Page;
import io.jenkins.plugins.ecscanary.localaws.world.World;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * CloudWatch Logs: groups, streams and their events, in memory. Tasks write from their own threads, so it has a monitor of
 * its own, under which nothing else is called.
 */
public final class Logs implements LogSink {

    private static final Pattern GROUP = Pattern.compile("[a-zA-Z0-9_\\-/.#]{1,512}");
    private static final Pattern STREAM = Pattern.compile("[^:*]{1,512}");

    private final World world;
    private final Map<String, LogGroup> groups = new TreeMap<>();

    public Logs(World world) {
        this.world = world;
    }

    /** AWS JSON 1.1, {@code Logs_20140328}. */
    public ServiceApi api() {
        return ServiceApi.json(
                "logs",
                "Logs_20140328",
                List.of(
                        Operation.of("CreateLogGroup", CreateLogGroupRequest.class, this::createGroup),
                        Operation.of("CreateLogStream", CreateLogStreamRequest.class, this::createStream),
                        Operation.of("DescribeLogGroups", DescribeLogGroupsRequest.class, this::describeGroups),
                        Operation.of("DescribeLogStreams", DescribeLogStreamsRequest.class, this::describeStreams),
                        Operation.of("GetLogEvents", GetLogEventsRequest.class, this::events)));
    }

    @Override
    public synchronized Optional<String> open(String logGroup, String logStream, boolean createGroup) {
        if (!groups.containsKey(logGroup)) {
            if (!createGroup) {
                return Optional.of("ResourceNotFoundException: The specified log group does not exist.");
            }
            addGroup(logGroup, Map.of());
        }
        groups.get(logGroup).streams().computeIfAbsent(logStream, this::newStream);
        return Optional.empty();
    }

    @Override
    public synchronized void put(String logGroup, String logStream, Instant at, String line) {
        LogGroup group = groups.get(logGroup);
        LogStream stream = group == null ? null : group.streams().get(logStream);
        if (stream == null) {
            throw new IllegalStateException("log stream " + logStream + " in " + logGroup + " was not opened");
        }
        stream.add(at, world.now(), line);
    }

    synchronized Empty createGroup(CreateLogGroupRequest request) {
        if (groups.containsKey(request.logGroupName)) {
            throw new AwsError("ResourceAlreadyExistsException", "The specified log group already exists");
        }
        if (request.kmsKeyId != null) {
            throw AwsError.unsupported("kmsKeyId");
        }
        if (request.logGroupClass != null && !"STANDARD".equals(request.logGroupClass)) {
            throw AwsError.unsupported("logGroupClass " + request.logGroupClass);
        }
        addGroup(request.logGroupName, request.tags);
        return new Empty();
    }

    synchronized Empty createStream(CreateLogStreamRequest request) {
        LogGroup group = require(request.logGroupName);
        if (request.logStreamName == null
                || !STREAM.matcher(request.logStreamName).matches()) {
            throw invalid(
                    "Invalid log stream name '" + request.logStreamName + "': 1 to 512 characters, no : and no *");
        }
        if (group.streams().containsKey(request.logStreamName)) {
            throw new AwsError("ResourceAlreadyExistsException", "The specified log stream already exists");
        }
        group.streams().put(request.logStreamName, newStream(request.logStreamName));
        return new Empty();
    }

    synchronized DescribeLogGroupsResponse describeGroups(DescribeLogGroupsRequest request) {
        List<LogGroupView> all = groups.values().stream()
                .filter(group -> startsWith(group.name(), request.logGroupNamePrefix))
                .filter(group ->
                        request.logGroupNamePattern == null || group.name().contains(request.logGroupNamePattern))
                .map(this::view)
                .toList();
        Page<LogGroupView> page = Page.of(all, request.nextToken, request.limit, 50);
        return new DescribeLogGroupsResponse(page.items(), page.nextToken());
    }

    synchronized DescribeLogStreamsResponse describeStreams(DescribeLogStreamsRequest request) {
        LogGroup group = require(request.logGroupName);
        Comparator<LogStream> order = Comparator.comparing(LogStream::name);
        if ("LastEventTime".equals(request.orderBy)) {
            if (request.logStreamNamePrefix != null) {
                throw invalid("Cannot order by LastEventTime with a logStreamNamePrefix.");
            }
            order = Comparator.comparing(stream -> stream.lastEvent().orElse(0L));
        }
        List<LogStreamView> all = group.streams().values().stream()
                .filter(stream -> startsWith(stream.name(), request.logStreamNamePrefix))
                .sorted(Boolean.TRUE.equals(request.descending) ? order.reversed() : order)
                .map(stream -> view(group, stream))
                .toList();
        Page<LogStreamView> page = Page.of(all, request.nextToken, request.limit, 50);
        return new DescribeLogStreamsResponse(page.items(), page.nextToken());
    }

    /**
     * A token names a position between events: {@code f/n} continues forward from event number n, {@code b/n} backward
     * before it. At an end the answer repeats the token it was asked with, as AWS does.
     */
    synchronized GetLogEventsResponse events(GetLogEventsRequest request) {
        LogStream stream = require(request.logGroupName).streams().get(request.logStreamName);
        if (stream == null) {
            throw new AwsError("ResourceNotFoundException", "The specified log stream does not exist.");
        }
        int limit = request.limit == null ? 10_000 : request.limit;
        if (limit < 1 || limit > 10_000) {
            throw invalid("limit must be between 1 and 10000, not " + limit);
        }
        List<Event> events = LogPosition.of(request.nextToken, Boolean.TRUE.equals(request.startFromHead))
                .select(stream.between(request.startTime, request.endTime), limit);
        long first = events.isEmpty()
                ? LogPosition.numberOf(request.nextToken, stream.next())
                : events.get(0).number();
        long next = events.isEmpty() ? first : events.get(events.size() - 1).number() + 1;
        return new GetLogEventsResponse(
                events.stream()
                        .map(event -> new OutputLogEvent(event.timestamp(), event.message(), event.ingested()))
                        .toList(),
                LogPosition.forward(next),
                LogPosition.backward(first));
    }

    private void addGroup(String name, Map<String, String> tags) {
        if (name == null || !GROUP.matcher(name).matches()) {
            throw invalid("Invalid log group name '" + name + "': 1 to 512 of a-zA-Z0-9_-/.#");
        }
        groups.put(name, new LogGroup(name, world.now(), tags, new TreeMap<>()));
        world.log("logs: group %s created", name);
    }

    private LogStream newStream(String name) {
        return new LogStream(name, world.now());
    }

    private LogGroup require(String name) {
        LogGroup group = name == null ? null : groups.get(name);
        if (group == null) {
            throw new AwsError("ResourceNotFoundException", "The specified log group does not exist.");
        }
        return group;
    }

    private LogGroupView view(LogGroup group) {
        String arn = arn(group);
        return new LogGroupView(
                group.name(),
                group.createdAt().toEpochMilli(),
                0,
                arn + ":*",
                group.streams().values().stream().mapToLong(LogStream::bytes).sum(),
                "STANDARD",
                arn);
    }

    private LogStreamView view(LogGroup group, LogStream stream) {
        return new LogStreamView(
                stream.name(),
                stream.createdAt().toEpochMilli(),
                stream.firstEvent().orElse(null),
                stream.lastEvent().orElse(null),
                stream.lastIngestion().orElse(null),
                arn(group) + ":log-stream:" + stream.name(),
                stream.bytes());
    }

    private String arn(LogGroup group) {
        return world.arn("logs", "log-group:" + group.name());
    }

    private static boolean startsWith(String name, String prefix) {
        return prefix == null || name.startsWith(prefix);
    }

    private static AwsError invalid(String message) {
        return new AwsError("InvalidParameterException", message);
    }

    /** @param streams by name; guarded by the monitor of {@link Logs} */
    private record LogGroup(String name, Instant createdAt, Map<String, String> tags, Map<String, LogStream> streams) {}

    record Empty() {}

    record CreateLogGroupRequest(String logGroupName, String kmsKeyId, Map<String, String> tags, String logGroupClass) {
        CreateLogGroupRequest {
            tags = tags == null ? Map.of() : Map.copyOf(tags);
        }
    }

    record CreateLogStreamRequest(String logGroupName, String logStreamName) {}

    record DescribeLogGroupsRequest(
            String logGroupNamePrefix, String logGroupNamePattern, String nextToken, Integer limit) {}

    record DescribeLogGroupsResponse(List<LogGroupView> logGroups, String nextToken) {
        DescribeLogGroupsResponse {
            logGroups = List.copyOf(logGroups);
        }
    }

    /** Times in milliseconds since the epoch, as CloudWatch Logs has them. */
    record LogGroupView(
            String logGroupName,
            Long creationTime,
            Integer metricFilterCount,
            String arn,
            Long storedBytes,
            String logGroupClass,
            String logGroupArn) {}

    record DescribeLogStreamsRequest(
            String logGroupName,
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

    record LogStreamView(
            String logStreamName,
            Long creationTime,
            Long firstEventTimestamp,
            Long lastEventTimestamp,
            Long lastIngestionTime,
            String arn,
            Long storedBytes) {}

    record GetLogEventsRequest(
            String logGroupName,
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
}
