package io.jenkins.plugins.ecscanary.engine.preflight;

import io.jenkins.plugins.ecscanary.engine.aws.Aws;
import io.jenkins.plugins.ecscanary.engine.aws.Aws.AlarmSeen;
import io.jenkins.plugins.ecscanary.engine.aws.AwsCodeDeploy.GroupSeen;
import io.jenkins.plugins.ecscanary.engine.aws.SuccessRateAlarm;
import io.jenkins.plugins.ecscanary.engine.model.DeploymentRequest;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

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
     * @param toCreate missing ones, where that was asked for
     */
    record Alarms(List<String> override, List<String> watched, List<SuccessRateAlarm> toCreate) {}

    /** @param sides empty if it is not known which target group is the original */
    Optional<Alarms> alarms(GroupSeen group, Optional<Sides> sides, DeploymentRequest request) {
        AlarmPolicy policy = sides.map(known -> new AlarmPolicy(
                        known.original().name(), known.replacement().name()))
                .orElse(null);
        List<String> counterparts = policy == null ? List.of() : policy.counterparts(group.alarms());
        MissingAlarms missing =
                sides.map(known -> MissingAlarms.of(known, request)).orElse(MissingAlarms.UNKNOWN);
        boolean create = request.options().createAlarms();
        Set<String> names = new LinkedHashSet<>(group.alarms());
        names.addAll(counterparts);
        names.addAll(request.alarms());
        if (create) {
            names.addAll(missing.names());
        }
        Optional<List<AlarmSeen>> answer = checks.ask(NAME, () -> aws.alarms(List.copyOf(names)));
        if (answer.isEmpty()) {
            return Optional.empty();
        }
        List<AlarmSeen> seen = answer.get();
        List<String> existing = counterparts.stream()
                .filter(name -> find(seen, name).isPresent())
                .toList();
        List<String> notWatched = policy == null ? List.of() : policy.ofOriginal(group.alarms());
        Set<String> attached = new LinkedHashSet<>(group.alarms());
        attached.addAll(existing);
        attached.addAll(request.alarms());
        MissingAlarms lacking = missing.without(attached);
        Set<String> watchedNames = new LinkedHashSet<>(group.alarms());
        notWatched.forEach(watchedNames::remove);
        watchedNames.addAll(existing);
        watchedNames.addAll(request.alarms());
        List<SuccessRateAlarm> toCreate = List.of();
        List<String> notes = new ArrayList<>();
        if (create) {
            Optional<List<SuccessRateAlarm>> absent = absent(lacking, seen, notes);
            if (absent.isEmpty()) {
                return Optional.empty();
            }
            toCreate = absent.get();
            lacking.replacements().ifPresent(alarm -> watchedNames.add(alarm.name()));
        }
        List<String> watched = List.copyOf(watchedNames);
        judge(watched, notWatched, seen, toCreate, notes, create ? MissingAlarms.UNKNOWN : lacking);
        if (sides.isPresent()) {
            boolean created = lacking.replacements().filter(toCreate::contains).isPresent();
            new AlarmTargets(checks, sides.get())
                    .check(
                            seen.stream()
                                    .filter(alarm -> watchedNames.contains(alarm.name()))
                                    .toList(),
                            seen.stream()
                                    .filter(alarm -> notWatched.contains(alarm.name()))
                                    .filter(alarm -> !watchedNames.contains(alarm.name()))
                                    .toList(),
                            created);
        }
        boolean asTheGroup = Set.copyOf(watched).equals(Set.copyOf(group.alarms()));
        return Optional.of(new Alarms(asTheGroup ? null : watched, watched, toCreate));
    }

    /**
     * Those of the lacking ones that do not exist. One that does is used as it is, whoever made it.
     *
     * @param notes gets by what such a one is not as it would be created
     * @return empty if AWS could not be asked
     */
    private Optional<List<SuccessRateAlarm>> absent(MissingAlarms lacking, List<AlarmSeen> seen, List<String> notes) {
        List<SuccessRateAlarm> absent = new ArrayList<>();
        for (SuccessRateAlarm alarm : lacking.alarms()) {
            if (find(seen, alarm.name()).isEmpty()) {
                absent.add(alarm);
                continue;
            }
            Optional<Optional<List<String>>> answer = checks.ask(NAME, () -> aws.alarmDifferences(alarm));
            if (answer.isEmpty()) {
                return Optional.empty();
            }
            List<String> differences = answer.get().orElse(List.of("it is no metric alarm"));
            if (!differences.isEmpty()) {
                notes.add("alarm " + alarm.name() + " exists and is left as it is, though this deployment's would have"
                        + " been another (delete it to have that created): " + String.join(", ", differences));
            }
        }
        return Optional.of(absent);
    }

    private void judge(
            List<String> watched,
            List<String> notWatched,
            List<AlarmSeen> seen,
            List<SuccessRateAlarm> toCreate,
            List<String> notes,
            MissingAlarms lacking) {
        List<String> refusals = new ArrayList<>();
        List<String> warnings = new ArrayList<>(notes);
        for (String name : watched) {
            Optional<AlarmSeen> alarm = find(seen, name);
            if (alarm.isEmpty()) {
                if (toCreate.stream().noneMatch(created -> created.name().equals(name))) {
                    refusals.add("alarm " + name + " does not exist");
                }
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
        String missing = lacking.replacements()
                .map(alarm -> "no alarm is named after the replacement target group (" + alarm.targetGroup() + ")")
                .orElse(null);
        if (watched.isEmpty()) {
            warnings.add("no alarm stops this deployment: AWS will shift all traffic whatever the replacement answers");
            if (missing != null) {
                warnings.add(missing);
            }
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
                    "see that an alarm watches the replacement target group's success rate and that it gets data"
                            + (missing == null
                                    ? ""
                                    : ", or turn on createAlarms, which creates "
                                            + String.join(" and ", lacking.names())));
        } else {
            checks.passed(
                    NAME,
                    "watched: " + String.join(", ", watched)
                            + (toCreate.isEmpty()
                                    ? ""
                                    : "; to be created: "
                                            + toCreate.stream()
                                                    .map(SuccessRateAlarm::name)
                                                    .collect(Collectors.joining(", ")))
                            + (missing == null ? "" : "; " + missing));
        }
    }

    private static Optional<AlarmSeen> find(List<AlarmSeen> seen, String name) {
        return seen.stream().filter(alarm -> alarm.name().equals(name)).findFirst();
    }
}
