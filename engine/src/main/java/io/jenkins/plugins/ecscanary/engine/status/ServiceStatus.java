package io.jenkins.plugins.ecscanary.engine.status;

import io.jenkins.plugins.ecscanary.engine.aws.Aws.AlarmSeen;
import io.jenkins.plugins.ecscanary.engine.model.ServiceKey;
import io.jenkins.plugins.ecscanary.engine.record.RecordSummary;
import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What is going on with a service at one moment: what AWS says, and what the records of this host know. Written as JSON by
 * {@code ecs-canary status --json}; every member is always present unless it says or null.
 *
 * @param at AWS's clock
 * @param state ECS's word for the service: {@code ACTIVE}, {@code DRAINING}, {@code INACTIVE}
 * @param controller {@code CODE_DEPLOY}, {@code ECS} or {@code EXTERNAL}
 * @param serving {@code family:revision} of the primary task set
 * @param targetGroups the CodeDeploy group's pair; empty if there is no such group
 * @param alarms the CodeDeploy group's
 * @param deployment the active one, else the last; null if there was none, or they can't be asked for
 * @param record the newest of this host, or null
 * @param becameOf what became of a promotion that was provisional, in words; else null
 * @param links into AWS's console, label to URL; empty for an AWS that has none
 * @param problems what is wrong now, in sentences
 * @param notes what is good to know, such as what could not be looked at
 */
public record ServiceStatus(
        ServiceKey service,
        Instant at,
        String state,
        String controller,
        int desired,
        String serving,
        List<TaskSet> taskSets,
        List<TargetGroup> targetGroups,
        List<AlarmSeen> alarms,
        Deployment deployment,
        RecordSummary record,
        String becameOf,
        Map<String, String> links,
        List<String> problems,
        List<String> notes) {

    public ServiceStatus {
        taskSets = List.copyOf(taskSets);
        targetGroups = List.copyOf(targetGroups);
        alarms = List.copyOf(alarms);
        links = Collections.unmodifiableMap(new LinkedHashMap<>(links));
        problems = List.copyOf(problems);
        notes = List.copyOf(notes);
    }

    /**
     * @param status {@code PRIMARY}, {@code ACTIVE} or {@code DRAINING}
     * @param taskDefinition {@code family:revision}
     * @param deploymentId of CodeDeploy, or null for the service's first
     * @param targetGroup by name, or null
     */
    public record TaskSet(
            String id,
            String status,
            String taskDefinition,
            String deploymentId,
            int desired,
            int running,
            int pending,
            String targetGroup) {}

    /**
     * @param weight percent of the production listener's requests
     * @param reasons why targets are not healthy, distinct
     */
    public record TargetGroup(String name, int weight, int healthy, int total, List<String> reasons) {
        public TargetGroup {
            reasons = List.copyOf(reasons);
        }
    }

    /**
     * @param status CodeDeploy's word
     * @param startedBy as the description tells, else CodeDeploy's word for who created it
     * @param endedAt null while it is active
     * @param error code and message, or null
     * @param rollbackId of the deployment that rolled it back, or null
     */
    public record Deployment(
            String id,
            String status,
            boolean active,
            String startedBy,
            Instant startedAt,
            Instant endedAt,
            String error,
            String rollbackId) {}
}
