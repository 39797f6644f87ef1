package io.jenkins.plugins.ecscanary.engine.preflight;

import io.jenkins.plugins.ecscanary.engine.aws.Aws;
import io.jenkins.plugins.ecscanary.engine.aws.Aws.AlarmSeen;
import io.jenkins.plugins.ecscanary.engine.aws.Aws.GroupSeen;
import io.jenkins.plugins.ecscanary.engine.model.DeploymentRequest;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Are there alarms that stop this deployment, and would none of them stop it at once? */
final class AlarmChecks {

    private static final String NAME = "alarms";

    /** CodeDeploy's limit per deployment. */
    private static final int MOST = 10;

    private final Aws aws;
    private final Checks checks;

    AlarmChecks(Aws aws, Checks checks) {
        this.aws = aws;
        this.checks = checks;
    }

    /**
     * @param override instead of the group's, or null for the group's
     * @param watched those that stop the deployment
     */
    record Alarms(List<String> override, List<String> watched) {}

    /** @param sides empty if it is not known which target group is the original */
    Optional<Alarms> alarms(GroupSeen group, Optional<Sides> sides, DeploymentRequest request) {
        AlarmPolicy policy = sides.map(known -> new AlarmPolicy(
                        known.original().name(), known.replacement().name()))
                .orElse(null);
        List<String> counterparts = policy == null ? List.of() : policy.counterparts(group.alarms());
        Set<String> names = new LinkedHashSet<>(group.alarms());
        names.addAll(counterparts);
        names.addAll(request.alarms());
        Optional<List<AlarmSeen>> answer = checks.ask(NAME, () -> aws.alarms(List.copyOf(names)));
        if (answer.isEmpty()) {
            return Optional.empty();
        }
        List<AlarmSeen> seen = answer.get();
        List<String> existing = counterparts.stream()
                .filter(name -> find(seen, name).isPresent())
                .toList();
        List<String> notWatched = policy == null ? List.of() : policy.ofOriginal(group.alarms());
        Set<String> watchedNames = new LinkedHashSet<>(group.alarms());
        notWatched.forEach(watchedNames::remove);
        watchedNames.addAll(existing);
        watchedNames.addAll(request.alarms());
        List<String> watched = List.copyOf(watchedNames);
        judge(watched, notWatched, seen);
        boolean asTheGroup = Set.copyOf(watched).equals(Set.copyOf(group.alarms()));
        return Optional.of(new Alarms(asTheGroup ? null : watched, watched));
    }

    private void judge(List<String> watched, List<String> notWatched, List<AlarmSeen> seen) {
        List<String> refusals = new ArrayList<>();
        List<String> warnings = new ArrayList<>();
        for (String name : watched) {
            Optional<AlarmSeen> alarm = find(seen, name);
            if (alarm.isEmpty()) {
                refusals.add("alarm " + name + " does not exist");
            } else if (alarm.get().state().equals("ALARM")) {
                refusals.add("alarm " + name + " is in ALARM since "
                        + alarm.get().since() + ": " + alarm.get().reason());
            } else if (alarm.get().state().equals("INSUFFICIENT_DATA")) {
                warnings.add("alarm " + name + " has INSUFFICIENT_DATA");
            }
        }
        for (String name : notWatched) {
            find(seen, name)
                    .filter(alarm -> alarm.state().equals("ALARM"))
                    .ifPresent(alarm -> warnings.add("alarm " + name
                            + " of the original target group is in ALARM; it does not stop this deployment: "
                            + alarm.reason()));
        }
        if (watched.size() > MOST) {
            refusals.add(watched.size() + " alarms are wanted (" + String.join(", ", watched)
                    + "), but CodeDeploy takes " + MOST);
        }
        if (watched.isEmpty()) {
            warnings.add("no alarm stops this deployment: AWS will shift all traffic whatever the replacement answers");
        }
        if (!refusals.isEmpty()) {
            refusals.addAll(warnings);
            checks.refused(
                    NAME,
                    String.join("; ", refusals),
                    "AWS would not start the deployment or stop it at once: create what is missing, mend what is in"
                            + " ALARM, name at most " + MOST);
        } else if (!warnings.isEmpty()) {
            checks.warned(
                    NAME,
                    String.join("; ", warnings),
                    "see that an alarm watches the replacement target group's success rate and that it gets data");
        } else {
            checks.passed(NAME, "watched: " + String.join(", ", watched));
        }
    }

    private static Optional<AlarmSeen> find(List<AlarmSeen> seen, String name) {
        return seen.stream().filter(alarm -> alarm.name().equals(name)).findFirst();
    }
}
