package io.jenkins.plugins.ecscanary.cli.terminal;

import io.jenkins.plugins.ecscanary.engine.aws.Aws.AlarmSeen;
import io.jenkins.plugins.ecscanary.engine.model.Verdict;
import io.jenkins.plugins.ecscanary.engine.record.RecordSummary;
import io.jenkins.plugins.ecscanary.engine.status.ServiceStatus;
import io.jenkins.plugins.ecscanary.engine.status.ServiceStatus.Deployment;
import io.jenkins.plugins.ecscanary.engine.status.ServiceStatus.TargetGroup;
import io.jenkins.plugins.ecscanary.engine.status.ServiceStatus.TaskSet;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;

/** A service's status at a terminal: what is wrong comes last, where the eye is. */
public final class StatusLines {

    private static final DateTimeFormatter WHEN = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss", Locale.ROOT);

    private final ZoneId zone;

    public StatusLines(ZoneId zone) {
        this.zone = zone;
    }

    public List<String> of(ServiceStatus status) {
        List<String> lines = new ArrayList<>();
        add(
                lines,
                status.service() + ": " + status.state() + ", " + status.controller() + ", " + status.desired()
                        + (status.desired() == 1 ? " task" : " tasks") + " wanted, " + status.serving() + " serves");
        section(lines, "traffic", traffic(status));
        section(lines, "alarms", alarms(status.alarms()));
        section(lines, "deployment", deployment(status.deployment()));
        section(lines, "record", record(status.record(), status.becameOf()));
        Table links = new Table();
        status.links().forEach(links::row);
        section(lines, "links", links.lines());
        section(lines, "notes", status.notes());
        lines.add("");
        if (status.problems().isEmpty()) {
            add(lines, "nothing is wrong");
        } else {
            status.problems().forEach(problem -> add(lines, "WRONG: " + problem));
        }
        return lines;
    }

    private static void section(List<String> lines, String name, List<String> content) {
        if (!content.isEmpty()) {
            lines.add("");
            lines.add(name);
            content.forEach(line -> add(lines, "  " + line));
        }
    }

    private static void add(List<String> lines, String text) {
        lines.add(CleanText.of(text));
    }

    /** A row for each target group with the task sets in it, and one for each task set in none. */
    private static List<String> traffic(ServiceStatus status) {
        Table table = new Table();
        for (TargetGroup group : status.targetGroups()) {
            List<TaskSet> inIt = status.taskSets().stream()
                    .filter(set -> group.name().equals(set.targetGroup()))
                    .toList();
            String health = group.total() == 0 ? "no targets" : group.healthy() + " of " + group.total() + " healthy";
            if (inIt.isEmpty()) {
                table.row(group.name(), group.weight() + " %", health, "", "", "");
            }
            inIt.forEach(set -> row(table, group.name(), group.weight() + " %", health, set));
        }
        status.taskSets().stream()
                .filter(set -> status.targetGroups().stream()
                        .map(TargetGroup::name)
                        .noneMatch(name -> Objects.equals(name, set.targetGroup())))
                .forEach(set -> row(table, set.targetGroup() == null ? "-" : set.targetGroup(), "", "", set));
        return table.lines();
    }

    private static void row(Table table, String name, String weight, String health, TaskSet set) {
        table.row(
                name,
                weight,
                health,
                set.taskDefinition(),
                set.status(),
                set.running() + " of " + set.desired() + (set.desired() == 1 ? " task runs" : " tasks run"));
    }

    private List<String> alarms(List<AlarmSeen> alarms) {
        Table table = new Table();
        alarms.forEach(alarm ->
                table.row(alarm.name(), alarm.state(), alarm.since() == null ? "" : "since " + when(alarm.since())));
        return table.lines();
    }

    private List<String> deployment(Deployment deployment) {
        if (deployment == null) {
            return List.of();
        }
        List<String> lines = new ArrayList<>();
        lines.add(deployment.id() + " is " + deployment.status() + ", started by " + deployment.startedBy() + " at "
                + when(deployment.startedAt())
                + (deployment.endedAt() == null ? "" : ", ended at " + when(deployment.endedAt())));
        if (deployment.error() != null) {
            lines.add(deployment.error());
        }
        if (deployment.rollbackId() != null) {
            lines.add("rolled back by " + deployment.rollbackId());
        }
        return lines;
    }

    private List<String> record(RecordSummary record, String becameOf) {
        if (record == null) {
            return List.of();
        }
        List<String> lines = new ArrayList<>();
        String what = record.kind() + " of "
                + (record.revision() == null ? "a revision" : record.revision().shortTaskDefinition()) + " by "
                + record.startedBy() + " at " + when(record.startedAt());
        Verdict verdict = record.verdict();
        if (verdict == null) {
            lines.add(what + ": unfinished; 'ecs-canary watch " + record.id() + "' follows it");
            return lines;
        }
        lines.add(
                what + ": " + verdict.outcome().name().toLowerCase(Locale.ROOT).replace('_', ' ')
                        + (verdict.provisional() ? ", provisionally" : ""));
        lines.add(verdict.cause());
        if (becameOf != null) {
            lines.add(becameOf);
        }
        return lines;
    }

    private String when(Instant at) {
        return WHEN.format(at.atZone(zone));
    }
}
