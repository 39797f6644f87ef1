package io.jenkins.plugins.ecscanary.localaws.cloudwatch;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.jenkins.plugins.ecscanary.localaws.cloudwatch.AlarmOperations.PutMetricAlarmRequest;
import java.time.Instant;
import java.util.List;

/** An alarm on metrics, as it is told. */
record MetricAlarm(
        String alarmName,
        String alarmArn,
        String alarmDescription,
        Instant alarmConfigurationUpdatedTimestamp,
        Boolean actionsEnabled,
        @JsonProperty("OKActions") List<String> okActions,
        List<String> alarmActions,
        List<String> insufficientDataActions,
        String stateValue,
        String stateReason,
        String stateReasonData,
        Instant stateUpdatedTimestamp,
        String metricName,
        String namespace,
        String statistic,
        String extendedStatistic,
        List<Dimension> dimensions,
        Integer period,
        String unit,
        Integer evaluationPeriods,
        Integer datapointsToAlarm,
        Double threshold,
        String comparisonOperator,
        String treatMissingData,
        List<MetricDataQuery> metrics,
        Instant stateTransitionedTimestamp) {

    static MetricAlarm of(Alarm alarm) {
        OnMetrics definition = (OnMetrics) alarm.definition;
        PutMetricAlarmRequest given = definition.given();
        return new MetricAlarm(
                alarm.name,
                alarm.arn,
                given.alarmDescription(),
                definition.updated(),
                alarm.actionsEnabled,
                definition.actions().ok(),
                definition.actions().alarm(),
                definition.actions().insufficientData(),
                alarm.state.name(),
                alarm.reason.sentence(),
                alarm.reason.data(),
                alarm.stateUpdated,
                given.metricName(),
                given.namespace(),
                given.statistic(),
                given.extendedStatistic(),
                given.dimensions() == null ? List.of() : given.dimensions(),
                given.period(),
                given.unit(),
                given.evaluationPeriods(),
                given.datapointsToAlarm(),
                given.threshold(),
                given.comparisonOperator(),
                given.treatMissingData(),
                given.metrics(),
                alarm.stateTransitioned);
    }
}
