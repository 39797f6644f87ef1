package io.jenkins.plugins.ecscanary.localaws.ecs;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.ecscanary.localaws.ecs.ServiceOperations.LoadBalancer;

/**
 * What the tasks of one task set or deployment are: a change of any of it takes new tasks.
 *
 * @param loadBalancer null if the service has none
 * @param capacityProviderStrategy null if there is a launch type
 */
record ServiceRevision(
        TaskDefinition definition,
        LoadBalancer loadBalancer,
        JsonNode networkConfiguration,
        String launchType,
        JsonNode capacityProviderStrategy,
        String platformVersion) {

    ServiceRevision {
        networkConfiguration = Copies.orNull(networkConfiguration);
        capacityProviderStrategy = Copies.orNull(capacityProviderStrategy);
    }

    ServiceRevision with(TaskDefinition other, LoadBalancer balancer) {
        return new ServiceRevision(
                other, balancer, networkConfiguration, launchType, capacityProviderStrategy, platformVersion);
    }

    /** The same, but where a deployment says so. A strategy takes the place of a launch type. */
    ServiceRevision placed(ServiceControl.Placement placement) {
        boolean strategy = placement.capacityProviderStrategy() != null;
        return new ServiceRevision(
                definition,
                loadBalancer,
                placement.networkConfiguration() == null ? networkConfiguration : placement.networkConfiguration(),
                strategy ? null : launchType,
                strategy ? placement.capacityProviderStrategy() : capacityProviderStrategy,
                placement.platformVersion() == null ? platformVersion : placement.platformVersion());
    }
}
