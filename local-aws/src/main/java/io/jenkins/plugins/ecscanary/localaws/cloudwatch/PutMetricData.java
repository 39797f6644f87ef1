package io.jenkins.plugins.ecscanary.localaws.cloudwatch;

import static io.jenkins.plugins.ecscanary.localaws.cloudwatch.Arguments.checkDimensions;
import static io.jenkins.plugins.ecscanary.localaws.cloudwatch.Arguments.checkName;
import static io.jenkins.plugins.ecscanary.localaws.cloudwatch.Arguments.checkSize;
import static io.jenkins.plugins.ecscanary.localaws.cloudwatch.Arguments.invalidCombination;
import static io.jenkins.plugins.ecscanary.localaws.cloudwatch.Arguments.invalidValue;
import static io.jenkins.plugins.ecscanary.localaws.cloudwatch.Arguments.missing;
import static io.jenkins.plugins.ecscanary.localaws.cloudwatch.Arguments.required;

import io.jenkins.plugins.ecscanary.localaws.wire.AwsError;
import io.jenkins.plugins.ecscanary.localaws.wire.Operation;
import io.jenkins.plugins.ecscanary.localaws.world.World;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * PutMetricData: all of a request is checked before any of it is kept. CloudWatch's messages where they are known; those
 * about the number of counts, a storage resolution and a value out of range are our words. That a request has 1 MB at most is not
 * checked.
 */
final class PutMetricData {

    static final Duration LATEST = Duration.ofHours(2);
    static final Duration EARLIEST = Duration.ofDays(14);
    private static final int MOST_DATA = 1000;
    private static final int MOST_VALUES = 150;
    /** CloudWatch takes values from −2^360 to 2^360. */
    static final double LARGEST = Math.pow(2, 360);

    private final World world;
    private final MetricStore store;
    private final Duration visibleIn;

    PutMetricData(World world, MetricStore store, Duration visibleIn) {
        this.world = world;
        this.store = store;
        this.visibleIn = visibleIn;
    }

    Operation<?, ?> operation() {
        return Operation.of("PutMetricData", Request.class, this::put);
    }

    private Empty put(Request in) {
        String namespace = in.namespace();
        checkName(namespace, "Namespace");
        if (namespace.startsWith("AWS/") || namespace.startsWith(":")) {
            throw invalidValue(namespace, "Namespace");
        }
        List<MetricDatum> data = required(in.metricData(), "MetricData");
        if (data.isEmpty()) {
            throw missing("MetricData");
        }
        checkSize(data, MOST_DATA, "MetricData");
        List<Checked> checked = new ArrayList<>();
        for (int i = 0; i < data.size(); i++) {
            checked.add(check(namespace, data.get(i), "MetricData.member." + (i + 1)));
        }
        if (!store.hasRoomFor(checked.stream().map(Checked::key).toList())) {
            throw full();
        }
        for (Checked datum : checked) {
            store.series(datum.key(), datum.unit()).put(datum.at(), datum.resolution(), datum.values(), visibleIn);
        }
        return new Empty();
    }

    private static AwsError full() {
        return new AwsError(
                "LimitExceeded",
                "local-aws keeps " + MetricStore.MOST_METRICS + " metrics at most, and there is no room for these");
    }

    private Checked check(String namespace, MetricDatum datum, String what) {
        required(datum, what);
        checkName(datum.metricName(), what + ".MetricName");
        checkDimensions(datum.dimensions(), what + ".Dimensions");
        MetricUnit.check(datum.unit(), what + ".Unit");
        int resolution = datum.storageResolution() == null ? 60 : datum.storageResolution();
        if (resolution != 1 && resolution != 60) {
            throw invalidValue(
                    "The value " + resolution + " for parameter " + what + ".StorageResolution is not 1 or 60.");
        }
        Instant at = datum.timestamp() == null ? world.now() : datum.timestamp();
        if (at.isBefore(world.now().minus(EARLIEST))) {
            throw invalidValue("The parameter " + what + ".Timestamp must specify a time within the past two weeks.");
        }
        if (at.isAfter(world.now().plus(LATEST))) {
            throw invalidValue(
                    "The parameter " + what + ".Timestamp must specify a time no more than two hours in the future.");
        }
        MetricKey key = new MetricKey(
                namespace, datum.metricName(), datum.dimensions() == null ? List.of() : datum.dimensions());
        String unit = datum.unit() == null ? MetricUnit.NONE : datum.unit();
        return new Checked(key, unit, at, resolution, values(datum, what));
    }

