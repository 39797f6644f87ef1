package io.jenkins.plugins.ecscanary.localaws.cloudwatch;

import io.jenkins.plugins.ecscanary.localaws.cloudwatch.MathExpression.Binary;
import io.jenkins.plugins.ecscanary.localaws.cloudwatch.MathExpression.Call;
import io.jenkins.plugins.ecscanary.localaws.cloudwatch.MathExpression.Negation;
import io.jenkins.plugins.ecscanary.localaws.cloudwatch.MathExpression.Reference;
import io.jenkins.plugins.ecscanary.localaws.cloudwatch.MetricDataQuery.Metric;
import io.jenkins.plugins.ecscanary.localaws.cloudwatch.MetricDataQuery.MetricStat;
import io.jenkins.plugins.ecscanary.localaws.wire.AwsError;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * Queries that belong together, checked once and then answered for any range of time. An expression may refer to every
 * other query of the set; all of them have the same period.
 */
final class MetricQueries {

    private static final Pattern ID = Pattern.compile("[a-z][A-Za-z0-9_]{0,254}");

    private final Map<String, MetricDataQuery> byId = new LinkedHashMap<>();
    private final Map<String, MathExpression> expressions = new HashMap<>();
    private final Map<String, Statistic> statistics = new HashMap<>();
    private final Duration period;

    private MetricQueries(List<MetricDataQuery> queries) {
        for (MetricDataQuery query : queries) {
            add(query);
        }
        Set<String> resolvable = new HashSet<>();
        for (MetricDataQuery query : queries) {
            if (query.expression() != null) {
                requireResolvable(query.id(), new ArrayList<>(), resolvable);
            }
        }
        period = commonPeriod();
        calculateNothing();
    }

    /** Over no periods at all an expression shows whether it makes sense: it fails here rather than in an evaluation. */
    private void calculateNothing() {
        Map<String, MathValue> values = new HashMap<>();
        Range none = new Range((key, unit, from, to, any) -> new TreeMap<>(), List.of(), Instant.EPOCH, Instant.EPOCH);
        for (MetricDataQuery query : byId.values()) {
            MathValue value = value(query.id(), none, values);
            if (query.returnsData() && !(value instanceof MathValue.Series)) {
                throw invalid("The expression of '" + query.id() + "' must return a time series, not a single number");
            }
        }
    }

    /** @throws AwsError ValidationError naming the query, and in an expression the position, of what is wrong */
    static MetricQueries of(List<MetricDataQuery> queries) {
        return new MetricQueries(queries);
    }

    Duration period() {
        return period;
    }

    private void add(MetricDataQuery query) {
        if (query.id() == null || !ID.matcher(query.id()).matches()) {
            throw invalid("The value '" + query.id() + "' for parameter Id is invalid: it must begin with a lower-case "
                    + "letter and have letters, digits and underscores only");
        }
        if (byId.put(query.id(), query) != null) {
            throw invalid("The Id '" + query.id() + "' is used more than once");
        }
        if ((query.expression() == null) == (query.metricStat() == null)) {
            throw invalid("The query '" + query.id() + "' must have either an Expression or a MetricStat");
        }
        if (query.expression() != null) {
            try {
                expressions.put(query.id(), MathParser.parse(query.expression()));
            } catch (MathSyntaxException e) {
                throw inExpression(query.id(), e);
            }
        } else {
            add(query.id(), query.metricStat());
        }
    }

    private void add(String id, MetricStat stat) {
        Metric metric = stat.metric();
        if (metric == null || metric.namespace() == null || metric.metricName() == null || stat.stat() == null) {
            throw invalid(
                    "The MetricStat of '" + id + "' must have a Metric with Namespace and MetricName, and a Stat");
        }
        Arguments.checkDimensions(metric.dimensions(), "Dimensions");
        statistics.put(id, Statistic.parse(stat.stat()));
        MetricUnit.check(stat.unit(), "Unit");
        MetricPeriod.check(stat.period(), "The Period of '" + id + "'");
    }

