package io.jenkins.plugins.ecscanary.localaws.ecs;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.ecscanary.localaws.wire.AwsError;
import java.util.List;
import java.util.Map;

/**
 * Fargate's two capacity providers. Which one a task is on is told as AWS tells it, and that is all: a task on FARGATE_SPOT is
 * never taken away here.
 */
final class CapacityProviders {

    private static final List<String> FARGATE = List.of(Launch.FARGATE, "FARGATE_SPOT");

    private CapacityProviders() {}

    /** @throws AwsError if one is none of Fargate's, or Spot is not among the cluster's own */
    static void check(JsonNode strategy, Cluster cluster) {
        for (JsonNode item : strategy) {
            String provider = item.path("capacityProvider").asText();
            if (!FARGATE.contains(provider)) {
                throw AwsError.unsupported("the capacity provider " + provider + "; only " + FARGATE);
            }
            if (!provider.equals(Launch.FARGATE) && !cluster.capacityProviders.contains(provider)) {
                throw Members.invalid("The specified capacity provider strategy cannot contain a capacity provider that"
                        + " is not associated with the cluster. Associate the capacity provider with the cluster and"
                        + " try again.");
            }
        }
    }

    /**
     * Where the next task goes: first as many as a base says, then by weight.
     *
     * @param strategy null where there is a launch type
     * @param there how many tasks are on each
     * @return null where there is a launch type
     */
    static String next(JsonNode strategy, Map<String, Long> there) {
        if (strategy == null) {
            return null;
        }
        String chosen = strategy.path(0).path("capacityProvider").asText(Launch.FARGATE);
        double least = Double.MAX_VALUE;
        for (JsonNode item : strategy) {
            String provider = item.path("capacityProvider").asText();
            long beyond = there.getOrDefault(provider, 0L) - item.path("base").asLong();
            if (beyond < 0) {
                return provider;
            }
            int weight = item.path("weight").asInt();
            if (weight > 0 && (beyond + 1.0) / weight < least) {
                least = (beyond + 1.0) / weight;
                chosen = provider;
            }
        }
        return chosen;
    }
}
