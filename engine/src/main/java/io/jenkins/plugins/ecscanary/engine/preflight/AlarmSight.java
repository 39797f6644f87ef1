package io.jenkins.plugins.ecscanary.engine.preflight;

import io.jenkins.plugins.ecscanary.engine.aws.Aws.AlarmMetricSeen;
import io.jenkins.plugins.ecscanary.engine.aws.Aws.AlarmSeen;
import io.jenkins.plugins.ecscanary.engine.model.Arn;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * Where an alarm looks, as far as load balancing's metrics with the dimensions TargetGroup and LoadBalancer tell.
 *
 * @param original whether it sees the original target group
 * @param replacement whether it sees the replacement target group
 * @param whole whether it sees all that the load balancer serves
 * @param elsewhere what else it looks at, in words with the dimension's value
 * @param strangers the names of the target groups among that
 * @param blind whether something it looks at can't be there: a target group of one of the pair's names that is none of
 *     them (any more), or one of the pair behind a load balancer where it is not
 */
record AlarmSight(
        String alarm,
        boolean original,
        boolean replacement,
        boolean whole,
        Set<String> elsewhere,
        Set<String> strangers,
        boolean blind) {

    private static final String NAMESPACE = "AWS/ApplicationELB";

    static AlarmSight of(AlarmSeen alarm, Sides sides) {
        boolean original = false;
        boolean replacement = false;
        boolean whole = false;
        boolean blind = false;
        Set<String> elsewhere = new LinkedHashSet<>();
        Set<String> strangers = new LinkedHashSet<>();
        String originals = sides.originalDimension();
        String replacements = sides.replacementDimension();
        for (AlarmMetricSeen metric : alarm.metrics()) {
            String targetGroup = metric.dimensions().get("TargetGroup");
            String loadBalancer = metric.dimensions().get("LoadBalancer");
            if (!metric.namespace().equals(NAMESPACE) || targetGroup == null && loadBalancer == null) {
                continue;
            }
            boolean ours = loadBalancer == null || loadBalancer.equals(sides.loadBalancer());
            if (targetGroup == null) {
                whole |= ours;
                if (!ours) {
                    elsewhere.add("load balancer " + loadBalancer);
                }
            } else if (!targetGroup.equals(originals) && !targetGroup.equals(replacements)) {
                String name = Arn.named(targetGroup);
                boolean gone = List.of(
                                sides.original().name(), sides.replacement().name())
                        .contains(name);
                strangers.add(name);
                elsewhere.add(targetGroup + (gone ? ", which is not the target group of that name" : ""));
                blind |= gone;
            } else if (!ours) {
                elsewhere.add(targetGroup + " behind load balancer " + loadBalancer + ", where it is not");
                blind = true;
            } else {
                original |= targetGroup.equals(originals);
                replacement |= targetGroup.equals(replacements);
            }
        }
        return new AlarmSight(alarm.name(), original, replacement, whole, elsewhere, strangers, blind);
    }

    /** Whether it goes red when the replacement answers badly. */
    boolean guards() {
        return replacement && !blind;
    }

    /** Whether it looks at target groups or load balancers, and the replacement's requests are not among what it sees. */
    boolean looksPast() {
        return !guards() && !whole && (original || !elsewhere.isEmpty());
    }

    /** Whether its name says that it is this target group's, rather than one's whose name has that one in it. */
    boolean isNamedAfter(String targetGroup, String other) {
        List<String> name = List.of(alarm);
        return new AlarmPolicy(targetGroup, other).ofOriginal(name).contains(alarm)
                && strangers.stream()
                        .filter(stranger -> !stranger.equals(targetGroup))
                        .allMatch(stranger -> new AlarmPolicy(targetGroup, stranger)
                                .ofOriginal(name)
                                .contains(alarm));
    }
}
