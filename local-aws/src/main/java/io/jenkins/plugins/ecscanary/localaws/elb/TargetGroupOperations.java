package io.jenkins.plugins.ecscanary.localaws.elb;

import io.jenkins.plugins.ecscanary.localaws.wire.AwsError;
import io.jenkins.plugins.ecscanary.localaws.wire.Operation;
import io.jenkins.plugins.ecscanary.localaws.world.World;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** CreateTargetGroup, DescribeTargetGroups, ModifyTargetGroup, DeleteTargetGroup. */
final class TargetGroupOperations {

    private static final int MOST_GROUPS = 3000;

    private final World world;
    private final ElbState state;
    private final TagOperations tags;

    TargetGroupOperations(World world, ElbState state, TagOperations tags) {
        this.world = world;
        this.state = state;
        this.tags = tags;
    }

    List<Operation<?, ?>> operations() {
        return List.of(
                Operation.of("CreateTargetGroup", CreateTargetGroupRequest.class, this::create),
                Operation.of("DescribeTargetGroups", DescribeTargetGroupsRequest.class, this::describe),
                Operation.of("ModifyTargetGroup", ModifyTargetGroupRequest.class, this::modify),
                Operation.of("DeleteTargetGroup", DeleteTargetGroupRequest.class, this::delete));
    }

    private TargetGroupsResponse create(CreateTargetGroupRequest in) {
        Require.name(in.name(), "target group");
        String type = in.targetType() == null ? "instance" : in.targetType();
        Require.only(type, "ip", "target type");
        Require.only(Require.present(in.protocol(), "protocol"), "HTTP", "target group protocol");
        Require.only(in.protocolVersion(), "HTTP1", "protocol version");
        Require.only(in.ipAddressType(), "ipv4", "IP address type");
        Require.present(in.port(), "port");
        int port = Require.between(in.port(), 0, 1, 65535, "Port");
        Require.present(in.vpcId(), "VPC ID");
        HealthCheck check = checked(
                HealthCheck.defaults(),
                in.healthCheckEnabled(),
                in.healthCheckProtocol(),
                in.healthCheckPort(),
                in.healthCheckPath(),
                in.healthCheckIntervalSeconds(),
                in.healthCheckTimeoutSeconds(),
                in.healthyThresholdCount(),
                in.unhealthyThresholdCount(),
                in.matcher());
        Optional<TargetGroup> existing = byName(in.name());
        if (existing.isPresent()) {
            TargetGroup same = existing.get();
            if (same.port == port && same.vpcId.equals(in.vpcId()) && same.healthCheck.equals(check)) {
                return new TargetGroupsResponse(List.of(shown(same)), null);
            }
            throw new AwsError(
                    "DuplicateTargetGroupName",
                    "A target group with the same name '" + in.name() + "' exists, but with different settings");
        }
        if (state.targetGroups.size() >= MOST_GROUPS) {
            throw new AwsError("TooManyTargetGroups", "An account can have " + MOST_GROUPS + " target groups at most");
        }
        String dimension = "targetgroup/" + in.name() + "/" + world.ids().elb();
        String arn = world.arn("elasticloadbalancing", dimension);
        TargetGroup created = new TargetGroup(arn, in.name(), dimension, port, in.vpcId(), check);
        tags.set(arn, tags.checked(arn, in.tags()));
        state.targetGroups.put(arn, created);
        world.log("elb target group %s created", in.name());
        return new TargetGroupsResponse(List.of(shown(created)), null);
    }

    private TargetGroupsResponse describe(DescribeTargetGroupsRequest in) {
        List<TargetGroup> found = new ArrayList<>();
        Require.atMostOne(
                "load balancer ARN, target group ARNs and names",
                in.loadBalancerArn() != null,
                in.targetGroupArns() != null && !in.targetGroupArns().isEmpty(),
                in.names() != null && !in.names().isEmpty());
        if (in.loadBalancerArn() != null) {
            LoadBalancer balancer = state.loadBalancer(in.loadBalancerArn());
            state.targetGroups.values().stream()
                    .filter(group -> state.loadBalancersOf(group).contains(balancer))
                    .forEach(found::add);
        } else if (in.targetGroupArns() != null && !in.targetGroupArns().isEmpty()) {
            in.targetGroupArns().forEach(arn -> found.add(state.targetGroup(arn)));
        } else if (in.names() != null && !in.names().isEmpty()) {
            for (String name : in.names()) {
                found.add(byName(name)
                        .orElseThrow(
                                () -> new AwsError("TargetGroupNotFound", "Target groups '[" + name + "]' not found")));
            }
        } else {
            found.addAll(state.targetGroups.values());
        }
        Page<TargetGroup> page = Page.of(found, in.marker(), in.pageSize());
        return new TargetGroupsResponse(page.items().stream().map(this::shown).toList(), page.nextMarker());
    }

    private TargetGroupsResponse modify(ModifyTargetGroupRequest in) {
        TargetGroup group = state.targetGroup(in.targetGroupArn());
        group.healthCheck = checked(
                group.healthCheck,
                in.healthCheckEnabled(),
                in.healthCheckProtocol(),
                in.healthCheckPort(),
                in.healthCheckPath(),
                in.healthCheckIntervalSeconds(),
                in.healthCheckTimeoutSeconds(),
                in.healthyThresholdCount(),
                in.unhealthyThresholdCount(),
                in.matcher());
        world.log("elb target group %s health check changed", group.name);
        return new TargetGroupsResponse(List.of(shown(group)), null);
    }

