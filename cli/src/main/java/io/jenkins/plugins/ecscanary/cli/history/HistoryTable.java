package io.jenkins.plugins.ecscanary.cli.history;

import io.jenkins.plugins.ecscanary.cli.terminal.Figures;
import io.jenkins.plugins.ecscanary.cli.terminal.Table;
import io.jenkins.plugins.ecscanary.engine.model.Revision;
import io.jenkins.plugins.ecscanary.engine.model.Verdict;
import io.jenkins.plugins.ecscanary.engine.record.RecordSummary;
import java.time.Duration;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;

/** A history as a table: when, which deployment, who, what, verdict, how long, why. */
public final class HistoryTable {

    private static final String[] HEAD = {"WHEN", "DEPLOYMENT", "WHO", "SERVICE", "WHAT", "VERDICT", "TOOK", "CAUSE"};
    private static final DateTimeFormatter WHEN = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm", Locale.ROOT);

    private final ZoneId zone;

    public HistoryTable(ZoneId zone) {
        this.zone = zone;
    }

    public List<String> lines(List<RecordSummary> history) {
        Table table = new Table().row(HEAD);
        history.forEach(record -> table.row(row(record)));
        return table.lines();
    }

    private String[] row(RecordSummary record) {
        boolean ended = record.verdict() != null;
        return new String[] {
            WHEN.format(record.startedAt().atZone(zone)),
            record.deploymentId() == null ? record.id() : record.deploymentId(),
            record.startedBy(),
            record.service().cluster() + "/" + record.service().service(),
            record.kind() + " " + name(record.original()) + " -> " + name(record.revision()),
            ended ? outcome(record.verdict()) : "unfinished",
            ended
                    ? Figures.span(Duration.between(
                            record.startedAt(), record.verdict().at()))
                    : "",
            ended ? record.verdict().cause() : ""
        };
    }

    private static String outcome(Verdict verdict) {
        return verdict.outcome().name() + (verdict.provisional() ? " (provisional)" : "");
    }

    private static String name(Revision revision) {
        return revision == null ? "?" : revision.shortTaskDefinition();
    }
}
