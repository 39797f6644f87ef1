package io.jenkins.plugins.ecscanary.engine.model;

import java.util.Objects;

/**
 * Where CodeDeploy finds the service.
 *
 * @param application the application's name
 * @param group the deployment group's name
 * @param config the deployment config's name, or null for the group's own
 */
public record CodeDeployGroup(String application, String group, String config) {
    public CodeDeployGroup {
        Objects.requireNonNull(application, "application");
        Objects.requireNonNull(group, "group");
    }
}
