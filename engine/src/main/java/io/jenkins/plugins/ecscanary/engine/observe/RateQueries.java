package io.jenkins.plugins.ecscanary.engine.observe;

import io.jenkins.plugins.ecscanary.engine.aws.Aws;
import io.jenkins.plugins.ecscanary.engine.aws.Aws.MetricWanted;
import io.jenkins.plugins.ecscanary.engine.aws.Aws.SeriesSeen;
import io.jenkins.plugins.ecscanary.engine.model.Side;
import io.jenkins.plugins.ecscanary.engine.rollout.Observation.Rate;
import io.jenkins.plugins.ecscanary.engine.view.DeploymentView;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Requests and errors per period and side, as the success-rate alarm counts them: errors are the target's 5xx and the
 * connections that could not be made; RequestCount is never filled in, so that a period which has not come in yet is
 * not taken for a healthy one.
 */
final class RateQueries {

    private static final String REQUESTS = "RequestCount";
    private static final List<String> ERRORS = List.of("HTTPCode_Target_5XX_Count", "TargetConnectionErrorCount");

    /** Three metrics for each of two sides; GetMetricData takes 500 queries. */
    static final int DEPLOYMENTS_PER_CALL = 500 / 6;

    /** Datapoints can come in, or be corrected, this late. */
    private static final Duration LOOK_BACK = Duration.ofMinutes(8);

    /** Far more than any shift takes. CloudWatch keeps periods of a minute for 15 days. */
    private static final Duration LONGEST = Duration.ofHours(24);

    private RateQueries() {}

    /** The complete periods since the first shift that have data, for each view in order. */
    static List<List<Rate>> ask(Aws aws, List<DeploymentView> views, Instant now) {
        return ask(aws, views, now.minus(LOOK_BACK), now, now);
    }

    /**
     * As {@link #ask} for one of them, but from its first shift on, however long ago: for whoever was not there to see it. Of a
     * shift that is longer ago than any takes, its own time and the present: what it is judged by and how it does now.
     */
    static List<Rate> askAll(Aws aws, DeploymentView view, Instant now) {
        if (view.working().shiftedAt() == null) {
            return List.of();
        }
        Instant from = view.working().shiftedAt().minus(Duration.ofMinutes(1));
        Instant until = from.plus(LONGEST);
        if (!until.isBefore(now.minus(LOOK_BACK))) {
            return ask(aws, List.of(view), from, now, now).get(0);
        }
        List<Rate> rates =
                new ArrayList<>(ask(aws, List.of(view), from, until, now).get(0));
        rates.addAll(ask(aws, List.of(view), now).get(0));
        return rates;
    }

    private static List<List<Rate>> ask(
            Aws aws, List<DeploymentView> views, Instant since, Instant until, Instant now) {
        List<MetricWanted> queries = new ArrayList<>();
        for (int i = 0; i < views.size(); i++) {
            for (Side side : Side.values()) {
                queries.addAll(queries(views.get(i), side, i));
            }
        }
        Map<String, Map<Instant, Double>> series = new HashMap<>();
        if (!queries.isEmpty()) {
            Instant from = since.truncatedTo(ChronoUnit.MINUTES);
            for (SeriesSeen seen : aws.metrics(queries, from, until)) {
                series.put(seen.id(), seen.points());
            }
        }
        List<List<Rate>> rates = new ArrayList<>();
        for (int i = 0; i < views.size(); i++) {
            List<Rate> own = new ArrayList<>();
            for (Side side : Side.values()) {
                own.addAll(rates(views.get(i), side, i, series, now));
            }
            rates.add(own);
        }
        return rates;
    }

    private static List<MetricWanted> queries(DeploymentView view, Side side, int index) {
        if (view.working().shiftedAt() == null || view.working().loadBalancer() == null) {
            return List.of();
        }
        List<MetricWanted> queries = new ArrayList<>();
        queries.add(query(view, side, id(index, side, "req"), REQUESTS));
        for (String metric : ERRORS) {
            queries.add(query(view, side, id(index, side, metric), metric));
        }
        return queries;
    }

    private static MetricWanted query(DeploymentView view, Side side, String id, String metric) {
        String arn = side == Side.ORIGINAL
                ? view.working().originalTargetGroupArn()
                : view.working().replacementTargetGroupArn();
        return new MetricWanted(
                id,
                metric,
                view.working().loadBalancer(),
                arn.substring(arn.indexOf("targetgroup/")),
                Duration.ofSeconds(view.criterion().periodSeconds()));
    }

    private static List<Rate> rates(
            DeploymentView view, Side side, int index, Map<String, Map<Instant, Double>> series, Instant now) {
        Map<Instant, Double> requests = series.getOrDefault(id(index, side, "req"), Map.of());
        Duration period = Duration.ofSeconds(view.criterion().periodSeconds());
        return requests.entrySet().stream()
                .filter(point -> !point.getKey().plus(period).isAfter(now))
                .filter(point ->
                        point.getKey().plus(period).isAfter(view.working().shiftedAt()))
                .sorted(Map.Entry.comparingByKey())
                .map(point -> new Rate(
                        side,
                        point.getKey(),
                        Math.round(point.getValue()),
                        ERRORS.stream()
                                .mapToLong(metric -> Math.round(series.getOrDefault(id(index, side, metric), Map.of())
                                        .getOrDefault(point.getKey(), 0.0)))
                                .sum()))
                .toList();
    }

    /** Metric ids start with a lower-case letter and hold letters, digits and underscores. */
    private static String id(int index, Side side, String metric) {
        return "d" + index + (side == Side.ORIGINAL ? "_o_" : "_r_") + metric;
    }
}
