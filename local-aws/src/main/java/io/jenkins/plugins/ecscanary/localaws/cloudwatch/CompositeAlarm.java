package io.jenkins.plugins.ecscanary.localaws.cloudwatch;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.time.Instant;
import java.util.List;

/** An alarm on other alarms, as it is told. */
record CompositeAlarm(
        String alarmName,
        String alarmArn,
        String alarmDescription,
        Instant alarmConfigurationUpdatedTimestamp,
        Boolean actionsEnabled,
        @JsonProperty("OKActions") List<String> okActions,
        List<String> alarmActions,
        List<String> insufficientDataActions,
        String alarmRule,
        String stateValue,
        String stateReason,
        String stateReasonData,
        Instant stateUpdatedTimestamp,
        Instant stateTransitionedTimestamp) {

    static CompositeAlarm of(Alarm alarm) {
        OnAlarms definition = (OnAlarms) alarm.definition;
        return new CompositeAlarm(
                alarm.name,
                alarm.arn,
                definition.given().alarmDescription(),
                definition.updated(),
                alarm.actionsEnabled,
                definition.actions().ok(),
                definition.actions().alarm(),
                definition.actions().insufficientData(),
                definition.given().alarmRule(),
                alarm.state.name(),
                alarm.reason.sentence(),
                alarm.reason.data(),
                alarm.stateUpdated,
                alarm.stateTransitioned);
    }
}
