package io.jenkins.plugins.ecscanary.engine.model;

import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;

/**
 * What an AppSpec can say beyond the task definition and its load balancer; passed on to AWS as it is.
 *
 * @param hooks lifecycle event, such as {@code BeforeAllowTraffic}, to the Lambda function that validates it
 * @param networkConfiguration JSON of the AppSpec's {@code NetworkConfiguration}, or null for the service's own
 * @param capacityProviderStrategy JSON array of the AppSpec's {@code CapacityProviderStrategy}, or null
 * @param platformVersion such as {@code 1.4.0}, or null
 * @param containerName the container that the AppSpec names for the load balancer, or null; it has to be the service's own
 * @param containerPort the same for its port
 */
public record AppSpecExtras(
        Map<String, String> hooks,
        String networkConfiguration,
        String capacityProviderStrategy,
        String platformVersion,
        String containerName,
        Integer containerPort) {

    public static final AppSpecExtras NONE = new AppSpecExtras(Map.of(), null, null, null);

    public AppSpecExtras(
            Map<String, String> hooks,
            String networkConfiguration,
            String capacityProviderStrategy,
            String platformVersion) {
        this(hooks, networkConfiguration, capacityProviderStrategy, platformVersion, null, null);
    }

    public AppSpecExtras {
        // Sorted: equal extras are written alike, by every process.
        hooks = Collections.unmodifiableMap(new TreeMap<>(hooks == null ? Map.of() : hooks));
    }
}
