package io.jenkins.plugins.ecscanary.localaws.codedeploy;

import java.util.List;

/** A deployment group: one ECS service and how it is deployed to. Guarded by the world's lock. */
final class DeploymentGroup {

    final String id;
    String applicationName;
    String name;
    Settings settings;

    /** The deployment that runs, or null. */
    Deployment active;

    Deployment lastAttempted;
    Deployment lastSuccessful;

    DeploymentGroup(String applicationName, String name, String id, Settings settings) {
        this.applicationName = applicationName;
        this.name = name;
        this.id = id;
        this.settings = settings;
    }

    /** What the group was created with or updated to; a deployment keeps those it was started with. */
    record Settings(
            String serviceRoleArn,
            String deploymentConfigName,
            EcsService ecsService,
            LoadBalancerInfo loadBalancerInfo,
            BlueGreenDeploymentConfiguration blueGreen,
            AlarmConfiguration alarms,
            AutoRollbackConfiguration autoRollback,
            List<TriggerConfig> triggers) {
        Settings {
            triggers = triggers == null ? List.of() : List.copyOf(triggers);
        }
    }

    record EcsService(String serviceName, String clusterName) {}
}
