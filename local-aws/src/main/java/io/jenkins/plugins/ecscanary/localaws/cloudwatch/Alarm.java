package io.jenkins.plugins.ecscanary.localaws.cloudwatch;

import io.jenkins.plugins.ecscanary.localaws.cloudwatch.AlarmOperations.PutMetricAlarmRequest;
import io.jenkins.plugins.ecscanary.localaws.world.SimTime;
import java.time.Instant;

/** An alarm: how it is configured and the state it is in. Guarded by the world's lock. */
final class Alarm {

    final String name;
    final String arn;
    Configuration configuration;
    AlarmState state = AlarmState.INSUFFICIENT_DATA;
    StateReason reason = StateReason.CREATED;
    Instant stateUpdated;
    Instant stateTransitioned;
    SimTime.Timer nextEvaluation = () -> {};

    Alarm(String name, String arn, Configuration configuration, Instant created) {
        this.name = name;
        this.arn = arn;
        this.configuration = configuration;
        this.stateUpdated = created;
        this.stateTransitioned = created;
    }

    /**
     * @param given as it was put
     * @param queries what is evaluated
     * @param watched the id of the query whose data points are held against the threshold
     */
    record Configuration(
            PutMetricAlarmRequest given, AlarmRule rule, MetricQueries queries, String watched, Instant updated) {}
}
