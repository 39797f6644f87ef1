package io.jenkins.plugins.ecscanary.localaws.cloudwatch;

import io.jenkins.plugins.ecscanary.localaws.cloudwatch.AlarmOperations.PutCompositeAlarmRequest;
import java.time.Instant;

/** An alarm on other alarms' states. */
record OnAlarms(PutCompositeAlarmRequest given, AlarmActions actions, CompositeRule rule, Instant updated)
        implements AlarmDefinition {

    static final String TYPE = "CompositeAlarm";

    @Override
    public String type() {
        return TYPE;
    }
}