    private Empty delete(DeleteTargetGroupRequest in) {
        Require.present(in.targetGroupArn(), "target group ARN");
        TargetGroup group = state.targetGroups.get(in.targetGroupArn());
        if (group == null) { // deleting what is not there succeeds, as on AWS
            return new Empty();
        }
        if (state.isUsed(group)) {
            throw new AwsError(
                    "ResourceInUse", "Target group '" + group.arn + "' is currently in use by a listener or a rule");
        }
        state.targetGroups.remove(group.arn);
        state.tags.remove(group.arn);
        world.log("elb target group %s deleted", group.name);
        return new Empty();
    }

    Optional<TargetGroup> byName(String name) {
        return state.targetGroups.values().stream()
                .filter(group -> group.name.equals(name))
                .findFirst();
    }

    private static HealthCheck checked(
            HealthCheck now,
            Boolean enabled,
            String protocol,
            String port,
            String path,
            Integer interval,
            Integer timeout,
            Integer healthy,
            Integer unhealthy,
            Matcher matcher) {
        Require.only(enabled, true, "health check enabled");
        Require.only(protocol, "HTTP", "health check protocol");
        boolean portGiven = port != null && !"traffic-port".equals(port);
        if (portGiven && (!port.matches("[1-9]\\d{0,4}") || Integer.parseInt(port) > 65535)) {
            throw Require.invalid("Health check port '" + port + "' must be 'traffic-port' or a port number");
        }
        if (path != null && (!path.startsWith("/") || path.length() > 1024)) {
            throw Require.invalid("Health check path '" + path
                    + "' must begin with a '/' character, and can be no longer than 1024 characters");
        }
        if (matcher != null && matcher.httpCode() == null) {
            throw Require.invalid("A matcher's HTTP code must be specified");
        }
        int every = Require.between(interval, now.intervalSeconds(), 5, 300, "Health check interval");
        int within = Require.between(timeout, now.timeoutSeconds(), 2, 120, "Health check timeout");
        if (within >= every) {
            throw Require.invalid(
                    "Health check timeout '" + within + "' must be smaller than the interval '" + every + "'");
        }
        return new HealthCheck(
                true,
                port == null ? now.port() : port,
                path == null ? now.path() : path,
                every,
                within,
                Require.between(healthy, now.healthyThreshold(), 2, 10, "Health check healthy threshold count"),
                Require.between(unhealthy, now.unhealthyThreshold(), 2, 10, "Health check unhealthy threshold count"),
                matcher == null ? now.matcher() : StatusMatcher.parse(matcher.httpCode()));
    }

    private TargetGroupShown shown(TargetGroup group) {
        HealthCheck check = group.healthCheck;
        return new TargetGroupShown(
                group.arn,
                group.name,
                "HTTP",
                group.port,
                group.vpcId,
                "HTTP",
                check.port(),
                check.enabled(),
                check.intervalSeconds(),
                check.timeoutSeconds(),
                check.healthyThreshold(),
                check.unhealthyThreshold(),
                check.path(),
                new Matcher(check.matcher().text()),
                state.loadBalancersOf(group).stream()
                        .map(balancer -> balancer.arn)
                        .toList(),
                "ip",
                "HTTP1",
                "ipv4");
    }

    record CreateTargetGroupRequest(
            String name,
            String protocol,
            String protocolVersion,
            Integer port,
            String vpcId,
            String healthCheckProtocol,
            String healthCheckPort,
            Boolean healthCheckEnabled,
            String healthCheckPath,
            Integer healthCheckIntervalSeconds,
            Integer healthCheckTimeoutSeconds,
            Integer healthyThresholdCount,
            Integer unhealthyThresholdCount,
            Matcher matcher,
            String targetType,
            List<Tag> tags,
            String ipAddressType) {}

    record DescribeTargetGroupsRequest(
            String loadBalancerArn,
            List<String> targetGroupArns,
            List<String> names,
            String marker,
            Integer pageSize) {}

    record ModifyTargetGroupRequest(
            String targetGroupArn,
            String healthCheckProtocol,
            String healthCheckPort,
            String healthCheckPath,
            Boolean healthCheckEnabled,
            Integer healthCheckIntervalSeconds,
            Integer healthCheckTimeoutSeconds,
            Integer healthyThresholdCount,
            Integer unhealthyThresholdCount,
            Matcher matcher) {}

    record DeleteTargetGroupRequest(String targetGroupArn) {}

    record TargetGroupsResponse(List<TargetGroupShown> targetGroups, String nextMarker) {}

    record TargetGroupShown(
            String targetGroupArn,
            String targetGroupName,
            String protocol,
            Integer port,
            String vpcId,
            String healthCheckProtocol,
            String healthCheckPort,
            Boolean healthCheckEnabled,
            Integer healthCheckIntervalSeconds,
            Integer healthCheckTimeoutSeconds,
            Integer healthyThresholdCount,
            Integer unhealthyThresholdCount,
            String healthCheckPath,
            Matcher matcher,
            List<String> loadBalancerArns,
            String targetType,
            String protocolVersion,
            String ipAddressType) {}

    record Matcher(String httpCode) {}
}
