package io.jenkins.plugins.ecscanary.localaws.cloudwatch;

import static io.jenkins.plugins.ecscanary.localaws.cloudwatch.Arguments.invalid;
import static io.jenkins.plugins.ecscanary.localaws.cloudwatch.Arguments.required;

import io.jenkins.plugins.ecscanary.localaws.cloudwatch.AlarmOperations.PutMetricAlarmRequest;
import io.jenkins.plugins.ecscanary.localaws.cloudwatch.MetricDataQuery.Metric;
import io.jenkins.plugins.ecscanary.localaws.cloudwatch.MetricDataQuery.MetricStat;
import java.time.Instant;
import java.util.List;

/** Reads what PutMetricAlarm was given; refuses it before anything is changed. */
final class AlarmValidation {

    private static final int LONGEST_NAME = 255;
    private static final int LONGEST_DESCRIPTION = 1024;
    private static final int MOST_METRICS = 20;
    private static final int HOUR = 3_600;
    private static final int DAY = 86_400;
    private static final int WEEK = 604_800;

    private AlarmValidation() {}

    static void checkName(String name) {
        if (name == null || name.isEmpty() || name.length() > LONGEST_NAME) {
            throw invalid("AlarmName must have 1 to " + LONGEST_NAME + " characters");
        }
        if (name.chars().anyMatch(Character::isISOControl)) {
            throw invalid("AlarmName must not contain control characters");
        }
    }

    static void checkDescription(String description) {
        if (description != null && description.length() > LONGEST_DESCRIPTION) {
            throw invalid("AlarmDescription must have at most " + LONGEST_DESCRIPTION + " characters");
        }
    }

    static OnMetrics read(PutMetricAlarmRequest in, Instant now) {
        checkName(in.alarmName());
        checkDescription(in.alarmDescription());
        required(in.comparisonOperator(), "ComparisonOperator");
        int n = atLeastOne(required(in.evaluationPeriods(), "EvaluationPeriods"), "EvaluationPeriods");
        int m = in.datapointsToAlarm() == null ? n : atLeastOne(in.datapointsToAlarm(), "DatapointsToAlarm");
        if (m > n) {
            throw invalid("DatapointsToAlarm must be less than or equal to EvaluationPeriods");
        }
        AlarmRule rule = new AlarmRule(
                n,
                m,
                Comparison.parse(in.comparisonOperator()),
                finite(required(in.threshold(), "Threshold")),
                MissingData.parse(in.treatMissingData()));
        AlarmActions actions =
                AlarmActions.read(in.actionsEnabled(), in.okActions(), in.alarmActions(), in.insufficientDataActions());
        List<MetricDataQuery> queries = queries(in);
        MetricQueries checked = MetricQueries.of(queries);
        checkRange(checked.period().toSeconds(), n);
        List<MetricDataQuery> watched =
                queries.stream().filter(MetricDataQuery::returnsData).toList();
        if (watched.size() != 1) {
            throw invalid("Exactly one metric or expression must have ReturnData true, not " + watched.size());
        }
        return new OnMetrics(in, actions, rule, checked, watched.get(0).id(), now);
    }

    private static List<MetricDataQuery> queries(PutMetricAlarmRequest in) {
        boolean single = in.metricName() != null;
        boolean several = in.metrics() != null && !in.metrics().isEmpty();
        if (single == several) {
            throw invalid("Either MetricName or Metrics must be specified, and not both");
        }
        if (several) {
            Arguments.checkSize(in.metrics(), MOST_METRICS, "Metrics");
            boolean mixed = in.namespace() != null
                    || in.dimensions() != null && !in.dimensions().isEmpty()
                    || in.period() != null
                    || in.unit() != null
                    || in.statistic() != null
                    || in.extendedStatistic() != null;
            if (mixed) {
                throw invalid(
                        "Namespace, Dimensions, Period, Unit, Statistic and ExtendedStatistic belong into the elements of "
                                + "Metrics if that is specified");
            }
            return List.copyOf(in.metrics());
        }
        if ((in.statistic() == null) == (in.extendedStatistic() == null)) {
            throw invalid("Either Statistic or ExtendedStatistic must be specified, and not both");
        }
        if (in.statistic() != null && Statistic.parse(in.statistic()).isPercentile()) {
            throw invalid("Statistic '" + in.statistic() + "' belongs into ExtendedStatistic");
        }
        if (in.extendedStatistic() != null
                && !Statistic.parse(in.extendedStatistic()).isPercentile()) {
            throw invalid("ExtendedStatistic '" + in.extendedStatistic() + "' belongs into Statistic");
        }
        Arguments.checkName(in.metricName(), "MetricName");
        Arguments.checkName(in.namespace(), "Namespace");
        Arguments.checkDimensions(in.dimensions(), "Dimensions");
        Metric metric = new Metric(in.namespace(), in.metricName(), in.dimensions());
        String stat = in.statistic() == null ? in.extendedStatistic() : in.statistic();
        MetricStat watched = new MetricStat(metric, required(in.period(), "Period"), stat, in.unit());
        return List.of(new MetricDataQuery("m1", watched, null, null, true, null));
    }

    /** A day, or a week where the period is an hour or more. */
    private static void checkRange(long period, int n) {
        MetricPeriod.checkOfAlarm(Math.toIntExact(period));
        if (period < HOUR && period * n > DAY) {
            throw invalid("Metrics cannot be checked across more than a day (EvaluationPeriods * Period must be <= "
                    + DAY + ")");
        }
        if (period * n > WEEK) {
            throw invalid("Metrics cannot be checked across more than a week (EvaluationPeriods * Period must be <= "
                    + WEEK + ")");
        }
    }

    private static double finite(double threshold) {
        if (!Double.isFinite(threshold)) {
            throw Arguments.invalidValue(threshold, "Threshold");
        }
        return threshold;
    }

    private static int atLeastOne(int value, String what) {
        if (value < 1) {
            throw invalid(what + " must be greater than or equal to 1");
        }
        return value;
    }
}
