package io.jenkins.plugins.ecscanary.localaws.elb;

import io.jenkins.plugins.ecscanary.localaws.wire.AwsError;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A listener's default action on the wire: a forward to one target group, or to up to five by weight. */
final class ForwardAction {

    private static final int MOST_GROUPS = 5;
    private static final int LARGEST_WEIGHT = 999;

    private ForwardAction() {}

    /** Groups and weights as the actions have them; nothing is changed if they can't be had. */
    static Map<TargetGroup, Integer> weights(ElbState state, LoadBalancer balancer, List<Action> actions) {
        if (actions == null || actions.size() != 1) {
            throw Require.invalid("Exactly one default action must be specified");
        }
        Action action = actions.get(0);
        Require.only(Require.present(action.type(), "default action type"), "forward", "listener action type");
        Map<TargetGroup, Integer> weights = new LinkedHashMap<>();
        if (action.forwardConfig() == null) {
            weights.put(state.targetGroup(action.targetGroupArn()), 1);
        } else {
            read(state, action, weights);
        }
        for (TargetGroup group : weights.keySet()) {
            if (state.loadBalancersOf(group).stream().anyMatch(other -> other != balancer)) {
                throw new AwsError(
                        "TargetGroupAssociationLimit",
                        "The following target groups cannot be associated with more than one load balancer: "
                                + group.arn);
            }
        }
        return weights;
    }

    private static void read(ElbState state, Action action, Map<TargetGroup, Integer> weights) {
        Stickiness stickiness = action.forwardConfig().targetGroupStickinessConfig();
        if (stickiness != null) {
            Require.only(stickiness.enabled(), false, "target group stickiness enabled");
        }
        List<GroupWeight> groups = action.forwardConfig().targetGroups();
        if (groups == null || groups.isEmpty() || groups.size() > MOST_GROUPS) {
            throw Require.invalid("A forward action must have between 1 and " + MOST_GROUPS + " target groups");
        }
        for (GroupWeight group : groups) {
            int weight = Require.between(group.weight(), 1, 0, LARGEST_WEIGHT, "Weight");
            if (weights.put(state.targetGroup(group.targetGroupArn()), weight) != null) {
                throw Require.invalid("Target group '" + group.targetGroupArn() + "' is named twice");
            }
        }
        boolean other = action.targetGroupArn() != null
                && (groups.size() != 1 || !groups.get(0).targetGroupArn().equals(action.targetGroupArn()));
        if (other) {
            throw Require.invalid("A target group ARN and a forward configuration can both be specified only if they "
                    + "name the same single target group");
        }
    }

    /** {@code TargetGroupArn} is there for a forward to a single group only. */
    static List<Action> shown(Map<TargetGroup, Integer> weights) {
        List<GroupWeight> groups = weights.entrySet().stream()
                .map(entry -> new GroupWeight(entry.getKey().arn, entry.getValue()))
                .toList();
        String single = groups.size() == 1 ? groups.get(0).targetGroupArn() : null;
        return List.of(new Action("forward", single, null, new ForwardConfig(groups, new Stickiness(false, null))));
    }

    /** @param order accepted: there is one action */
    record Action(String type, String targetGroupArn, Integer order, ForwardConfig forwardConfig) {}

    record ForwardConfig(List<GroupWeight> targetGroups, Stickiness targetGroupStickinessConfig) {}

    record GroupWeight(String targetGroupArn, Integer weight) {}

    record Stickiness(Boolean enabled, Integer durationSeconds) {}
}
