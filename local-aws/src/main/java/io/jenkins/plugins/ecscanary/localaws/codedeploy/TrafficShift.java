package io.jenkins.plugins.ecscanary.localaws.codedeploy;

import io.jenkins.plugins.ecscanary.localaws.elb.LoadBalancing;
import io.jenkins.plugins.ecscanary.localaws.elb.LoadBalancing.ListenerInfo;
import io.jenkins.plugins.ecscanary.localaws.elb.LoadBalancing.TargetGroupInfo;
import java.util.LinkedHashMap;
import java.util.Map;

/** One deployment's hand on the listeners: which target group is the original's, which the replacement's. */
final class TrafficShift {

    private final LoadBalancing elb;
    private final LoadBalancerInfo.TargetGroupPairInfo pair;
    private final TargetGroupInfo original;
    private final TargetGroupInfo replacement;
    private final Map<String, Integer> testWeightsBefore;

    private TrafficShift(
            LoadBalancing elb,
            LoadBalancerInfo.TargetGroupPairInfo pair,
            TargetGroupInfo original,
            TargetGroupInfo replacement,
            Map<String, Integer> testWeightsBefore) {
        this.elb = elb;
        this.pair = pair;
        this.original = original;
        this.replacement = replacement;
        this.testWeightsBefore = Map.copyOf(testWeightsBefore);
    }

    /** @throws StepFailed if target groups or listener are gone, or the original is in neither group */
    static TrafficShift from(
            LoadBalancing elb, LoadBalancerInfo.TargetGroupPairInfo pair, String originalTargetGroupArn) {
        Map<String, Integer> testWeights = pair.testTrafficRoute() == null
                ? Map.of()
                : elb.listener(pair.testTrafficRoute().listener())
                        .map(ListenerInfo::weights)
                        .orElse(Map.of());
        return resumed(elb, pair, originalTargetGroupArn, testWeights);
    }

    /**
     * As {@link #from}, for a deployment that has its hand on the listeners already.
     *
     * @param testWeightsBefore the test listener's before the deployment
     */
    static TrafficShift resumed(
            LoadBalancing elb,
            LoadBalancerInfo.TargetGroupPairInfo pair,
            String originalTargetGroupArn,
            Map<String, Integer> testWeightsBefore) {
        TargetGroupInfo first = group(elb, pair, 0);
        TargetGroupInfo second = group(elb, pair, 1);
        String listener = pair.prodTrafficRoute().listener();
        if (elb.listener(listener).isEmpty()) {
            throw new StepFailed("ELASTIC_LOAD_BALANCING_INVALID", "The listener " + listener + " does not exist.");
        }
        if (first.arn().equals(originalTargetGroupArn)) {
            return new TrafficShift(elb, pair, first, second, testWeightsBefore);
        }
        if (second.arn().equals(originalTargetGroupArn)) {
            return new TrafficShift(elb, pair, second, first, testWeightsBefore);
        }
        throw new StepFailed(
                "ELASTIC_LOAD_BALANCING_INVALID",
                "The primary task set's target group " + originalTargetGroupArn
                        + " is not one of the deployment group's.");
    }

    private static TargetGroupInfo group(LoadBalancing elb, LoadBalancerInfo.TargetGroupPairInfo pair, int index) {
        String name = pair.targetGroups().get(index).name();
        return elb.targetGroup(name)
                .orElseThrow(() -> new StepFailed(
                        "ELASTIC_LOAD_BALANCING_INVALID", "The target group " + name + " does not exist."));
    }

    Map<String, Integer> testWeightsBefore() {
        return testWeightsBefore;
    }

    TargetGroupInfo replacement() {
        return replacement;
    }

    /** Gives the replacement its share of production traffic, in percent; a group without a share stays listed with 0. */
    void production(int share) {
        Map<String, Integer> weights = new LinkedHashMap<>();
        weights.put(original.arn(), 100 - share);
        weights.put(replacement.arn(), share);
        elb.setWeights(pair.prodTrafficRoute().listener(), weights);
    }

    boolean isClean() {
        Map<String, Integer> weights = elb.listener(pair.prodTrafficRoute().listener())
                .map(ListenerInfo::weights)
                .orElse(Map.of());
        return weights.getOrDefault(original.arn(), 0) > 0 && weights.getOrDefault(replacement.arn(), 0) == 0;
    }

    void testToReplacement() {
        if (pair.testTrafficRoute() != null) {
            elb.setWeights(pair.testTrafficRoute().listener(), Map.of(replacement.arn(), 1));
        }
    }

    void testAsBefore() {
        if (pair.testTrafficRoute() != null && !testWeightsBefore.isEmpty()) {
            elb.setWeights(pair.testTrafficRoute().listener(), testWeightsBefore);
        }
    }

    @Override
    public String toString() {
        Map<String, Integer> weights = elb.listener(pair.prodTrafficRoute().listener())
                .map(ListenerInfo::weights)
                .orElse(Map.of());
        return original.name() + " " + weights.getOrDefault(original.arn(), 0) + ", " + replacement.name() + " "
                + weights.getOrDefault(replacement.arn(), 0);
    }
}
