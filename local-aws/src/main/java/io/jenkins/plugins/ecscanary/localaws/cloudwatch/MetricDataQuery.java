package io.jenkins.plugins.ecscanary.localaws.cloudwatch;

import java.util.List;

/** A metric or an expression, as GetMetricData and PutMetricAlarm take it. */
record MetricDataQuery(
        String id, MetricStat metricStat, String expression, String label, Boolean returnData, Integer period) {

    /** Data is returned unless it is said not to be. */
    boolean returnsData() {
        return returnData == null || returnData;
    }

    /** @param unit null for the values of all units */
    record MetricStat(Metric metric, Integer period, String stat, String unit) {}

    record Metric(String namespace, String metricName, List<Dimension> dimensions) {
        MetricKey key() {
            return new MetricKey(namespace, metricName, dimensions == null ? List.of() : dimensions);
        }
    }
}
