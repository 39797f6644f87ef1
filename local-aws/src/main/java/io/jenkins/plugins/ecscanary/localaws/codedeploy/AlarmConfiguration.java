package io.jenkins.plugins.ecscanary.localaws.codedeploy;

import io.jenkins.plugins.ecscanary.localaws.wire.AwsError;
import java.util.List;

/** The alarms that stop a deployment. */
record AlarmConfiguration(Boolean enabled, Boolean ignorePollAlarmFailure, List<Alarm> alarms) {

    private static final int MOST = 10;

    AlarmConfiguration {
        alarms = alarms == null ? List.of() : List.copyOf(alarms);
        if (alarms.size() > MOST) {
            throw new AwsError(
                    "AlarmsLimitExceededException",
                    "The maximum number of alarms for a deployment group (" + MOST + ") was exceeded: "
                            + alarms.size());
        }
        if (alarms.stream()
                .anyMatch(alarm -> alarm.name() == null || alarm.name().isBlank())) {
            throw new AwsError("InvalidAlarmConfigException", "An alarm has no name");
        }
        if (alarms.stream().distinct().count() != alarms.size()) {
            throw new AwsError("InvalidAlarmConfigException", "An alarm is listed twice");
        }
        if (Boolean.TRUE.equals(enabled) && alarms.isEmpty()) {
            throw new AwsError("InvalidAlarmConfigException", "The alarm configuration is enabled but lists no alarm");
        }
    }

    static final AlarmConfiguration NONE = new AlarmConfiguration(false, false, List.of());

    /** The names looked at; none if it is not enabled. */
    List<String> watched() {
        return Boolean.TRUE.equals(enabled) ? alarms.stream().map(Alarm::name).toList() : List.of();
    }

    record Alarm(String name) {}
}
