package io.jenkins.plugins.ecscanary.localaws.codedeploy;

import static io.jenkins.plugins.ecscanary.localaws.codedeploy.AppSpec.invalid;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.ecscanary.localaws.ecs.ServiceControl;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Where an AppSpec wants the replacement task set's tasks. On one machine it is checked and shown, no more. Limits: ECS's for
 * task sets.
 *
 * @param networkConfiguration null for the service's own, as for the others
 */
record AppSpecPlacement(
        NetworkConfiguration networkConfiguration,
        List<CapacityProvider> capacityProviderStrategy,
        String platformVersion) {

    private static final Pattern PLATFORM_VERSION = Pattern.compile("LATEST|[0-9]+\\.[0-9]+\\.[0-9]+");

    static final AppSpecPlacement AS_THE_SERVICE = new AppSpecPlacement(null, null, null);

    AppSpecPlacement {
        capacityProviderStrategy = capacityProviderStrategy == null || capacityProviderStrategy.isEmpty()
                ? null
                : List.copyOf(capacityProviderStrategy);
        if (platformVersion != null
                && !PLATFORM_VERSION.matcher(platformVersion).matches()) {
            throw invalid("PlatformVersion " + platformVersion + " is neither LATEST nor one such as 1.4.0");
        }
        if (capacityProviderStrategy != null) {
            if (capacityProviderStrategy.stream().filter(p -> p.baseOr0() > 0).count() > 1) {
                throw invalid("only one of CapacityProviderStrategy may have a Base");
            }
            if (capacityProviderStrategy.size() > 1
                    && capacityProviderStrategy.stream().allMatch(p -> p.weightOr0() == 0)) {
                throw invalid("one of several in CapacityProviderStrategy needs a Weight above 0");
            }
        }
    }

    ServiceControl.Placement toEcs() {
        return new ServiceControl.Placement(
                networkConfiguration == null ? null : networkConfiguration.toEcs(), strategy(), platformVersion);
    }

    private ArrayNode strategy() {
        if (capacityProviderStrategy == null) {
            return null;
        }
        ArrayNode strategy = JsonNodeFactory.instance.arrayNode();
        capacityProviderStrategy.forEach(provider -> strategy.addObject()
                .put("capacityProvider", provider.capacityProvider)
                .put("weight", provider.weightOr0())
                .put("base", provider.baseOr0()));
        return strategy;
    }

    record NetworkConfiguration(AwsvpcConfiguration awsvpcConfiguration) {
        NetworkConfiguration {
            if (awsvpcConfiguration == null) {
                throw invalid("NetworkConfiguration needs AwsvpcConfiguration");
            }
        }

        private ObjectNode toEcs() {
            ObjectNode network = JsonNodeFactory.instance.objectNode();
            ObjectNode vpc = network.putObject("awsvpcConfiguration");
            awsvpcConfiguration.subnets.forEach(vpc.putArray("subnets")::add);
            awsvpcConfiguration.securityGroups.forEach(vpc.putArray("securityGroups")::add);
            vpc.put("assignPublicIp", awsvpcConfiguration.assignPublicIp);
            return network;
        }
    }

    record AwsvpcConfiguration(List<String> subnets, List<String> securityGroups, String assignPublicIp) {

        private static final int MOST_SUBNETS = 16;
        private static final int MOST_SECURITY_GROUPS = 5;

        AwsvpcConfiguration {
            subnets = subnets == null ? List.of() : List.copyOf(subnets);
            securityGroups = securityGroups == null ? List.of() : List.copyOf(securityGroups);
            assignPublicIp = assignPublicIp == null ? "DISABLED" : assignPublicIp;
            if (subnets.isEmpty() || subnets.size() > MOST_SUBNETS) {
                throw invalid("Subnets must be 1 to " + MOST_SUBNETS + ", not " + subnets.size());
            }
            if (securityGroups.size() > MOST_SECURITY_GROUPS) {
                throw invalid(
                        "SecurityGroups must be at most " + MOST_SECURITY_GROUPS + ", not " + securityGroups.size());
            }
            if (!Set.of("ENABLED", "DISABLED").contains(assignPublicIp)) {
                throw invalid("AssignPublicIp " + assignPublicIp + " is neither ENABLED nor DISABLED");
            }
        }
    }

    record CapacityProvider(Integer base, String capacityProvider, Integer weight) {
        CapacityProvider {
            if (capacityProvider == null || capacityProvider.isBlank()) {
                throw invalid("one of CapacityProviderStrategy lacks its CapacityProvider");
            }
            if (base != null && (base < 0 || base > 100_000)) {
                throw invalid("Base must be between 0 and 100000: " + base);
            }
            if (weight != null && (weight < 0 || weight > 1000)) {
                throw invalid("Weight must be between 0 and 1000: " + weight);
            }
        }

        private int baseOr0() {
            return base == null ? 0 : base;
        }

        private int weightOr0() {
            return weight == null ? 0 : weight;
        }
    }
}
