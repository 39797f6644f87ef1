package io.jenkins.plugins.ecscanary.localaws.codedeploy;

import io.jenkins.plugins.ecscanary.localaws.wire.AwsError;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** ListDeploymentTargets' filters: {@code TargetStatus}, and {@code ServerInstanceLabel}, which no ECS target has. */
record TargetFilters(List<String> statuses, List<String> labels) {

    private static final Set<String> STATUSES =
            Set.of("Failed", "InProgress", "Pending", "Ready", "Skipped", "Succeeded", "Unknown");
    private static final Set<String> LABELS = Set.of("Blue", "Green");

    /** @throws AwsError InvalidTargetFilterNameException, InvalidInstanceStatusException, InvalidInstanceTypeException */
    static TargetFilters of(Map<String, List<String>> filters) {
        if (filters == null) {
            return new TargetFilters(List.of(), List.of());
        }
        for (String name : filters.keySet()) {
            if (!Set.of("TargetStatus", "ServerInstanceLabel").contains(name)) {
                throw new AwsError("InvalidTargetFilterNameException", "Unknown target filter " + name);
            }
        }
        return new TargetFilters(
                known(filters.get("TargetStatus"), STATUSES, "InvalidInstanceStatusException"),
                known(filters.get("ServerInstanceLabel"), LABELS, "InvalidInstanceTypeException"));
    }

    private static List<String> known(List<String> values, Set<String> known, String code) {
        if (values == null) {
            return List.of();
        }
        for (String value : values) {
            if (!known.contains(value)) {
                throw new AwsError(code, "The target filter's value is invalid: " + value);
            }
        }
        return List.copyOf(values);
    }

    boolean match(String status) {
        return labels.isEmpty() && (statuses.isEmpty() || statuses.contains(status));
    }
}
