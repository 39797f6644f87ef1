package io.jenkins.plugins.ecscanary.localaws.cloudformation.resource;

import static io.jenkins.plugins.ecscanary.localaws.cloudformation.resource.Structure.asItIs;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** {@code AWS::CloudWatch::Alarm} and {@code AWS::CloudWatch::CompositeAlarm}. */
final class AlarmHandler implements ResourceHandler {

    private static final Shape PAIRS = Shape.list(asItIs().text("Key", "Value"));
    private static final Shape DIMENSIONS = Shape.list(asItIs().text("Name", "Value"));

    private static final Structure METRIC_STAT = asItIs().with(
                    "Metric", asItIs().text("Namespace", "MetricName").with("Dimensions", DIMENSIONS))
            .whole("Period")
            .text("Stat", "Unit");

    private static final Shape METRICS = Shape.list(asItIs().text("Id", "Expression", "Label")
            .truth("ReturnData")
            .whole("Period")
            .with("MetricStat", METRIC_STAT));

    private static final Structure METRIC_ALARM = asItIs().text(
                    "AlarmName", "AlarmDescription", "ComparisonOperator", "ExtendedStatistic", "MetricName")
            .text("Namespace", "Statistic", "TreatMissingData", "Unit")
            .text("EvaluateLowSampleCountPercentile", "ThresholdMetricId")
            .truth("ActionsEnabled")
            .texts("AlarmActions", "OKActions", "InsufficientDataActions")
            .whole("DatapointsToAlarm", "EvaluationPeriods", "Period")
            .number("Threshold")
            .with("Dimensions", DIMENSIONS)
            .with("Metrics", METRICS)
            .with("Tags", PAIRS);

    private static final Structure COMPOSITE_ALARM = asItIs().text(
                    "AlarmName", "AlarmDescription", "AlarmRule", "ActionsSuppressor")
            .truth("ActionsEnabled")
            .texts("AlarmActions", "OKActions", "InsufficientDataActions")
            .whole("ActionsSuppressorExtensionPeriod", "ActionsSuppressorWaitPeriod")
            .with("Tags", PAIRS);

    private final Backend cloudWatch;
    private final String type;
    private final Structure properties;
    private final String put;

    private AlarmHandler(Backend cloudWatch, String type, Structure properties, String put) {
        this.cloudWatch = cloudWatch;
        this.type = type;
        this.properties = properties;
        this.put = put;
    }

    static ResourceType metricType(Backend cloudWatch) {
        return new AlarmHandler(cloudWatch, "AWS::CloudWatch::Alarm", METRIC_ALARM, "PutMetricAlarm")
                .type(Set.of("ComparisonOperator", "EvaluationPeriods"));
    }

    static ResourceType compositeType(Backend cloudWatch) {
        return new AlarmHandler(cloudWatch, "AWS::CloudWatch::CompositeAlarm", COMPOSITE_ALARM, "PutCompositeAlarm")
                .type(Set.of("AlarmRule"));
    }

    private ResourceType type(Set<String> required) {
        return new ResourceType(type, properties, required, Set.of("AlarmName"), "AlarmName", Set.of("Arn"), this);
    }

    @Override
    public String service() {
        return cloudWatch.title();
    }

    @Override
    public Created create(Wanted wanted) {
        String name = cloudWatch.name(wanted, "AlarmName", 255);
        JsonNode there = cloudWatch.call(
                "DescribeAlarms",
                Map.of("AlarmNames", List.of(name), "AlarmTypes", List.of("MetricAlarm", "CompositeAlarm")));
        if (!there.path("MetricAlarms").isEmpty()
                || !there.path("CompositeAlarms").isEmpty()) {
            throw Backend.exists(type, name);
        }
        cloudWatch.call(put, properties.wire(wanted.properties()).put("AlarmName", name));
        return new Created(name, Map.of("Arn", Backend.text(arn(name))));
    }

    private String arn(String name) {
        return cloudWatch.world().arn("cloudwatch", "alarm:" + name);
    }

    @Override
    public Created update(Existing existing, Wanted wanted) {
        ObjectNode input = properties.wire(wanted.properties());
        input.remove("Tags");
        cloudWatch.call(put, input.put("AlarmName", existing.physicalId()));
        String arn = arn(existing.physicalId());
        Backend.tags(
                existing.properties(),
                wanted.properties(),
                added -> cloudWatch.call("TagResource", Map.of("ResourceARN", arn, "Tags", added)),
                removed -> cloudWatch.call("UntagResource", Map.of("ResourceARN", arn, "TagKeys", removed)));
        return new Created(existing.physicalId(), existing.attributes());
    }

    @Override
    public void destroy(Existing existing) {
        cloudWatch.end("DeleteAlarms", Map.of("AlarmNames", List.of(existing.physicalId())), "ResourceNotFound");
    }
}
