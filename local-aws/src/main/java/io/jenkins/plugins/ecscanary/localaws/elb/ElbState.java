package io.jenkins.plugins.ecscanary.localaws.elb;

import io.jenkins.plugins.ecscanary.localaws.wire.AwsError;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Everything there is, by ARN, in the order it was created. Guarded by the world's lock. */
final class ElbState {

    final Map<String, LoadBalancer> loadBalancers = new LinkedHashMap<>();
    final Map<String, TargetGroup> targetGroups = new LinkedHashMap<>();
    final Map<String, Listener> listeners = new LinkedHashMap<>();
    final Map<String, Map<String, String>> tags = new LinkedHashMap<>();

    /** Asked for with every health check of every target; null after a change. */
    private Map<TargetGroup, List<Listener>> forwarding;

    LoadBalancer loadBalancer(String arn) {
        requireArn(arn, "load balancer", ":loadbalancer/");
        LoadBalancer found = loadBalancers.get(arn);
        if (found == null) {
            throw new AwsError("LoadBalancerNotFound", "Load balancer '" + arn + "' not found");
        }
        return found;
    }

    TargetGroup targetGroup(String arn) {
        requireArn(arn, "target group", ":targetgroup/");
        TargetGroup found = targetGroups.get(arn);
        if (found == null) {
            throw new AwsError("TargetGroupNotFound", "Target groups '" + arn + "' not found");
        }
        return found;
    }

    Listener listener(String arn) {
        requireArn(arn, "listener", ":listener/");
        Listener found = listeners.get(arn);
        if (found == null) {
            throw new AwsError("ListenerNotFound", "Listener '" + arn + "' not found");
        }
        return found;
    }

    Rule rule(String arn) {
        requireArn(arn, "rule", ":listener-rule/");
        return rules().filter(rule -> rule.arn.equals(arn))
                .findFirst()
                .orElseThrow(() -> new AwsError("RuleNotFound", "Rule '" + arn + "' not found"));
    }

    Stream<Rule> rules() {
        return listeners.values().stream().flatMap(listener -> listener.rules().stream());
    }

    /** Those that forward to the group, possibly with weight 0. */
    List<Listener> listenersOf(TargetGroup group) {
        if (forwarding == null) {
            Map<TargetGroup, List<Listener>> found = new HashMap<>();
            for (Listener listener : listeners.values()) {
                listener.groups().forEach(each -> found.computeIfAbsent(each, none -> new ArrayList<>())
                        .add(listener));
            }
            forwarding = found;
        }
        return forwarding.getOrDefault(group, List.of());
    }

    /** To be called after a listener has come or gone, or an action of one has changed. */
    void forwardsChanged() {
        forwarding = null;
    }

    /** The load balancer whose listeners forward to the group, possibly with weight 0; AWS allows one at most. */
    List<LoadBalancer> loadBalancersOf(TargetGroup group) {
        return listenersOf(group).stream()
                .map(listener -> listener.loadBalancer)
                .distinct()
                .toList();
    }

    boolean isUsed(TargetGroup group) {
        return !listenersOf(group).isEmpty();
    }

    private static void requireArn(String arn, String what, String resource) {
        Require.present(arn, what + " ARN");
        if (!arn.startsWith("arn:aws:elasticloadbalancing:") || !arn.contains(resource)) {
            throw new AwsError("ValidationError", "'" + arn + "' is not a valid " + what + " ARN");
        }
    }
}
