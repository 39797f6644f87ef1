package io.jenkins.plugins.ecscanary.jenkins.step;

import io.jenkins.plugins.ecscanary.engine.model.CodeDeployGroup;
import io.jenkins.plugins.ecscanary.engine.model.Criterion;
import io.jenkins.plugins.ecscanary.engine.model.DeploymentOptions;
import io.jenkins.plugins.ecscanary.engine.model.DeploymentRequest;
import io.jenkins.plugins.ecscanary.engine.model.TrafficPlan;
import io.jenkins.plugins.ecscanary.engine.model.WaitFor;
import io.jenkins.plugins.ecscanary.engine.taskdef.TaskDefinitionTemplate;
import io.jenkins.plugins.ecscanary.engine.taskdef.TemplateValue;
import io.jenkins.plugins.ecscanary.engine.text.TimeSpan;
import io.jenkins.plugins.ecscanary.jenkins.redeploy.RecordedRevision;
import io.jenkins.plugins.ecscanary.jenkins.scan.RequiredScan;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** A step's parameters as a request. Pure: what can be wrong with them is found here, before anything is touched. */
final class Wanted {

    private Wanted() {}

    /**
     * @param startedBy who asks, for people
     * @throws IllegalArgumentException saying which parameter is wrong, and how it should be
     */
    static DeploymentRequest request(EcsCanaryDeployStep step, String startedBy) {
        require(step.getRegion(), "region", Messages.Wanted_Region());
        require(step.getCluster(), "cluster", Messages.Wanted_Cluster());
        require(step.getService(), "service", Messages.Wanted_Service());
        RecordedRevision recorded = step.recorded();
        if (recorded != null) {
            recorded.requireService(step.getRegion(), step.getCluster(), step.getService());
        }
        return new DeploymentRequest(
                step.getCluster(),
                step.getService(),
                recorded == null ? source(step) : recorded.source(),
                codeDeploy(step),
                traffic(step),
                step.getSuccessRate() == null
                        ? Criterion.REFERENCE
                        : step.getSuccessRate().criterion(),
                step.getAlarms(),
                milestones(step),
                TimeSpan.parse(step.getTimeout()),
                startedBy,
                recorded == null ? "deploy" : "redeploy",
                recorded == null ? null : recorded.recordId(),
                DeploymentOptions.DEFAULT
                        .withWaitFor(Choice.of(WaitFor.class, "waitFor", step.getWaitFor()))
                        .withCreateAlarms(step.isCreateAlarms())
                        .withTaskLogs(step.isTaskLogs())
                        .withRequireScan(RequiredScan.requirement(step.requiredScan())));
    }

    private static void require(String value, String parameter, String what) {
        if (value == null) {
            throw new IllegalArgumentException(Messages.Wanted_Missing(parameter, what));
        }
    }

    private static DeploymentRequest.Source source(EcsCanaryDeployStep step) {
        if (step.getTaskDefinitionArn() != null) {
            if (step.getImage() != null || step.getTaskDefinition() != null) {
                throw new IllegalArgumentException(Messages.Wanted_BothSources());
            }
            return new DeploymentRequest.Registered(step.getTaskDefinitionArn(), null, step.getContainer());
        }
        if (step.getImage() == null || step.getTaskDefinition() == null) {
            throw new IllegalArgumentException(Messages.Wanted_NoSource());
        }
        Map<String, TemplateValue> values = new TreeMap<>();
        step.getTemplateValues()
                .forEach((name, value) -> values.put(name, new TemplateValue(value, "templateValues." + name)));
        values.put("IMAGE", new TemplateValue(step.getImage(), "image"));
        String json = TaskDefinitionTemplate.parse("taskDefinition", step.getTaskDefinition())
                .fill(values);
        return new DeploymentRequest.Rendered(json, step.getImage(), step.getContainer());
    }

    /** Where nothing is said, the names that {@code aws ecs deploy} expects. */
    private static CodeDeployGroup codeDeploy(EcsCanaryDeployStep step) {
        CodeDeploySettings given = step.getCodeDeploy() == null ? new CodeDeploySettings() : step.getCodeDeploy();
        String place = step.getCluster() + "-" + step.getService();
        return new CodeDeployGroup(
                given.getApplication() == null ? "AppECS-" + place : given.getApplication(),
                given.getGroup() == null ? "DgpECS-" + place : given.getGroup(),
                given.getConfig());
    }

    private static TrafficPlan traffic(EcsCanaryDeployStep step) {
        return step.getTraffic() == null ? null : step.getTraffic().plan();
    }

    private static List<Integer> milestones(EcsCanaryDeployStep step) {
        requireMilestones(step.getMilestones());
        return step.getMilestones();
    }

    /** @throws IllegalArgumentException saying which can be none */
    static void requireMilestones(List<Integer> milestones) {
        milestones.stream()
                .filter(weight -> weight < 1 || weight > 100)
                .findFirst()
                .ifPresent(weight -> {
                    throw new IllegalArgumentException(Messages.Wanted_BadMilestone(weight));
                });
    }
}
