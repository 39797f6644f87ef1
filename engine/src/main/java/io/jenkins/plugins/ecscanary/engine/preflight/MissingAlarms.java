package io.jenkins.plugins.ecscanary.engine.preflight;

import io.jenkins.plugins.ecscanary.engine.aws.Aws.TargetGroupSeen;
import io.jenkins.plugins.ecscanary.engine.aws.SuccessRateAlarm;
import io.jenkins.plugins.ecscanary.engine.model.DeploymentRequest;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The success-rate alarms that a pair of target groups would need and has not: one each, because the two change roles with
 * every deployment.
 *
 * @param originals its alarm, if it has none
 * @param replacements its alarm, if it has none
 * @param sides whose alarms they are, or null where that is not known
 */
record MissingAlarms(Optional<SuccessRateAlarm> originals, Optional<SuccessRateAlarm> replacements, Sides sides) {

    /** Nothing can be said. */
    static final MissingAlarms UNKNOWN = new MissingAlarms(Optional.empty(), Optional.empty(), null);

    /** As if it had none. */
    static MissingAlarms of(Sides sides, DeploymentRequest request) {
        return new MissingAlarms(
                Optional.of(alarm(sides.original(), sides, request)),
                Optional.of(alarm(sides.replacement(), sides, request)),
                sides);
    }

    private static SuccessRateAlarm alarm(TargetGroupSeen targetGroup, Sides sides, DeploymentRequest request) {
        return SuccessRateAlarm.of(
                request.service(), targetGroup.name(), targetGroup.arn(), sides.loadBalancer(), request.criterion());
    }

    /** What is still missing beside the alarms with these names. */
    MissingAlarms without(Collection<String> alarms) {
        if (sides == null) {
            return this;
        }
        String original = sides.original().name();
        String replacement = sides.replacement().name();
        List<String> names = List.copyOf(alarms);
        return new MissingAlarms(
                new AlarmPolicy(original, replacement).ofOriginal(names).isEmpty() ? originals : Optional.empty(),
                new AlarmPolicy(replacement, original).ofOriginal(names).isEmpty() ? replacements : Optional.empty(),
                sides);
    }

    List<SuccessRateAlarm> alarms() {
        return Stream.of(originals, replacements).flatMap(Optional::stream).toList();
    }

    List<String> names() {
        return alarms().stream().map(SuccessRateAlarm::name).toList();
    }
}
