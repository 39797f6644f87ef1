package io.jenkins.plugins.ecscanary.localaws.cloudwatch;

import java.util.Comparator;
import java.util.List;

/** Which metric: two keys are equal if they have the same dimensions, in whatever order they were given. */
public record MetricKey(String namespace, String name, List<Dimension> dimensions) {
    public MetricKey {
        dimensions = List.copyOf(dimensions.stream()
                .sorted(Comparator.comparing(Dimension::name).thenComparing(Dimension::value))
                .toList());
    }
}
