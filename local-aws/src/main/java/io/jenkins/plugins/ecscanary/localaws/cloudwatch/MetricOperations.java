package io.jenkins.plugins.ecscanary.localaws.cloudwatch;

import static io.jenkins.plugins.ecscanary.localaws.cloudwatch.Arguments.invalid;
import static io.jenkins.plugins.ecscanary.localaws.cloudwatch.Arguments.required;

import io.jenkins.plugins.ecscanary.localaws.cloudwatch.MetricDataQuery.Metric;
import io.jenkins.plugins.ecscanary.localaws.wire.Operation;
import io.jenkins.plugins.ecscanary.localaws.world.World;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;

/** GetMetricData, ListMetrics. */
final class MetricOperations {

    private static final int MOST_QUERIES = 500;
    private static final int MOST_POINTS = 100_800;
    private static final int METRICS_PER_PAGE = 500;

    private static final int MOST_FILTERS = 10;
    private static final Duration RECENT = Duration.ofHours(3);

    private final World world;
    private final MetricStore store;

    MetricOperations(World world, MetricStore store) {
        this.world = world;
        this.store = store;
    }

    List<Operation<?, ?>> operations() {
        return List.of(
                Operation.of("GetMetricData", GetMetricDataRequest.class, this::data),
                Operation.of("ListMetrics", ListMetricsRequest.class, this::list));
    }

    private GetMetricDataResponse data(GetMetricDataRequest in) {
        List<MetricDataQuery> queries = required(in.metricDataQueries(), "MetricDataQueries");
        if (queries.isEmpty() || queries.size() > MOST_QUERIES) {
            throw invalid("MetricDataQueries must have 1 to " + MOST_QUERIES + " elements, not " + queries.size());
        }
        Instant start = required(in.startTime(), "StartTime");
        Instant end = required(in.endTime(), "EndTime");
        if (!start.isBefore(end)) {
            throw invalid("The parameter StartTime must be less than the parameter EndTime.");
        }
        boolean ascending = ascending(in.scanBy());
        int limit = in.maxDatapoints() == null ? MOST_POINTS : in.maxDatapoints();
        if (limit < 1 || limit > MOST_POINTS) {
            throw invalid("MaxDatapoints must be between 1 and " + MOST_POINTS);
        }
        MetricQueries checked = MetricQueries.of(queries);
        Duration period = checked.period();
        Instant from = MetricStore.floor(start, period);
        long periods = Duration.between(from, end).toSeconds() / period.toSeconds() + 1;
        if (periods > MOST_POINTS) {
            throw invalid("The range of " + periods + " periods is more than " + MOST_POINTS + " data points");
        }
        Map<String, NavigableMap<Instant, Double>> answers = checked.answer(store::visible, from, end);
        return page(queries, answers, ascending, Arguments.position(in.nextToken()), limit);
    }

    /** The token tells how many data points the pages before have had. */
    private static GetMetricDataResponse page(
            List<MetricDataQuery> queries,
            Map<String, NavigableMap<Instant, Double>> answers,
            boolean ascending,
            int skipped,
            int limit) {
        List<MetricDataResult> results = new ArrayList<>();
        int before = 0;
        int left = limit;
        boolean more = false;
        for (MetricDataQuery query : queries) {
            if (!query.returnsData()) {
                continue;
            }
            NavigableMap<Instant, Double> points = answers.get(query.id());
            List<Instant> times = new ArrayList<>((ascending ? points : points.descendingMap()).keySet());
            int from = Math.min(times.size(), Math.max(0, skipped - before));
            int to = Math.min(times.size(), from + left);
            boolean told = skipped > before && from == times.size();
            before += times.size();
            left -= to - from;
            boolean partial = to < times.size();
            more |= partial;
            if (!told) {
                List<Instant> shown = times.subList(from, to);
                results.add(new MetricDataResult(
                        query.id(),
                        label(query),
                        List.copyOf(shown),
                        shown.stream().map(points::get).toList(),
                        partial ? "PartialData" : "Complete"));
            }
        }
        return new GetMetricDataResponse(results, more ? Integer.toString(skipped + limit) : null, List.of());
    }

    private static String label(MetricDataQuery query) {
        if (query.label() != null) {
            return query.label();
        }
        return query.metricStat() == null
                ? query.id()
                : query.metricStat().metric().metricName();
    }

    static boolean ascending(String scanBy) {
        if (scanBy == null || "TimestampDescending".equals(scanBy)) {
            return false;
        }
        if ("TimestampAscending".equals(scanBy)) {
            return true;
        }
        throw invalid("ScanBy '" + scanBy + "' is not one of TimestampDescending, TimestampAscending");
    }

    private ListMetricsResponse list(ListMetricsRequest in) {
        boolean recent = in.recentlyActive() != null;
        if (recent && !"PT3H".equals(in.recentlyActive())) {
            throw Arguments.invalidValue(in.recentlyActive(), "RecentlyActive");
        }
        Arguments.checkSize(in.dimensions(), MOST_FILTERS, "Dimensions");
        List<MetricKey> keys = recent ? store.keys(world.now().minus(RECENT)) : store.keys();
        List<MetricKey> found = keys.stream()
                .filter(key -> in.namespace() == null || in.namespace().equals(key.namespace()))
                .filter(key -> in.metricName() == null || in.metricName().equals(key.name()))
                .filter(key -> in.dimensions() == null
                        || in.dimensions().stream()
                                .allMatch(wanted -> key.dimensions().stream().anyMatch(wanted::matches)))
                .toList();
        int from = Math.min(found.size(), Arguments.position(in.nextToken()));
        int to = Math.min(found.size(), from + METRICS_PER_PAGE);
        return new ListMetricsResponse(
                found.subList(from, to).stream()
                        .map(key -> new Metric(key.namespace(), key.name(), key.dimensions()))
                        .toList(),
                to < found.size() ? Integer.toString(to) : null);
    }

    record GetMetricDataRequest(
            List<MetricDataQuery> metricDataQueries,
            Instant startTime,
            Instant endTime,
            String nextToken,
            String scanBy,
            Integer maxDatapoints) {}

    record GetMetricDataResponse(List<MetricDataResult> metricDataResults, String nextToken, List<Message> messages) {}

    record MetricDataResult(
            String id, String label, List<Instant> timestamps, List<Double> values, String statusCode) {}

    record Message(String code, String value) {}

    /** @param recentlyActive {@code PT3H} for metrics with values of the last three hours only */
    record ListMetricsRequest(
            String namespace,
            String metricName,
            List<DimensionFilter> dimensions,
            String recentlyActive,
            String nextToken) {}

    /** @param value any, if null */
    record DimensionFilter(String name, String value) {
        boolean matches(Dimension dimension) {
            return dimension.name().equals(name) && (value == null || value.equals(dimension.value()));
        }
    }

    record ListMetricsResponse(List<Metric> metrics, String nextToken) {}
}
