package io.jenkins.plugins.ecscanary.cli.chaos;

import io.jenkins.plugins.ecscanary.cli.chaos.Oracle.Finding;
import io.jenkins.plugins.ecscanary.cli.chaos.Oracle.Wrong;
import io.jenkins.plugins.ecscanary.engine.view.DeploymentView;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** What there was and what came of it, as Markdown. */
final class Tally {

    private final Map<Scenario.Kind, Map<String, Integer>> verdicts = new EnumMap<>(Scenario.Kind.class);
    private final Map<Wrong, Integer> wrong = new EnumMap<>(Wrong.class);
    private final Set<KillPoint> killed = EnumSet.noneOf(KillPoint.class);
    private final List<String> findings = new ArrayList<>();
    private final List<String> faults = new ArrayList<>();
    private int scenarios;
    private int kills;
    private int created;

    synchronized void add(
            Scenario scenario, boolean wasKilled, List<DeploymentView> views, int deployments, List<Finding> found) {
        scenarios++;
        created += deployments;
        if (wasKilled) {
            kills++;
            killed.add(scenario.at());
        }
        String verdict = views.isEmpty()
                ? "none: not begun"
                : views.stream()
                        .map(view -> view.ended() ? view.verdict().outcome().name() : "none")
                        .collect(Collectors.joining(", then "));
        verdicts.computeIfAbsent(scenario.kind(), kind -> new TreeMap<>()).merge(verdict, 1, Integer::sum);
        for (Finding finding : found) {
            wrong.merge(finding.wrong(), 1, Integer::sum);
            findings.add(scenario + ": " + finding.wrong() + ": " + finding.text());
        }
    }

    synchronized void faults(String what, GeneralFaults of) {
        Map<String, Long> fired = of.fired();
        long sum = fired.values().stream().mapToLong(Long::longValue).sum();
        faults.add(String.format(
                Locale.ROOT,
                "| %s | %d calls, %d of them failed or were falsified (%.1f %%): %s |",
                what,
                of.calls(),
                sum,
                100.0 * sum / of.calls(),
                fired));
    }

    synchronized Set<KillPoint> killed() {
        return killed.isEmpty() ? Set.of() : EnumSet.copyOf(killed);
    }

    synchronized List<String> findings() {
        return List.copyOf(findings);
    }

    synchronized List<String> table() {
        List<String> rows = new ArrayList<>(List.of("| | |", "|---|---|"));
        rows.add("| asked for | " + scenarios + "; created in AWS " + created + " |");
        verdicts.forEach((kind, counts) -> rows.add("| " + kind.name().toLowerCase(Locale.ROOT) + " | "
                + counts.values().stream().mapToInt(Integer::intValue).sum() + ": " + counts + " |"));
        rows.add("| controllers killed | " + kills + " at " + killed.size() + " points: " + killed + " |");
        rows.addAll(faults);
        for (Wrong each : Wrong.values()) {
            rows.add("| wrong: " + each.name().toLowerCase(Locale.ROOT).replace('_', ' ') + " | "
                    + wrong.getOrDefault(each, 0) + " |");
        }
        return rows;
    }
}
