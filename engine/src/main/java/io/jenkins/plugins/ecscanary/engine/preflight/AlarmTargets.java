package io.jenkins.plugins.ecscanary.engine.preflight;

import io.jenkins.plugins.ecscanary.engine.aws.Aws.AlarmSeen;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Do the alarms look where the replacement's requests go? A name says nothing of that: an alarm that was copied from another
 * service's, or is left from a target group that was made anew, stays green whatever the replacement answers, and one on the
 * original's target group judges the old revision.
 *
 * <p>Refused is what leaves the replacement without any alarm that sees it although alarms are there that were to. Whoever has
 * no such alarms at all is told by the check {@code alarms}. Left alone is what can't be told from dimensions: composite
 * alarms, metrics of one's own, a load balancer as a whole.
 */
final class AlarmTargets {

    private static final String NAME = "alarm-targets";

    private final Checks checks;
    private final Sides sides;

    AlarmTargets(Checks checks, Sides sides) {
        this.checks = checks;
        this.sides = sides;
    }

    /**
     * @param watched those that stop the deployment
     * @param notWatched the original's, which the next deployment will need
     * @param toBeCreated whether the replacement gets one
     */
    void check(List<AlarmSeen> watched, List<AlarmSeen> notWatched, boolean toBeCreated) {
        List<AlarmSight> sights =
                watched.stream().map(alarm -> AlarmSight.of(alarm, sides)).toList();
        List<AlarmSight> guards = sights.stream().filter(AlarmSight::guards).toList();
        List<AlarmSight> past = sights.stream().filter(AlarmSight::looksPast).toList();
        List<AlarmSight> next = notWatched.stream()
                .map(alarm -> AlarmSight.of(alarm, sides))
                .filter(sight -> !sight.original() || sight.blind())
                .filter(sight -> sight.replacement() || !sight.elsewhere().isEmpty())
                .filter(sight -> sight.isNamedAfter(
                        sides.original().name(), sides.replacement().name()))
                .toList();
        boolean onlyPast = past.size() == sights.size();
        List<AlarmSight> wrong = guards.isEmpty() && !toBeCreated
                ? past.stream()
                        .filter(sight -> isWrong(sight) || onlyPast && !sight.original())
                        .toList()
                : List.of();
        if (!wrong.isEmpty()) {
            refuse(wrong);
        } else {
            tell(guards, past, next, toBeCreated);
        }
    }

    /** Whether it can't have been meant. */
    private boolean isWrong(AlarmSight sight) {
        return sight.blind()
                || sight.isNamedAfter(
                        sides.replacement().name(), sides.original().name());
    }

    private void refuse(List<AlarmSight> wrong) {
        checks.refused(
                NAME,
                "no alarm looks at the replacement target group, " + sides.replacementDimension() + ": "
                        + wrong.stream().map(this::told).collect(Collectors.joining("; ")),
                "a bad replacement would get all the traffic: set the dimensions of alarm " + names(wrong)
                        + ", where they come from, to TargetGroup " + sides.replacementDimension()
                        + " and LoadBalancer " + sides.loadBalancer());
    }

    private void tell(List<AlarmSight> guards, List<AlarmSight> past, List<AlarmSight> next, boolean toBeCreated) {
        boolean unseen = guards.isEmpty() && !toBeCreated;
        List<AlarmSight> odd = Stream.concat(
                        // One on the original's target group beside the replacement's is how it should be.
                        past.stream()
                                .filter(sight -> unseen
                                        || isWrong(sight)
                                        || !sight.elsewhere().isEmpty()),
                        guards.stream().filter(sight -> !sight.elsewhere().isEmpty()))
                .toList();
        List<String> warnings = new ArrayList<>(odd.stream().map(this::told).toList());
        if (unseen && !odd.isEmpty()) {
            warnings.add("no alarm is seen to look at the replacement target group, " + sides.replacementDimension());
        }
        next.forEach(sight -> warnings.add(told(sight) + "; this deployment does not need it, the next one will"));
        if (!warnings.isEmpty()) {
            checks.warned(
                    NAME,
                    String.join("; ", warnings),
                    "if that is not meant, set the dimensions TargetGroup and LoadBalancer of alarm "
                            + names(Stream.concat(odd.stream(), next.stream()).toList())
                            + ", where they come from, to those of the target group that it is for");
        } else if (!guards.isEmpty()) {
            checks.passed(
                    NAME,
                    "the replacement target group, " + sides.replacementDimension() + ", is looked at by "
                            + names(guards));
        }
    }

    private String told(AlarmSight sight) {
        List<String> places = new ArrayList<>();
        if (sight.original()) {
            places.add("the original target group, " + sides.originalDimension());
        }
        if (sight.replacement()) {
            places.add("the replacement target group, " + sides.replacementDimension());
        }
        places.addAll(sight.elsewhere());
        return "alarm " + sight.alarm() + " looks at " + String.join(" and at ", places);
    }

    private static String names(List<AlarmSight> sights) {
        return sights.stream().map(AlarmSight::alarm).collect(Collectors.joining(", "));
    }
}
