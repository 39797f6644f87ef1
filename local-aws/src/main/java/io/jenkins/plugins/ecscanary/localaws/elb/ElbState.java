package io.jenkins.plugins.ecscanary.localaws.elb;

import io.jenkins.plugins.ecscanary.localaws.wire.AwsError;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Everything there is, by ARN, in the order it was created. Guarded by the world's lock. */
final class ElbState {

    final Map<String, LoadBalancer> loadBalancers = new LinkedHashMap<>();
    final Map<String, TargetGroup> targetGroups = new LinkedHashMap<>();
    final Map<String, Listener> listeners = new LinkedHashMap<>();
    final Map<String, Map<String, String>> tags = new LinkedHashMap<>();

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

    /** The load balancer whose listeners forward to the group, possibly with weight 0; AWS allows one at most. */
    List<LoadBalancer> loadBalancersOf(TargetGroup group) {
        Set<LoadBalancer> found = new LinkedHashSet<>();
        for (Listener listener : listeners.values()) {
            if (listener.weights().containsKey(group)) {
                found.add(listener.loadBalancer);
            }
        }
        return List.copyOf(found);
    }

    boolean isUsed(TargetGroup group) {
        return listeners.values().stream()
                .anyMatch(listener -> listener.weights().containsKey(group));
    }

    private static void requireArn(String arn, String what, String resource) {
        Require.present(arn, what + " ARN");
        if (!arn.startsWith("arn:aws:elasticloadbalancing:") || !arn.contains(resource)) {
            throw new AwsError("ValidationError", "'" + arn + "' is not a valid " + what + " ARN");
        }
    }
}
