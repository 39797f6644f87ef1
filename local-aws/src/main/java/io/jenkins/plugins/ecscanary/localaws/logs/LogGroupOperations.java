package io.jenkins.plugins.ecscanary.localaws.logs;

import static io.jenkins.plugins.ecscanary.localaws.logs.LogErrors.invalid;

import io.jenkins.plugins.ecscanary.localaws.wire.AwsError;
import io.jenkins.plugins.ecscanary.localaws.wire.Operation;
import io.jenkins.plugins.ecscanary.localaws.world.Page;
import io.jenkins.plugins.ecscanary.localaws.world.World;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** CreateLogGroup, DeleteLogGroup, DescribeLogGroups, PutRetentionPolicy, DeleteRetentionPolicy. */
final class LogGroupOperations {

    /** The days CloudWatch Logs takes. */
    private static final Set<Integer> RETENTIONS = new TreeSet<>(List.of(
            1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288, 3653));

    private final World world;
    private final LogStore store;

    LogGroupOperations(World world, LogStore store) {
        this.world = world;
        this.store = store;
    }

    List<Operation<?, ?>> operations() {
        return List.of(
                Operation.of("CreateLogGroup", CreateLogGroupRequest.class, store.guarded(this::create)),
                Operation.of("DeleteLogGroup", LogGroupRequest.class, store.guarded(this::delete)),
                Operation.of("DescribeLogGroups", DescribeLogGroupsRequest.class, store.guarded(this::describe)),
                Operation.of("PutRetentionPolicy", PutRetentionPolicyRequest.class, store.guarded(this::retain)),
                Operation.of("DeleteRetentionPolicy", LogGroupRequest.class, store.guarded(this::retainForEver)));
    }

    private Empty create(CreateLogGroupRequest request) {
        if (store.group(request.logGroupName).isPresent()) {
            throw new AwsError("ResourceAlreadyExistsException", "The specified log group already exists");
        }
        if (request.kmsKeyId != null) {
            throw AwsError.unsupported("kmsKeyId");
        }
        if (request.logGroupClass != null && !"STANDARD".equals(request.logGroupClass)) {
            throw AwsError.unsupported("logGroupClass " + request.logGroupClass);
        }
        LogTags.check(request.tags, Map.of());
        store.createGroup(request.logGroupName, request.tags);
        return new Empty();
    }

    private Empty delete(LogGroupRequest request) {
        store.deleteGroup(store.require(request.logGroupName));
        return new Empty();
    }

    private DescribeLogGroupsResponse describe(DescribeLogGroupsRequest request) {
        if (request.logGroupNamePrefix != null && request.logGroupNamePattern != null) {
            throw invalid("LogGroup name prefix and LogGroup name pattern are mutually exclusive parameters.");
        }
        List<LogGroupView> all = store.groups().stream()
                .filter(group ->
                        request.logGroupNamePrefix == null || group.name.startsWith(request.logGroupNamePrefix))
                .filter(group ->
                        request.logGroupNamePattern == null || group.name.contains(request.logGroupNamePattern))
                .map(this::view)
                .toList();
        Page<LogGroupView> page = Page.of(all, request.nextToken, request.limit, 50);
        return new DescribeLogGroupsResponse(page.items(), page.nextToken());
    }

    private Empty retain(PutRetentionPolicyRequest request) {
        LogGroup group = store.require(request.logGroupName);
        if (request.retentionInDays == null || !RETENTIONS.contains(request.retentionInDays)) {
            throw invalid("1 validation error detected: Value '" + request.retentionInDays
                    + "' at 'retentionInDays' failed to satisfy constraint: Member must satisfy enum value set: "
                    + RETENTIONS);
        }
        group.retentionDays = request.retentionInDays;
        store.expire(group);
        world.log("logs: group %s keeps its events for %d days", group.name, group.retentionDays);
        return new Empty();
    }

    private Empty retainForEver(LogGroupRequest request) {
        store.require(request.logGroupName).retentionDays = null;
        return new Empty();
    }

    private LogGroupView view(LogGroup group) {
        store.expire(group);
        String arn = store.arn(group);
        return new LogGroupView(
                group.name,
                group.createdAt.toEpochMilli(),
                group.retentionDays,
                0,
                arn + ":*",
                group.characters(),
                "STANDARD",
                arn);
    }

    record Empty() {}

    record CreateLogGroupRequest(String logGroupName, String kmsKeyId, Map<String, String> tags, String logGroupClass) {
        CreateLogGroupRequest {
            tags = tags == null ? Map.of() : Map.copyOf(tags);
        }
    }

    /** Of DeleteLogGroup and DeleteRetentionPolicy. */
    record LogGroupRequest(String logGroupName) {}

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
            Integer retentionInDays,
            Integer metricFilterCount,
            String arn,
            Long storedBytes,
            String logGroupClass,
            String logGroupArn) {}

    record PutRetentionPolicyRequest(String logGroupName, Integer retentionInDays) {}
}
