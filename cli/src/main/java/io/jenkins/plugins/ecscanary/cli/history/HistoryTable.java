package io.jenkins.plugins.ecscanary.cli.history;

import io.jenkins.plugins.ecscanary.cli.terminal.CleanText;
import io.jenkins.plugins.ecscanary.cli.terminal.Figures;
import io.jenkins.plugins.ecscanary.engine.model.Revision;
import io.jenkins.plugins.ecscanary.engine.model.Verdict;
import io.jenkins.plugins.ecscanary.engine.record.RecordSummary;
import java.time.Duration;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** A history as a table: when, which deployment, who, what, verdict, how long, why. */
public final class HistoryTable {

    private static final List<String> HEAD =
            List.of("WHEN", "DEPLOYMENT", "WHO", "SERVICE", "WHAT", "VERDICT", "TOOK", "CAUSE");
    private static final DateTimeFormatter WHEN = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm", Locale.ROOT);

    private final ZoneId zone;

    public HistoryTable(ZoneId zone) {
        this.zone = zone;
    }

    public List<String> lines(List<RecordSummary> history) {
        List<List<String>> rows = new ArrayList<>();
        rows.add(HEAD);
        history.forEach(record -> rows.add(row(record)));
        int[] widths = new int[HEAD.size()];
        for (List<String> row : rows) {
            for (int i = 0; i < widths.length; i++) {
                widths[i] = Math.max(widths[i], row.get(i).length());
            }
        }
        return rows.stream().map(row -> line(row, widths)).toList();
    }

    private List<String> row(RecordSummary record) {
        boolean ended = record.verdict() != null;
        return List.of(
                WHEN.format(record.startedAt().atZone(zone)),
                CleanText.of(record.deploymentId() == null ? record.id() : record.deploymentId()),
                CleanText.of(record.startedBy()),
                CleanText.of(record.service().cluster() + "/" + record.service().service()),
                CleanText.of(record.kind() + " " + name(record.original()) + " -> " + name(record.revision())),
                ended ? outcome(record.verdict()) : "unfinished",
                ended
                        ? Figures.span(Duration.between(
                                record.startedAt(), record.verdict().at()))
                        : "",
                ended ? CleanText.of(record.verdict().cause()) : "");
    }

    private static String outcome(Verdict verdict) {
        return verdict.outcome().name() + (verdict.provisional() ? " (provisional)" : "");
    }

    private static String name(Revision revision) {
        return revision == null ? "?" : revision.shortTaskDefinition();
    }

    private static String line(List<String> row, int[] widths) {
        StringBuilder line = new StringBuilder();
        for (int i = 0; i < widths.length; i++) {
            line.append(row.get(i)).append(" ".repeat(widths[i] - row.get(i).length() + 2));
        }
        return line.toString().stripTrailing();
    }
}