    /** @param resolvable those that are known to be: each is looked at once, however many refer to it */
    private void requireResolvable(String id, List<String> path, Set<String> resolvable) {
        if (path.contains(id)) {
            throw invalid("The expression of '" + id + "' refers to itself");
        }
        if (resolvable.contains(id)) {
            return;
        }
        path.add(id);
        for (Reference reference : references(expressions.get(id), new ArrayList<>())) {
            if (!byId.containsKey(reference.id())) {
                throw inExpression(
                        id,
                        new MathSyntaxException(
                                reference.position(), "'" + reference.id() + "' is no Id in this request"));
            }
            if (expressions.containsKey(reference.id())) {
                requireResolvable(reference.id(), path, resolvable);
            }
        }
        path.remove(path.size() - 1);
        resolvable.add(id);
    }

    private static List<Reference> references(MathExpression expression, List<Reference> found) {
        if (expression instanceof Reference reference) {
            found.add(reference);
        } else if (expression instanceof Negation negation) {
            references(negation.operand(), found);
        } else if (expression instanceof Binary binary) {
            references(binary.left(), found);
            references(binary.right(), found);
        } else if (expression instanceof Call call) {
            call.arguments().forEach(argument -> references(argument, found));
        }
        return found;
    }

    private Duration commonPeriod() {
        Integer common = null;
        for (MetricDataQuery query : byId.values()) {
            Integer own = query.metricStat() == null
                    ? query.period()
                    : query.metricStat().period();
            if (own != null && common != null && !own.equals(common)) {
                throw AwsError.unsupported(
                        "queries of different periods in one request (" + common + " and " + own + " seconds)");
            }
            common = own == null ? common : own;
        }
        MetricPeriod.check(common, "The Period");
        return Duration.ofSeconds(common);
    }

    /**
     * Every query's result, of those that are time series.
     *
     * @param from the first period's begin, on a multiple of the period
     * @param to the last period's end
     */
    Map<String, NavigableMap<Instant, Double>> answer(Source source, Instant from, Instant to) {
        List<Instant> periods = new ArrayList<>();
        for (Instant at = from; at.isBefore(to); at = at.plus(period)) {
            periods.add(at);
        }
        Range range = new Range(source, periods, from, to);
        Map<String, MathValue> values = new HashMap<>();
        Map<String, NavigableMap<Instant, Double>> answers = new LinkedHashMap<>();
        for (String id : byId.keySet()) {
            if (value(id, range, values) instanceof MathValue.Series series) {
                answers.put(id, series.points());
            }
        }
        return answers;
    }

    private MathValue value(String id, Range range, Map<String, MathValue> values) {
        MathValue known = values.get(id);
        if (known != null) {
            return known;
        }
        MathValue value;
        MathExpression expression = expressions.get(id);
        if (expression == null) {
            value = metric(id, range);
        } else {
            try {
                value = new MathEvaluator(other -> value(other, range, values), range.periods()).evaluate(expression);
            } catch (MathSyntaxException e) {
                throw inExpression(id, e);
            }
        }
        values.put(id, value);
        return value;
    }

    private MathValue metric(String id, Range range) {
        NavigableMap<Instant, Double> points = new TreeMap<>();
        Statistic statistic = statistics.get(id);
        MetricStat stat = byId.get(id).metricStat();
        range.source()
                .visible(stat.metric().key(), stat.unit(), range.from(), range.to(), period)
                .forEach((at, values) -> statistic.of(values).ifPresent(value -> points.put(at, value)));
        return new MathValue.Series(points);
    }

    private static AwsError inExpression(String id, MathSyntaxException e) {
        return invalid("Error in expression '" + id + "' " + e.getMessage());
    }

    private static AwsError invalid(String message) {
        return new AwsError("ValidationError", message);
    }

    /** Where metrics come from. */
    @FunctionalInterface
    interface Source {
        NavigableMap<Instant, StatisticSet> visible(
                MetricKey key, String unit, Instant from, Instant to, Duration period);
    }

    private record Range(Source source, List<Instant> periods, Instant from, Instant to) {}
}
