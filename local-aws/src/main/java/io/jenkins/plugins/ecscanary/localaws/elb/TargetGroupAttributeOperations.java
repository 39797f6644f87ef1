package io.jenkins.plugins.ecscanary.localaws.elb;

import io.jenkins.plugins.ecscanary.localaws.wire.Operation;
import io.jenkins.plugins.ecscanary.localaws.world.World;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * ModifyTargetGroupAttributes, DescribeTargetGroupAttributes. The deregistration delay is what can be changed; the
 * others have AWS's defaults, which may be spelled out.
 */
final class TargetGroupAttributeOperations {

    private static final String DELAY = "deregistration_delay.timeout_seconds";
    private static final Map<String, String> FIXED = fixed();

    private final World world;
    private final ElbState state;

    TargetGroupAttributeOperations(World world, ElbState state) {
        this.world = world;
        this.state = state;
    }

    private static Map<String, String> fixed() {
        Map<String, String> fixed = new LinkedHashMap<>();
        fixed.put("stickiness.enabled", "false");
        fixed.put("stickiness.type", "lb_cookie");
        fixed.put("stickiness.lb_cookie.duration_seconds", "86400");
        fixed.put("slow_start.duration_seconds", "0");
        fixed.put("load_balancing.algorithm.type", "round_robin");
        fixed.put("load_balancing.algorithm.anomaly_mitigation", "off");
        fixed.put("load_balancing.cross_zone.enabled", "use_load_balancer_configuration");
        fixed.put("target_group_health.dns_failover.minimum_healthy_targets.count", "1");
        fixed.put("target_group_health.dns_failover.minimum_healthy_targets.percentage", "off");
        fixed.put("target_group_health.unhealthy_state_routing.minimum_healthy_targets.count", "1");
        fixed.put("target_group_health.unhealthy_state_routing.minimum_healthy_targets.percentage", "off");
        return fixed;
    }

    List<Operation<?, ?>> operations() {
        return List.of(
                Operation.of("ModifyTargetGroupAttributes", ModifyTargetGroupAttributesRequest.class, this::modify),
                Operation.of(
                        "DescribeTargetGroupAttributes", DescribeTargetGroupAttributesRequest.class, this::describe));
    }

    private AttributesResponse modify(ModifyTargetGroupAttributesRequest in) {
        TargetGroup group = state.targetGroup(in.targetGroupArn());
        Duration delay = group.deregistrationDelay;
        for (Attribute attribute : Require.present(in.attributes(), "target group attribute")) {
            if (DELAY.equals(attribute.key())) {
                delay = delay(attribute.value());
            } else if (FIXED.containsKey(attribute.key())) {
                Require.only(
                        attribute.value(), FIXED.get(attribute.key()), "target group attribute " + attribute.key());
            } else {
                throw Require.invalid("Target group attribute key '" + attribute.key() + "' is not recognized");
            }
        }
        group.deregistrationDelay = delay;
        world.log("elb target group %s deregistration delay %d s", group.name, delay.toSeconds());
        return new AttributesResponse(shown(group));
    }

    private static Duration delay(String value) {
        try {
            int seconds = Integer.parseInt(Require.present(value, "value of " + DELAY));
            return Duration.ofSeconds(Require.between(seconds, 0, 0, 3600, DELAY));
        } catch (NumberFormatException e) {
            throw Require.invalid("'" + value + "' is not a valid value for " + DELAY);
        }
    }

    private AttributesResponse describe(DescribeTargetGroupAttributesRequest in) {
        return new AttributesResponse(shown(state.targetGroup(in.targetGroupArn())));
    }

    private static List<Attribute> shown(TargetGroup group) {
        List<Attribute> shown = new ArrayList<>();
        shown.add(new Attribute(DELAY, Long.toString(group.deregistrationDelay.toSeconds())));
        FIXED.forEach((key, value) -> shown.add(new Attribute(key, value)));
        return shown;
    }

    record ModifyTargetGroupAttributesRequest(String targetGroupArn, List<Attribute> attributes) {}

    record DescribeTargetGroupAttributesRequest(String targetGroupArn) {}

    record AttributesResponse(List<Attribute> attributes) {}

    record Attribute(String key, String value) {}
}
