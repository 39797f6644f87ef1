package io.jenkins.plugins.ecscanary.localaws.cloudwatch;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.ecscanary.localaws.cloudwatch.AlarmRule.Decision;
import io.jenkins.plugins.ecscanary.localaws.cloudwatch.AlarmRule.Point;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * Why an alarm is in its state.
 *
 * @param sentence as CloudWatch words it
 * @param data the same as JSON, or null
 */
record StateReason(String sentence, String data) {

    static final StateReason CREATED = new StateReason("Unchecked: Initial alarm creation", null);

    private static final DateTimeFormatter SHORT =
            DateTimeFormatter.ofPattern("dd/MM/yy HH:mm:ss").withZone(ZoneOffset.UTC);
    private static final DateTimeFormatter LONG =
            DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss.SSSxx").withZone(ZoneOffset.UTC);
    private static final DateTimeFormatter WORDS = DateTimeFormatter.ofPattern(
                    "EEEE dd MMMM, yyyy HH:mm:ss 'UTC'", Locale.ENGLISH)
            .withZone(ZoneOffset.UTC);
    private static final ObjectMapper JSON = new ObjectMapper();

    /**
     * @param to the state the alarm goes to
     * @param points the evaluation range, oldest first
     */
    static StateReason of(
            AlarmRule rule,
            Decision decision,
            AlarmState from,
            AlarmState to,
            List<Point> points,
            Duration period,
            Instant now) {
        return new StateReason(sentence(rule, decision, from, to), data(rule, decision, points, period, now));
    }

    /** Of a composite alarm. */
    static StateReason ofChildren(String sentence, List<Alarm> triggering) {
        ObjectNode json = JSON.createObjectNode();
        ArrayNode children = json.putArray("triggeringAlarms");
        for (Alarm child : triggering) {
            children.addObject()
                    .put("arn", child.arn)
                    .putObject("state")
                    .put("value", child.state.name())
                    .put("timestamp", LONG.format(child.stateTransitioned));
        }
        return new StateReason(sentence, json.toString());
    }

    /** Why a composite alarm above this one was looked at. */
    static String transitioned(Alarm child) {
        return child.arn + " transitioned to " + child.state + " at " + WORDS.format(child.stateTransitioned);
    }

    private static String sentence(AlarmRule rule, Decision decision, AlarmState from, AlarmState to) {
        int n = rule.evaluationPeriods();
        if (to == AlarmState.INSUFFICIENT_DATA) {
            return "Insufficient Data: " + n + (n == 1 ? " datapoint was" : " datapoints were") + " unknown.";
        }
        String treated =
                decision.filled() + " missing " + (decision.filled() == 1 ? "datapoint was" : "datapoints were")
                        + " treated as [" + rule.missingData().word() + "]";
        if (decision.judged().isEmpty()) {
            return "Threshold Crossed: no datapoints were received for " + n + (n == 1 ? " period" : " periods")
                    + " and " + treated + ".";
        }
        boolean alarm = to == AlarmState.ALARM;
        List<Point> told = decision.judged().stream()
                .filter(point -> rule.breaches(point) == alarm)
                .toList();
        StringBuilder text = new StringBuilder("Threshold Crossed: ");
        text.append(told.size())
                .append(" out of the last ")
                .append(decision.judged().size())
                .append(" datapoints [");
        text.append(told.stream()
                .map(point -> point.value() + " (" + SHORT.format(point.at()) + ")")
                .collect(Collectors.joining(", ")));
        text.append(told.size() == 1 ? "] was " : "] were ").append(alarm ? "" : "not ");
        text.append(rule.comparison().words())
                .append(" the threshold (")
                .append(rule.threshold())
                .append(")");
        if (decision.filled() > 0) {
            text.append(" and ").append(treated);
        }
        int least = alarm ? rule.datapointsToAlarm() : n - rule.datapointsToAlarm() + 1;
        if (from != to) {
            text.append(" (minimum ").append(least).append(least == 1 ? " datapoint" : " datapoints");
            text.append(" for ").append(from).append(" -> ").append(to).append(" transition)");
        }
        return text.append('.').toString();
    }

    private static String data(AlarmRule rule, Decision decision, List<Point> points, Duration period, Instant now) {
        ObjectNode json = JSON.createObjectNode();
        json.put("version", "1.0");
        json.put("queryDate", LONG.format(now));
        if (!points.isEmpty()) {
            json.put("startDate", LONG.format(points.get(0).at()));
        }
        json.put("period", period.toSeconds());
        ArrayNode recent = json.putArray("recentDatapoints");
        ArrayNode evaluated = json.putArray("evaluatedDatapoints");
        for (int i = decision.judged().size() - 1; i >= 0; i--) {
            recent.add(decision.judged().get(i).value());
        }
        for (Point point : decision.judged()) {
            evaluated.addObject().put("timestamp", LONG.format(point.at())).put("value", point.value());
        }
        json.put("threshold", rule.threshold());
        try {
            return JSON.writeValueAsString(json);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a tree of numbers and strings is always JSON", e);
        }
    }
}
