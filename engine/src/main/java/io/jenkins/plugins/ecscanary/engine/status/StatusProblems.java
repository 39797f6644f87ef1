package io.jenkins.plugins.ecscanary.engine.status;

import io.jenkins.plugins.ecscanary.engine.aws.Aws.AlarmSeen;
import io.jenkins.plugins.ecscanary.engine.aws.Aws.ServiceSeen;
import io.jenkins.plugins.ecscanary.engine.status.ServiceStatus.Deployment;
import io.jenkins.plugins.ecscanary.engine.status.ServiceStatus.TargetGroup;
import io.jenkins.plugins.ecscanary.engine.status.ServiceStatus.TaskSet;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** What is wrong with a service now. While a deployment is active, split weights and starting tasks are as they should be. */
final class StatusProblems {

    private StatusProblems() {}

    static List<String> of(
            ServiceSeen service,
            List<TaskSet> taskSets,
            List<TargetGroup> targetGroups,
            boolean weightsKnown,
            List<AlarmSeen> alarms,
            Deployment deployment) {
        List<String> problems = new ArrayList<>();
        boolean active = deployment != null && deployment.active();
        if (!"ACTIVE".equals(service.status())) {
            problems.add("the service is " + service.status());
        }
        if (weightsKnown && !active) {
            weights(taskSets, targetGroups).ifPresent(problems::add);
        }
        for (TargetGroup group : targetGroups) {
            if (weightsKnown && group.weight() > 0 && (group.healthy() < group.total() || group.total() == 0)) {
                problems.add(
                        group.total() == 0
                                ? group.name() + " gets " + group.weight() + " % of the requests and has no targets"
                                : group.healthy() + " of " + group.total() + " targets of " + group.name()
                                        + " are healthy" + reasons(group));
            }
        }
        taskSets.stream()
                .filter(set -> set.status().equals("PRIMARY") && set.running() < set.desired())
                .forEach(set -> problems.add(
                        set.running() + " of " + set.desired() + " tasks of " + set.taskDefinition() + " run"));
        alarms.stream()
                .filter(alarm -> "ALARM".equals(alarm.state()))
                .forEach(alarm -> problems.add(
                        "alarm " + alarm.name() + " is in ALARM since " + alarm.since() + ": " + alarm.reason()));
        return problems;
    }

    private static Optional<String> weights(List<TaskSet> taskSets, List<TargetGroup> groups) {
        Optional<TargetGroup> whole =
                groups.stream().filter(group -> group.weight() == 100).findFirst();
        if (whole.isEmpty()) {
            return Optional.of("no deployment is active, but the listener sends "
                    + groups.stream()
                            .map(group -> group.weight() + " % to " + group.name())
                            .collect(Collectors.joining(", "))
                    + ": set it to 100 and 0, with 100 on the target group of the PRIMARY task set");
        }
        return taskSets.stream()
                .filter(set -> set.status().equals("PRIMARY") && set.targetGroup() != null)
                .filter(set -> !set.targetGroup().equals(whole.get().name()))
                .findFirst()
                .map(set -> "the listener sends everything to " + whole.get().name() + ", but the PRIMARY task set ("
                        + set.taskDefinition() + ") is in " + set.targetGroup());
    }

    private static String reasons(TargetGroup group) {
        return group.reasons().isEmpty() ? "" : ": " + String.join("; ", group.reasons());
    }
}