    private static StatisticSet values(MetricDatum datum, String what) {
        boolean several = datum.values() != null && !datum.values().isEmpty();
        exclusive(datum.value() != null, ".Value", datum.statisticValues() != null, ".StatisticValues", what);
        exclusive(datum.value() != null, ".Value", several, ".Values", what);
        exclusive(several, ".Values", datum.statisticValues() != null, ".StatisticValues", what);
        StatisticSet values = new StatisticSet();
        if (datum.value() != null) {
            values.add(number(datum.value(), what + ".Value"));
        } else if (datum.statisticValues() != null) {
            summary(datum.statisticValues(), what + ".StatisticValues", values);
        } else if (several) {
            counted(datum, what, values);
        } else {
            throw missing(what + ".Value");
        }
        if (!several && datum.counts() != null && !datum.counts().isEmpty()) {
            throw invalidCombination("The parameter " + what + ".Counts needs " + what + ".Values.");
        }
        return values;
    }

    private static void counted(MetricDatum datum, String what, StatisticSet values) {
        checkSize(datum.values(), MOST_VALUES, what + ".Values");
        List<Double> counts = datum.counts() == null ? List.of() : datum.counts();
        if (!counts.isEmpty() && counts.size() != datum.values().size()) {
            throw invalidValue("The parameters " + what + ".Values and " + what + ".Counts must be of the same size.");
        }
        for (int i = 0; i < datum.values().size(); i++) {
            String member = ".member." + (i + 1);
            double times = counts.isEmpty() ? 1 : number(counts.get(i), what + ".Counts" + member);
            if (times < 0) {
                throw invalidValue(times, what + ".Counts" + member);
            }
            values.add(number(datum.values().get(i), what + ".Values" + member), times);
        }
    }

    private static void summary(StatisticValues given, String what, StatisticSet values) {
        double count = number(required(given.sampleCount(), what + ".SampleCount"), what + ".SampleCount");
        double sum = number(required(given.sum(), what + ".Sum"), what + ".Sum");
        double least = number(required(given.minimum(), what + ".Minimum"), what + ".Minimum");
        double most = number(required(given.maximum(), what + ".Maximum"), what + ".Maximum");
        if (count <= 0) {
            throw invalidValue(count, what + ".SampleCount");
        }
        if (least > most) {
            throw invalidValue(
                    "The parameter " + what + ".Minimum must be less than or equal to " + what + ".Maximum.");
        }
        values.addSummary(count, sum, least, most);
    }

    private static double number(double value, String what) {
        if (!(Math.abs(value) <= LARGEST)) {
            throw invalidValue(value, what);
        }
        return value;
    }

    private static void exclusive(boolean one, String name, boolean other, String otherName, String what) {
        if (one && other) {
            throw invalidCombination("The parameters " + what + name + " and " + what + otherName
                    + " are mutually exclusive and you have specified both.");
        }
    }

    private record Checked(MetricKey key, String unit, Instant at, int resolution, StatisticSet values) {}

    record Request(String namespace, List<MetricDatum> metricData) {}

    /** @param storageResolution 1 or 60 seconds; 60 if null */
    record MetricDatum(
            String metricName,
            List<Dimension> dimensions,
            Instant timestamp,
            Double value,
            StatisticValues statisticValues,
            List<Double> values,
            List<Double> counts,
            String unit,
            Integer storageResolution) {}

    record StatisticValues(Double sampleCount, Double sum, Double minimum, Double maximum) {}
}
