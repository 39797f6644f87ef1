package io.jenkins.plugins.ecscanary.localaws.ecs;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.ecscanary.localaws.wire.AwsError;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * On what tasks run: Fargate, by launch type or capacity provider, in a subnet.
 *
 * @param launchType {@code FARGATE} or null
 * @param capacityProviderStrategy null if there is a launch type
 */
record Launch(String launchType, JsonNode capacityProviderStrategy) {

    static final String FARGATE = "FARGATE";

    /** Fargate's for Linux, which is its latest. */
    static final String PLATFORM_VERSION = "1.4.0";

    /**
     * As asked for; without either the cluster's default strategy.
     *
     * @throws AwsError if both are given, or what is asked for is not Fargate
     */
    static Launch of(String launchType, JsonNode strategy, Cluster cluster) {
        if (launchType != null && Copies.given(strategy)) {
            throw new AwsError(
                    "InvalidParameterException",
                    "Specifying both a launch type and capacity provider strategy is not supported. Remove one and"
                            + " try again.");
        }
        JsonNode used =
                Copies.given(strategy) ? strategy : launchType == null ? cluster.defaultCapacityProviderStrategy : null;
        if (Copies.given(used)) {
            CapacityProviders.check(used, cluster);
            return new Launch(null, used);
        }
        if (!FARGATE.equals(launchType)) {
            throw AwsError.unsupported(
                    "the launch type " + (launchType == null ? "EC2 (the default)" : launchType) + "; only FARGATE");
        }
        return new Launch(launchType, null);
    }

    /** @throws AwsError if it is another than the one that tasks say they run on */
    static void checkPlatform(String version) {
        if (version != null && !version.equals("LATEST") && !version.equals(PLATFORM_VERSION)) {
            throw AwsError.unsupported("platformVersion " + version + "; only LATEST, which is " + PLATFORM_VERSION);
        }
    }

    /** A launch type lists are filtered by. */
    static void checkFilter(String launchType) {
        if (launchType != null
                && !List.of("EC2", FARGATE, "EXTERNAL", "MANAGED_INSTANCES").contains(launchType)) {
            throw Members.invalid("Invalid launchType '" + launchType + "'.");
        }
    }

    /** Of a first task. */
    String capacityProvider() {
        return CapacityProviders.next(capacityProviderStrategy, Map.of());
    }

    /** @throws AwsError in AWS's words if there is no subnet */
    static void checkNetwork(JsonNode networkConfiguration) {
        if (firstSubnet(networkConfiguration) == null) {
            throw new AwsError(
                    "InvalidParameterException",
                    "Network Configuration must be provided when networkMode 'awsvpc' is specified.");
        }
    }

    /** @return null if there is none */
    static String firstSubnet(JsonNode networkConfiguration) {
        JsonNode subnet = networkConfiguration == null
                ? null
                : networkConfiguration
                        .path("awsvpcConfiguration")
                        .path("subnets")
                        .get(0);
        return subnet == null ? null : subnet.asText();
    }

    static List<String> securityGroups(JsonNode networkConfiguration) {
        List<String> groups = new ArrayList<>();
        if (networkConfiguration != null) {
            networkConfiguration
                    .path("awsvpcConfiguration")
                    .path("securityGroups")
                    .forEach(group -> groups.add(group.asText()));
        }
        return groups;
    }
}
