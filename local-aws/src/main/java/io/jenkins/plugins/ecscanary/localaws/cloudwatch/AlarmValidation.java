package io.jenkins.plugins.ecscanary.localaws.cloudwatch;

import io.jenkins.plugins.ecscanary.localaws.cloudwatch.AlarmOperations.PutMetricAlarmRequest;
import io.jenkins.plugins.ecscanary.localaws.cloudwatch.MetricDataQuery.Metric;
import io.jenkins.plugins.ecscanary.localaws.cloudwatch.MetricDataQuery.MetricStat;
import io.jenkins.plugins.ecscanary.localaws.wire.AwsError;
import java.time.Instant;
import java.util.List;

/** Reads what PutMetricAlarm was given; refuses it before anything is changed. */
final class AlarmValidation {

    private static final int LONGEST_NAME = 255;
    private static final int LONGEST_RANGE_SECONDS = 86400;

    private AlarmValidation() {}

    static Alarm.Configuration read(PutMetricAlarmRequest in, Instant now) {
        if (in.alarmName() == null || in.alarmName().isEmpty() || in.alarmName().length() > LONGEST_NAME) {
            throw invalid("AlarmName must have 1 to " + LONGEST_NAME + " characters");
        }
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
                required(in.threshold(), "Threshold"),
                MissingData.parse(in.treatMissingData()));
        refuseActions(in.alarmActions(), "AlarmActions");
        refuseActions(in.okActions(), "OKActions");
        refuseActions(in.insufficientDataActions(), "InsufficientDataActions");
        List<MetricDataQuery> queries = queries(in);
        MetricQueries checked = MetricQueries.of(queries);
        if (checked.period().toSeconds() * n > LONGEST_RANGE_SECONDS) {
            throw invalid("Metrics cannot be checked across more than a day (EvaluationPeriods * Period must be <= "
                    + LONGEST_RANGE_SECONDS + ")");
        }
        List<MetricDataQuery> watched =
                queries.stream().filter(MetricDataQuery::returnsData).toList();
        if (watched.size() != 1) {
            throw invalid("Exactly one metric or expression must have ReturnData true, not " + watched.size());
        }
        return new Alarm.Configuration(in, rule, checked, watched.get(0).id(), now);
    }

    private static List<MetricDataQuery> queries(PutMetricAlarmRequest in) {
        boolean single = in.metricName() != null;
        boolean several = in.metrics() != null && !in.metrics().isEmpty();
        if (single == several) {
            throw invalid("Either MetricName or Metrics must be specified, and not both");
        }
        if (several) {
            boolean mixed = in.namespace() != null
                    || in.dimensions() != null && !in.dimensions().isEmpty()
                    || in.period() != null
                    || in.statistic() != null
                    || in.extendedStatistic() != null;
            if (mixed) {
                throw invalid(
                        "Namespace, Dimensions, Period, Statistic and ExtendedStatistic belong into the elements of "
                                + "Metrics if that is specified");
            }
            return List.copyOf(in.metrics());
        }
        if ((in.statistic() == null) == (in.extendedStatistic() == null)) {
            throw invalid("Either Statistic or ExtendedStatistic must be specified, and not both");
        }
        Metric metric = new Metric(required(in.namespace(), "Namespace"), in.metricName(), in.dimensions());
        String stat = in.statistic() == null ? in.extendedStatistic() : in.statistic();
        return List.of(new MetricDataQuery(
                "m1", new MetricStat(metric, required(in.period(), "Period"), stat), null, null, true, null));
    }

    /** Nothing here could carry them out. */
    private static void refuseActions(List<String> actions, String what) {
        if (actions != null && !actions.isEmpty()) {
            throw AwsError.unsupported("alarm actions (" + what + " " + actions.get(0) + ")");
        }
    }

    private static int atLeastOne(int value, String what) {
        if (value < 1) {
            throw invalid(what + " must be greater than or equal to 1");
        }
        return value;
    }

    private static <T> T required(T value, String what) {
        if (value == null) {
            throw new AwsError("MissingParameter", "The parameter " + what + " is required.");
        }
        return value;
    }

    private static AwsError invalid(String message) {
        return new AwsError("ValidationError", message);
    }
}
