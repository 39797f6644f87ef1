package io.jenkins.plugins.ecscanary.localaws.cloudwatch;

import io.jenkins.plugins.ecscanary.localaws.wire.AwsError;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** The units a value can be told in, spelled as on the wire. */
final class MetricUnit {

    static final String NONE = "None";
    static final String COUNT = "Count";
    static final String SECONDS = "Seconds";

    private static final Set<String> ALL = new TreeSet<>(List.of(
            SECONDS,
            "Microseconds",
            "Milliseconds",
            "Bytes",
            "Kilobytes",
            "Megabytes",
            "Gigabytes",
            "Terabytes",
            "Bits",
            "Kilobits",
            "Megabits",
            "Gigabits",
            "Terabits",
            "Percent",
            COUNT,
            "Bytes/Second",
            "Kilobytes/Second",
            "Megabytes/Second",
            "Gigabytes/Second",
            "Terabytes/Second",
            "Bits/Second",
            "Kilobits/Second",
            "Megabits/Second",
            "Gigabits/Second",
            "Terabits/Second",
            "Count/Second",
            NONE));

    private MetricUnit() {}

    static boolean isKnown(String unit) {
        return ALL.contains(unit);
    }

    /**
     * @param unit as given, or null
     * @param what the parameter's name
     * @throws AwsError ValidationError if AWS has no such unit
     */
    static void check(String unit, String what) {
        if (unit != null && !isKnown(unit)) {
            throw new AwsError(
                    "ValidationError",
                    "1 validation error detected: Value '" + unit + "' at '" + what
                            + "' failed to satisfy constraint: Member must satisfy enum value set: " + ALL);
        }
    }
}
