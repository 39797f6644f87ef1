package io.jenkins.plugins.ecscanary.localaws.cloudwatch;

import static io.jenkins.plugins.ecscanary.localaws.cloudwatch.Arguments.checkName;
import static io.jenkins.plugins.ecscanary.localaws.cloudwatch.Arguments.invalidCombination;
import static io.jenkins.plugins.ecscanary.localaws.cloudwatch.Arguments.invalidValue;
import static io.jenkins.plugins.ecscanary.localaws.cloudwatch.Arguments.missing;
import static io.jenkins.plugins.ecscanary.localaws.cloudwatch.Arguments.required;

import io.jenkins.plugins.ecscanary.localaws.wire.Operation;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.TreeMap;

/** GetMetricStatistics: at most 1,440 data points, one for each period and unit. */
final class MetricStatistics {

    private static final int MOST_POINTS = 1440;
    private static final int MOST_PERCENTILES = 10;

    private final MetricStore store;

    MetricStatistics(MetricStore store) {
        this.store = store;
    }

    Operation<?, ?> operation() {
        return Operation.of("GetMetricStatistics", Request.class, this::get);
    }

    private Response get(Request in) {
        checkName(in.namespace(), "Namespace");
        checkName(in.metricName(), "MetricName");
        Arguments.checkDimensions(in.dimensions(), "Dimensions");
        Instant start = required(in.startTime(), "StartTime");
        Instant end = required(in.endTime(), "EndTime");
        MetricPeriod.check(required(in.period(), "Period"), "The parameter Period");
        MetricUnit.check(in.unit(), "Unit");
        List<Statistic> statistics = statistics(in);
        if (!start.isBefore(end)) {
            throw invalidValue("The parameter StartTime must be less than the parameter EndTime.");
        }
        long periods = Duration.between(start, end).toSeconds() / in.period();
        if (periods > MOST_POINTS) {
            throw invalidCombination(String.format(
                    Locale.ROOT,
                    "You have requested up to %,d datapoints, which exceeds the limit of %,d. You may reduce the"
                            + " datapoints requested by increasing Period, or decreasing the time range.",
                    periods,
                    MOST_POINTS));
        }
        MetricKey key =
                new MetricKey(in.namespace(), in.metricName(), in.dimensions() == null ? List.of() : in.dimensions());
        Duration period = Duration.ofSeconds(in.period());
        List<Datapoint> points = new ArrayList<>();
        for (String unit : in.unit() == null ? store.units(key) : List.of(in.unit())) {
            store.visible(key, unit, MetricStore.floor(start, period), end, period)
                    .forEach((at, values) -> points.add(Datapoint.of(at, unit, values, statistics)));
        }
        return new Response(in.metricName(), points);
    }

    private static List<Statistic> statistics(Request in) {
        boolean plain = in.statistics() != null && !in.statistics().isEmpty();
        boolean extended =
                in.extendedStatistics() != null && !in.extendedStatistics().isEmpty();
        if (!plain && !extended) {
            throw missing("Statistics");
        }
        if (plain && extended) {
            throw invalidCombination(
                    "The parameters Statistics and ExtendedStatistics are mutually exclusive and you have"
                            + " specified both.");
        }
        List<Statistic> parsed = (plain ? in.statistics() : in.extendedStatistics())
                .stream().map(Statistic::parse).toList();
        parsed.stream()
                .filter(statistic -> statistic.isPercentile() == plain)
                .findFirst()
                .ifPresent(wrong -> {
                    throw invalidValue(wrong.name(), plain ? "Statistics" : "ExtendedStatistics");
                });
        Arguments.checkSize(in.extendedStatistics(), MOST_PERCENTILES, "ExtendedStatistics");
        return parsed;
    }

    record Request(
            String namespace,
            String metricName,
            List<Dimension> dimensions,
            Instant startTime,
            Instant endTime,
            Integer period,
            List<String> statistics,
            List<String> extendedStatistics,
            String unit) {}

    record Response(String label, List<Datapoint> datapoints) {}

    /** Only the statistics that were asked for. */
    record Datapoint(
            Instant timestamp,
            Double sampleCount,
            Double average,
            Double sum,
            Double minimum,
            Double maximum,
            String unit,
            Map<String, Double> extendedStatistics) {

        static Datapoint of(Instant at, String unit, StatisticSet values, List<Statistic> statistics) {
            Map<String, Double> told = new TreeMap<>();
            Map<String, Double> percentiles = new TreeMap<>();
            for (Statistic statistic : statistics) {
                OptionalDouble value = statistic.of(values);
                if (value.isPresent()) {
                    (statistic.isPercentile() ? percentiles : told).put(statistic.name(), value.getAsDouble());
                }
            }
            return new Datapoint(
                    at,
                    told.get("SampleCount"),
                    told.get("Average"),
                    told.get("Sum"),
                    told.get("Minimum"),
                    told.get("Maximum"),
                    unit,
                    percentiles.isEmpty() ? null : percentiles);
        }
    }
}
