package io.jenkins.plugins.ecscanary.localaws.cloudwatch;

import io.jenkins.plugins.ecscanary.localaws.cloudwatch.AlarmOperations.PutMetricAlarmRequest;
import java.time.Instant;

/**
 * An alarm on a metric or on metric math.
 *
 * @param queries what is evaluated
 * @param watched the id of the query whose data points are held against the threshold
 */
record OnMetrics(
        PutMetricAlarmRequest given,
        AlarmActions actions,
        AlarmRule rule,
        MetricQueries queries,
        String watched,
        Instant updated)
        implements AlarmDefinition {

    static final String TYPE = "MetricAlarm";

    @Override
    public String type() {
        return TYPE;
    }
}
