package io.jenkins.plugins.ecscanary.localaws.codedeploy;

import io.jenkins.plugins.ecscanary.localaws.wire.AwsError;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The deployment configurations by name: the predefined ones and the account's own. Guarded by the world's lock. */
final class DeploymentConfigs {

    /** AWS's quota of own configurations in an account. */
    private static final int MOST = 200;

    private final Map<String, DeploymentConfig> byName = new LinkedHashMap<>();

    DeploymentConfigs() {
        DeploymentConfig.PREDEFINED.forEach(config -> byName.put(config.name(), config));
    }

    /** @throws AwsError DeploymentConfigNameRequiredException, InvalidDeploymentConfigNameException or, if there is none of
     *     this name, DeploymentConfigDoesNotExistException */
    DeploymentConfig named(String name) {
        Names.require(name, "DeploymentConfig");
        DeploymentConfig config = byName.get(name);
        if (config == null) {
            throw new AwsError(
                    "DeploymentConfigDoesNotExistException", "No deployment configuration found for name: " + name);
        }
        return config;
    }

    /** @throws AwsError DeploymentConfigAlreadyExistsException, DeploymentConfigLimitExceededException */
    void add(DeploymentConfig config) {
        if (byName.containsKey(config.name())) {
            throw new AwsError(
                    "DeploymentConfigAlreadyExistsException",
                    "Deployment configuration already exists: " + config.name());
        }
        if (own().size() == MOST) {
            throw new AwsError(
                    "DeploymentConfigLimitExceededException",
                    "The maximum number of deployment configurations (" + MOST + ") was reached");
        }
        byName.put(config.name(), config);
    }

    boolean remove(String name) {
        return byName.remove(name) != null;
    }

    List<String> names() {
        return List.copyOf(byName.keySet());
    }

    List<DeploymentConfig> own() {
        return byName.values().stream()
                .filter(config -> !DeploymentConfig.PREDEFINED.contains(config))
                .toList();
    }
}
