package io.jenkins.plugins.ecscanary.localaws.cloudwatch;

import io.jenkins.plugins.ecscanary.localaws.world.SimTime;
import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;

/** An alarm: how it is defined and the state it is in. Guarded by the world's lock. */
final class Alarm {

    final String name;
    final String arn;
    final Map<String, String> tags = new TreeMap<>();
    AlarmDefinition definition;
    /** As it was put, until EnableAlarmActions or DisableAlarmActions. */
    boolean actionsEnabled;

    AlarmState state = AlarmState.INSUFFICIENT_DATA;
    StateReason reason = StateReason.CREATED;
    Instant stateUpdated;
    Instant stateTransitioned;
    SimTime.Timer nextEvaluation = () -> {};

    Alarm(String name, String arn, AlarmDefinition definition, Instant created) {
        this.name = name;
        this.arn = arn;
        this.definition = definition;
        this.actionsEnabled = definition.actions().enabled();
        this.stateUpdated = created;
        this.stateTransitioned = created;
    }
}
