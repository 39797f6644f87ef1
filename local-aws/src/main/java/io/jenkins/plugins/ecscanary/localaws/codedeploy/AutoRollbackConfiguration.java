package io.jenkins.plugins.ecscanary.localaws.codedeploy;

import io.jenkins.plugins.ecscanary.localaws.wire.AwsError;
import java.util.List;
import java.util.Set;

/** After what a rollback deployment is made without anyone asking for it. */
record AutoRollbackConfiguration(Boolean enabled, List<String> events) {

    static final String ON_FAILURE = "DEPLOYMENT_FAILURE";
    static final String ON_ALARM = "DEPLOYMENT_STOP_ON_ALARM";
    static final String ON_REQUEST = "DEPLOYMENT_STOP_ON_REQUEST";

    private static final Set<String> KNOWN = Set.of(ON_FAILURE, ON_ALARM, ON_REQUEST);

    AutoRollbackConfiguration {
        events = events == null ? List.of() : List.copyOf(events);
        for (String event : events) {
            if (!KNOWN.contains(event)) {
                throw new AwsError("InvalidAutoRollbackConfigException", "Unknown auto rollback event " + event);
            }
        }
        if (Boolean.TRUE.equals(enabled) && events.isEmpty()) {
            throw new AwsError(
                    "InvalidAutoRollbackConfigException",
                    "The auto rollback configuration is enabled but lists no event");
        }
    }

    static final AutoRollbackConfiguration NONE = new AutoRollbackConfiguration(false, List.of());

    boolean covers(String event) {
        return Boolean.TRUE.equals(enabled) && events.contains(event);
    }
}
