package io.jenkins.plugins.ecscanary.localaws.cloudwatch;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A log event in CloudWatch's embedded metric format, read as its specification has it: {@code _aws.Timestamp} in
 * milliseconds, {@code _aws.CloudWatchMetrics} with Namespace, sets of at most 30 Dimensions and at most 100 Metrics, whose
 * values are numbers or arrays of at most 100 of them at the root, as the dimensions' values are strings there.
 *
 * <p>That nothing at all is taken from an event with anything wrong in it, and that name spaces of AWS's own are refused as
 * PutMetricData does, are assumptions.
 *
 * @param timestamp as the event has it
 */
record EmbeddedFormat(Instant timestamp, List<Measured> measured) {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int MOST_METRICS = 100;
    private static final int MOST_VALUES = 100;
    private static final int LONGEST_NAME = 1024;
    private static final int LONGEST_DIMENSION = 250;

    EmbeddedFormat {
        measured = List.copyOf(measured);
    }

    /** @param resolution 1 or 60 */
    record Measured(MetricKey key, String unit, int resolution, StatisticSet values) {}

    /**
     * @return empty if the message does not mean to be in this format
     * @throws IllegalArgumentException if it means to be and is not, saying why
     */
    static Optional<EmbeddedFormat> read(String message) {
        if (!message.stripLeading().startsWith("{") || !message.contains("\"_aws\"")) {
            return Optional.empty();
        }
        JsonNode root;
        try {
            root = JSON.readTree(message);
        } catch (JsonProcessingException e) {
            return Optional.empty(); // cut off or another program's: no JSON, no metrics
        }
        JsonNode aws = root.path("_aws");
        if (!aws.has("CloudWatchMetrics")) {
            return Optional.empty();
        }
        require(
                aws.path("Timestamp").canConvertToLong()
                        && aws.path("Timestamp").isIntegralNumber()
                        && aws.path("Timestamp").asLong() >= 0,
                "_aws.Timestamp");
        require(aws.get("CloudWatchMetrics").isArray(), "_aws.CloudWatchMetrics");
        List<Measured> measured = new ArrayList<>();
        for (JsonNode directive : aws.get("CloudWatchMetrics")) {
            read(root, directive, measured);
        }
        return Optional.of(
                new EmbeddedFormat(Instant.ofEpochMilli(aws.get("Timestamp").asLong()), measured));
    }

    private static void read(JsonNode root, JsonNode directive, List<Measured> measured) {
        String namespace = text(directive.path("Namespace"), LONGEST_NAME, "Namespace");
        require(!namespace.startsWith("AWS/"), "Namespace " + namespace);
        JsonNode metrics = directive.path("Metrics");
        require(metrics.isArray() && metrics.size() <= MOST_METRICS, "Metrics");
        List<List<Dimension>> sets = dimensionSets(root, directive.path("Dimensions"));
        for (JsonNode metric : metrics) {
            String name = text(metric.path("Name"), LONGEST_NAME, "a metric's Name");
            String unit = metric.path("Unit").asText(MetricUnit.NONE);
            require(MetricUnit.isKnown(unit), "Unit of " + name);
            int resolution = metric.path("StorageResolution").asInt(60);
            require(resolution == 1 || resolution == 60, "StorageResolution of " + name);
            JsonNode value = root.path(name);
            for (List<Dimension> dimensions : sets) {
                measured.add(new Measured(
                        new MetricKey(namespace, name, dimensions), unit, resolution, values(value, name)));
            }
        }
    }

    private static List<List<Dimension>> dimensionSets(JsonNode root, JsonNode sets) {
        require(sets.isArray() && !sets.isEmpty(), "Dimensions");
        List<List<Dimension>> read = new ArrayList<>();
        for (JsonNode set : sets) {
            require(set.isArray() && set.size() <= Arguments.MOST_DIMENSIONS, "a set of Dimensions");
            List<Dimension> dimensions = new ArrayList<>();
            for (JsonNode name : set) {
                String dimension = text(name, LONGEST_DIMENSION, "a dimension's name");
                dimensions.add(new Dimension(
                        dimension, text(root.path(dimension), LONGEST_NAME, "the value of " + dimension)));
            }
            read.add(dimensions);
        }
        return read;
    }

    private static StatisticSet values(JsonNode value, String name) {
        StatisticSet values = new StatisticSet();
        if (value.isArray()) {
            require(!value.isEmpty() && value.size() <= MOST_VALUES, "the number of values of " + name);
            value.forEach(each -> values.add(number(each, name)));
        } else {
            values.add(number(value, name));
        }
        return values;
    }

    private static double number(JsonNode value, String name) {
        require(value.isNumber() && Math.abs(value.asDouble()) <= PutMetricData.LARGEST, "the value of " + name);
        return value.asDouble();
    }

    private static String text(JsonNode node, int longest, String what) {
        require(node.isTextual() && !node.asText().isEmpty() && node.asText().length() <= longest, what);
        return node.asText();
    }

    private static void require(boolean holds, String what) {
        if (!holds) {
            throw new IllegalArgumentException("not in the embedded metric format: " + what);
        }
    }
}
