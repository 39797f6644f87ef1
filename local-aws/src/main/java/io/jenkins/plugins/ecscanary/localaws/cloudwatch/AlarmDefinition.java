package io.jenkins.plugins.ecscanary.localaws.cloudwatch;

import io.jenkins.plugins.ecscanary.localaws.cloudwatch.AlarmOperations.PutCompositeAlarmRequest;
import io.jenkins.plugins.ecscanary.localaws.cloudwatch.AlarmOperations.PutMetricAlarmRequest;
import java.time.Instant;

/** What an alarm watches. */
sealed interface AlarmDefinition {

    /** The request it was put with. */
    Record given();

    AlarmActions actions();

    Instant updated();

    /** As DescribeAlarms and the history call it. */
    String type();

    /**
     * Of a metric or of metric math.
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

    /** Of other alarms' states. */
    record OnAlarms(PutCompositeAlarmRequest given, AlarmActions actions, CompositeRule rule, Instant updated)
            implements AlarmDefinition {

        static final String TYPE = "CompositeAlarm";

        @Override
        public String type() {
            return TYPE;
        }
    }
}
