package io.jenkins.plugins.ecscanary.localaws.elb;

import io.jenkins.plugins.ecscanary.localaws.elb.Action.FixedResponseConfig;
import io.jenkins.plugins.ecscanary.localaws.elb.Action.ForwardConfig;
import io.jenkins.plugins.ecscanary.localaws.elb.Action.GroupWeight;
import io.jenkins.plugins.ecscanary.localaws.elb.Action.RedirectConfig;
import io.jenkins.plugins.ecscanary.localaws.elb.Action.Stickiness;
import io.jenkins.plugins.ecscanary.localaws.proxy.WeightedSchedule;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** What a rule does with requests: checked, and with all defaults filled in. */
sealed interface RuleAction {

    /** As AWS shows it. */
    Action shown();

    /** As the log tells it. */
    String told();

    /** Groups and weights of a forward, in its order; nothing for other actions. */
    default Map<TargetGroup, Integer> weights() {
        return Map.of();
    }

    /** A forward to groups by weight. Whose turn it is begins anew with a new one only. */
    final class Forward implements RuleAction {
        private final Map<TargetGroup, Integer> weights;
        private final Stickiness stickiness;
        private final WeightedSchedule<String> schedule;

        /** @param stickiness null for none */
        Forward(Map<TargetGroup, Integer> weights, Stickiness stickiness) {
            this.weights = Collections.unmodifiableMap(new LinkedHashMap<>(weights));
            this.stickiness = stickiness == null ? new Stickiness(false, null) : stickiness;
            Map<String, Integer> byArn = new LinkedHashMap<>();
            weights.forEach((group, weight) -> byArn.put(group.arn, weight));
            this.schedule = WeightedSchedule.of(byArn);
        }

        Forward to(Map<TargetGroup, Integer> next) {
            return new Forward(next, stickiness);
        }

        /** Keys are target group ARNs. */
        WeightedSchedule<String> schedule() {
            return schedule;
        }

        Stickiness stickiness() {
            return stickiness;
        }

        @Override
        public Map<TargetGroup, Integer> weights() {
            return weights;
        }

        @Override
        public Action shown() {
            List<GroupWeight> groups = weights.entrySet().stream()
                    .map(entry -> new GroupWeight(entry.getKey().arn, entry.getValue()))
                    .toList();
            String single = groups.size() == 1 ? groups.get(0).targetGroupArn() : null;
            return Action.forward(single, new ForwardConfig(groups, stickiness));
        }

        /** {@code web-a 90 web-b 10}. */
        @Override
        public String told() {
            return weights.entrySet().stream()
                    .map(entry -> entry.getKey().name + " " + entry.getValue())
                    .collect(Collectors.joining(" "));
        }
    }

    /** A redirect. */
    record Redirect(RedirectConfig config) implements RuleAction {
        @Override
        public Action shown() {
            return new Action("redirect", null, null, null, config, null);
        }

        @Override
        public String told() {
            return "redirect " + config.protocol() + "://" + config.host() + ":" + config.port() + config.path();
        }
    }

    /** A response of the load balancer's own. */
    record FixedResponse(FixedResponseConfig config) implements RuleAction {
        @Override
        public Action shown() {
            return new Action("fixed-response", null, null, null, null, config);
        }

        @Override
        public String told() {
            return "fixed response " + config.statusCode();
        }
    }
}
