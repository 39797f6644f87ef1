package io.jenkins.plugins.ecscanary.cli.demo;

import io.jenkins.plugins.ecscanary.cli.terminal.Figures;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** The demonstration's figures, for the terminal and for the report. */
final class Summary {

    private Summary() {}

    static List<String> table(List<ActResult> results) {
        List<String> lines = new ArrayList<>();
        lines.add(String.format(
                Locale.ROOT, "%-9s %-12s %-8s %9s %15s  %-8s", "", "verdict", "weights", "requests", "failed", "took"));
        for (ActResult result : results) {
            lines.add(String.format(
                    Locale.ROOT,
                    "%-9s %-12s %-8s %9s %15s  %-8s%s",
                    result.act().name(),
                    result.outcome(),
                    result.weights(),
                    Figures.count(result.traffic().requests()),
                    failed(result.traffic()),
                    Figures.span(result.took()),
                    result.problems().isEmpty() ? "" : "  WRONG"));
        }
        for (ActResult result : results) {
            result.problems().forEach(problem -> lines.add(result.act().name() + ": " + problem));
        }
        return lines;
    }

    /** One deployment's traffic in a sentence. */
    static String traffic(ActResult result) {
        Tally traffic = result.traffic();
        String byVersion = traffic.versions().entrySet().stream()
                .sorted(Map.Entry.comparingByKey())
                .map(entry -> Figures.count(entry.getValue()) + " by " + entry.getKey())
                .collect(Collectors.joining(", "));
        String failures = traffic.failures().entrySet().stream()
                .map(entry -> Figures.count(entry.getValue()) + " × " + entry.getKey())
                .collect(Collectors.joining(", "));
        return result.act().name() + ": " + Figures.count(traffic.requests()) + " requests, answered " + byVersion
                + "; " + (failures.isEmpty() ? "not one failed" : "failed " + failed(traffic) + ": " + failures);
    }

    private static String failed(Tally traffic) {
        return traffic.failed() == 0
                ? "0"
                : Figures.count(traffic.failed()) + String.format(Locale.ROOT, " (%.2f %%)", traffic.errorShare());
    }
}
