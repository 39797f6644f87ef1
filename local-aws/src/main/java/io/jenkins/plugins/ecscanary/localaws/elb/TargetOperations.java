package io.jenkins.plugins.ecscanary.localaws.elb;

import io.jenkins.plugins.ecscanary.localaws.elb.LoadBalancing.TargetAddress;
import io.jenkins.plugins.ecscanary.localaws.wire.AwsError;
import io.jenkins.plugins.ecscanary.localaws.wire.Operation;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** RegisterTargets, DeregisterTargets, DescribeTargetHealth. */
final class TargetOperations {

    private static final int MOST_TARGETS = 1000;
    private static final Pattern LOOPBACK = Pattern.compile("127(\\.(25[0-5]|2[0-4]\\d|1?\\d?\\d)){3}");

    private final ElbState state;
    private final Targets targets;

    TargetOperations(ElbState state, Targets targets) {
        this.state = state;
        this.targets = targets;
    }

    List<Operation<?, ?>> operations() {
        return List.of(
                Operation.of("RegisterTargets", RegisterTargetsRequest.class, this::register),
                Operation.of("DeregisterTargets", DeregisterTargetsRequest.class, this::deregister),
                Operation.of("DescribeTargetHealth", DescribeTargetHealthRequest.class, this::health));
    }

    private Empty register(RegisterTargetsRequest in) {
        TargetGroup group = state.targetGroup(in.targetGroupArn());
        List<TargetAddress> addresses = addresses(group, in.targets());
        long more = addresses.stream()
                .distinct()
                .filter(address -> !group.registered.containsKey(address))
                .count();
        if (group.registered.size() + more > MOST_TARGETS) {
            throw new AwsError(
                    "TooManyTargets", "Target group '" + group.arn + "' can have " + MOST_TARGETS + " targets at most");
        }
        addresses.forEach(address -> targets.register(group, address, true));
        return new Empty();
    }

    private Empty deregister(DeregisterTargetsRequest in) {
        TargetGroup group = state.targetGroup(in.targetGroupArn());
        addresses(group, in.targets()).forEach(address -> targets.deregister(group, address, () -> {}));
        return new Empty();
    }

    private DescribeTargetHealthResponse health(DescribeTargetHealthRequest in) {
        TargetGroup group = state.targetGroup(in.targetGroupArn());
        if (in.targets() != null && !in.targets().isEmpty()) {
            return new DescribeTargetHealthResponse(addresses(group, in.targets()).stream()
                    .map(address -> Targets.find(group, address)
                            .map(target -> shown(group, target))
                            .orElseGet(() ->
                                    shown(group, address, new TargetHealth("unused", HealthReason.NOT_REGISTERED))))
                    .toList());
        }
        List<TargetHealthDescription> all = new ArrayList<>();
        group.registered.values().forEach(target -> all.add(shown(group, target)));
        group.draining.stream()
                .filter(target -> !group.registered.containsKey(target.address))
                .forEach(target -> all.add(shown(group, target)));
        return new DescribeTargetHealthResponse(all);
    }

    private static List<TargetAddress> addresses(TargetGroup group, List<TargetDescription> given) {
        if (given == null || given.isEmpty()) {
            throw Require.invalid("At least one target must be specified");
        }
        return given.stream()
                .map(target -> {
                    String id = Require.present(target.id(), "target id");
                    if (!LOOPBACK.matcher(id).matches()) {
                        throw new AwsError(
                                "InvalidTarget",
                                "The IP address '" + id
                                        + "' is not a valid target: local-aws reaches loopback (127.0.0.0/8) only");
                    }
                    return new TargetAddress(id, Require.between(target.port(), group.port, 1, 65535, "Port"));
                })
                .toList();
    }

    private static TargetHealthDescription shown(TargetGroup group, Target target) {
        return shown(group, target.address, new TargetHealth(target.state.wire(), target.reason));
    }

    private static TargetHealthDescription shown(TargetGroup group, TargetAddress address, TargetHealth health) {
        return new TargetHealthDescription(
                new TargetDescription(address.ip(), address.port(), null),
                Integer.toString(group.healthCheck.portFor(address.port())),
                health);
    }

    record RegisterTargetsRequest(String targetGroupArn, List<TargetDescription> targets) {}

    record DeregisterTargetsRequest(String targetGroupArn, List<TargetDescription> targets) {}

    /** @param availabilityZone accepted: a machine has one */
    record TargetDescription(String id, Integer port, String availabilityZone) {}

    record DescribeTargetHealthRequest(String targetGroupArn, List<TargetDescription> targets) {}

    record DescribeTargetHealthResponse(List<TargetHealthDescription> targetHealthDescriptions) {}

    record TargetHealthDescription(TargetDescription target, String healthCheckPort, TargetHealth targetHealth) {}

    record TargetHealth(String state, String reason, String description) {
        TargetHealth(String state, HealthReason reason) {
            this(state, reason == null ? null : reason.code(), reason == null ? null : reason.description());
        }
    }
}
