package io.jenkins.plugins.ecscanary.engine.aws;

import io.jenkins.plugins.ecscanary.engine.aws.Aws.AlarmMetricSeen;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import software.amazon.awssdk.services.cloudwatch.model.Dimension;
import software.amazon.awssdk.services.cloudwatch.model.MetricAlarm;
import software.amazon.awssdk.services.cloudwatch.model.MetricDataQuery;

/**
 * Which metrics an alarm looks at: its own one, those that its metric math is made of, and those of a Metrics Insights query
 * ({@code SELECT … FROM SCHEMA("AWS/ApplicationELB", …) WHERE TargetGroup = '…'}) as far as that says it with a plain
 * {@code =}.
 */
final class AlarmMetrics {

    private static final Pattern SELECT = Pattern.compile("^\\s*SELECT\\b", Pattern.CASE_INSENSITIVE);
    private static final Pattern NAMESPACE =
            Pattern.compile("\\bFROM\\s+(?:SCHEMA\\s*\\(\\s*)?\"([^\"]+)\"", Pattern.CASE_INSENSITIVE);
    private static final Pattern EQUALS = Pattern.compile("\"?(\\w+)\"?\\s*=\\s*'([^']*)'");

    /** Other ways to narrow a query than {@code AND}: what is looked at then takes more than reading to know. */
    private static final Pattern MORE_THAN_AND = Pattern.compile("\\b(NOT|OR|IN)\\b|!=");

    private AlarmMetrics() {}

    static List<AlarmMetricSeen> of(MetricAlarm alarm) {
        List<AlarmMetricSeen> metrics = new ArrayList<>();
        add(metrics, alarm.namespace(), alarm.dimensions());
        for (MetricDataQuery query : alarm.metrics()) {
            if (query.metricStat() != null && query.metricStat().metric() != null) {
                add(
                        metrics,
                        query.metricStat().metric().namespace(),
                        query.metricStat().metric().dimensions());
            } else if (query.expression() != null) {
                add(metrics, query.expression());
            }
        }
        return metrics;
    }

    private static void add(List<AlarmMetricSeen> metrics, String namespace, List<Dimension> dimensions) {
        if (namespace != null) {
            Map<String, String> named = new LinkedHashMap<>();
            dimensions.forEach(dimension -> named.put(dimension.name(), dimension.value()));
            metrics.add(new AlarmMetricSeen(namespace, named));
        }
    }

    private static void add(List<AlarmMetricSeen> metrics, String expression) {
        Matcher namespace = NAMESPACE.matcher(expression);
        if (!SELECT.matcher(expression).find()
                || MORE_THAN_AND.matcher(expression.toUpperCase(Locale.ROOT)).find()
                || !namespace.find()) {
            return;
        }
        Map<String, String> named = new LinkedHashMap<>();
        Matcher equals = EQUALS.matcher(expression);
        while (equals.find()) {
            named.put(equals.group(1), equals.group(2));
        }
        metrics.add(new AlarmMetricSeen(namespace.group(1), named));
    }
}
