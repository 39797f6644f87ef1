package io.jenkins.plugins.ecscanary.engine.aws;

import io.jenkins.plugins.ecscanary.engine.model.AppSpecExtras;
import io.jenkins.plugins.ecscanary.engine.model.CodeDeployGroup;
import io.jenkins.plugins.ecscanary.engine.model.TrafficPlan;
import io.jenkins.plugins.ecscanary.engine.model.Wait;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/** The part of {@link Aws} that is CodeDeploy's; what is said there holds here. */
public interface AwsCodeDeploy {

    /** codedeploy:GetDeploymentGroup. */
    Optional<GroupSeen> deploymentGroup(CodeDeployGroup group);

    /** codedeploy:GetDeploymentConfig. */
    Optional<ConfigSeen> deploymentConfig(String name);

    /**
     * codedeploy:ListDeployments: ids of the group's deployments created since {@code from}, newest first, whatever
     * their status (a status filter can miss one that has just changed). None where there is no such group: that is refused
     * where a deployment is to be made, and nothing is under way in it.
     *
     * @param most how many are wanted; a group can have thousands, a call for each hundred or so
     */
    List<String> listDeployments(CodeDeployGroup group, Instant from, int most);

    /** codedeploy:BatchGetDeployments, at most 25; an unknown id is left out. */
    List<DeploymentSeen> deployments(List<String> ids);

    /** codedeploy:GetDeploymentTarget for the ECS target {@code <cluster>:<service>}; empty while it has none. */
    Optional<TargetSeen> deploymentTarget(String deploymentId, String cluster, String service);

    /** codedeploy:CreateDeployment, never retried by itself; answers the deployment's id. */
    String createDeployment(NewDeployment deployment);

    /** codedeploy:StopDeployment with automatic rollback; harmless when it has already ended. */
    void stopAndRollBack(String deploymentId);

    /**
     * codedeploy:ContinueDeployment: ends a wait; harmless when the deployment has completed. A deployment that does not wait
     * (yet, or any more) is a failure of kind STATE.
     */
    void continueDeployment(String deploymentId, Wait wait);

    /**
     * @param targetGroups the pair's names
     * @param autoRollback the events, empty when disabled
     * @param alarms names, empty when disabled
     * @param readyWait how long a deployment waits, before the shift, for someone to continue it, or it is stopped; zero where
     *     it goes on by itself
     */
    record GroupSeen(
            String computePlatform,
            String cluster,
            String service,
            String config,
            List<String> targetGroups,
            String prodListenerArn,
            String testListenerArn,
            List<String> autoRollback,
            List<String> alarms,
            Duration terminationWait,
            Duration readyWait) {
        public GroupSeen {
            if (Objects.requireNonNull(computePlatform, "computePlatform").equals("ECS")) {
                Objects.requireNonNull(config, "config");
            }
            targetGroups = List.copyOf(targetGroups);
            autoRollback = List.copyOf(autoRollback);
            alarms = List.copyOf(alarms);
        }
    }

    record ConfigSeen(String name, TrafficPlan traffic) {
        public ConfigSeen {
            Objects.requireNonNull(name, "name");
        }
    }

    /**
     * @param status AWS's word: Created, Queued, InProgress, Baking, Succeeded, Failed, Stopped, Ready
     * @param rollbackDeploymentId of the rollback this one caused, or null
     */
    record DeploymentSeen(
            String id,
            CodeDeployGroup group,
            String status,
            String description,
            String creator,
            Instant createdAt,
            Instant completedAt,
            String errorCode,
            String errorMessage,
            String rollbackDeploymentId,
            String rollbackMessage) {
        public DeploymentSeen {
            Objects.requireNonNull(id, "id");
            Objects.requireNonNull(status, "status");
        }
    }

    record TargetSeen(String status, List<LifecycleSeen> lifecycle, List<TargetTaskSetSeen> taskSets) {
        public TargetSeen {
            Objects.requireNonNull(status, "status");
            lifecycle = List.copyOf(lifecycle);
            taskSets = List.copyOf(taskSets);
        }
    }

    record LifecycleSeen(String name, String status, Instant startedAt, Instant endedAt, String message) {
        public LifecycleSeen {
            Objects.requireNonNull(name, "name");
            Objects.requireNonNull(status, "status");
        }
    }

    /** @param label {@code Blue} or {@code Green} */
    record TargetTaskSetSeen(
            String id,
            String label,
            String status,
            double trafficWeight,
            int desired,
            int running,
            int pending,
            String targetGroup) {
        public TargetTaskSetSeen {
            Objects.requireNonNull(id, "id");
        }
    }

    /**
     * @param taskDefinitionArn the revision
     * @param description at most 256 characters, holds the token
     * @param alarms names that replace the group's for this deployment, or null to leave the group's alone
     * @param appSpec what its AppSpec says beyond that
     */
    record NewDeployment(
            CodeDeployGroup group,
            String taskDefinitionArn,
            String containerName,
            int containerPort,
            String description,
            List<String> alarms,
            AppSpecExtras appSpec) {

        public NewDeployment(
                CodeDeployGroup group,
                String taskDefinitionArn,
                String containerName,
                int containerPort,
                String description,
                List<String> alarms) {
            this(group, taskDefinitionArn, containerName, containerPort, description, alarms, AppSpecExtras.NONE);
        }

        public NewDeployment {
            alarms = alarms == null ? null : List.copyOf(alarms);
        }
    }
}
