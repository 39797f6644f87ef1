package io.jenkins.plugins.ecscanary.infra;

import io.jenkins.plugins.ecscanary.infra.settings.Settings;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import software.amazon.awscdk.services.iam.PolicyStatement;

/**
 * What a deployer needs: the deployment engine's calls and nothing else, each on what it is for. {@code ecs-canary iam} prints
 * the same policy and, with {@code --explain}, for each action the call that needs it; a test of either side compares with the
 * same file. Statement ids say what a statement is about, or why it is about everything.
 */
final class DeployerPolicy {

    private final Settings settings;
    private final String executionRole;
    private final String taskRole;
    private final String repository;
    private final boolean beforeTraffic;
    private final boolean retention;
    private final boolean taskLogs;

    /** All ARNs. */
    DeployerPolicy(Settings settings, String executionRole, String taskRole, String repository) {
        this.settings = settings;
        this.executionRole = executionRole;
        this.taskRole = taskRole;
        this.repository = repository;
        List<String> features = settings.access().features();
        beforeTraffic = features.contains("before-traffic");
        retention = features.contains("retention");
        taskLogs = features.contains("task-logs");
    }

    /** To deploy a new or an old revision, follow, promote and roll back, and to look at the service. */
    List<PolicyStatement> deploy() {
        List<PolicyStatement> all = new ArrayList<>();
        all.add(statement("AwsHasNoNarrowerResourceForThese", withoutResource(), List.of("*")));
        // Composite alarms, which the deployment group may have, are in the answer only then.
        all.add(statement(
                "CompositeAlarmsAreDescribedForAllOrNone", List.of("cloudwatch:DescribeAlarms"), List.of("*")));
        ecs(all);
        codeDeploy(all);
        all.add(statement(
                "LogGroupsOfTheRegion",
                // A prefix is asked for, which a group's own ARN does not cover.
                List.of("logs:DescribeLogGroups"),
                List.of(Arns.of("logs", "log-group:*"))));
        if (taskLogs || beforeTraffic) {
            all.add(statement(
                    "LogsOfTheTasks",
                    List.of("logs:GetLogEvents"),
                    List.of(Arns.of("logs", "log-group:" + settings.names().logGroup() + ":log-stream:*"))));
        }
        // A tag is replaced by the digest it has now.
        all.add(statement("ImageRepository", List.of("ecr:DescribeImages"), List.of(repository)));
        // Whoever registers a task definition hands its roles on to ECS.
        all.add(statement(
                "RolesPassedToTheTasks",
                List.of("iam:PassRole"),
                List.of(executionRole, taskRole),
                Map.of("StringEquals", Map.of("iam:PassedToService", "ecs-tasks.amazonaws.com"))));
        return all;
    }

    private List<String> withoutResource() {
        List<String> actions = new ArrayList<>(List.of(
                "cloudwatch:GetMetricData",
                "codedeploy:ContinueDeployment",
                "codedeploy:GetDeploymentTarget",
                "codedeploy:StopDeployment",
                "ecs:DescribeTaskDefinition",
                "elasticloadbalancing:DescribeListeners",
                "elasticloadbalancing:DescribeTargetGroups",
                "elasticloadbalancing:DescribeTargetHealth"));
        if (retention) {
            actions.addAll(List.of("ecs:DeregisterTaskDefinition", "ecs:ListTaskDefinitions"));
        }
        return actions;
    }

    private void ecs(List<PolicyStatement> all) {
        String cluster = settings.names().cluster();
        String revisions = Arns.of("ecs", "task-definition/" + settings.names().family() + ":*");
        Map<String, Object> inCluster =
                Map.of("ArnEquals", Map.of("ecs:cluster", Arns.of("ecs", "cluster/" + cluster)));
        all.add(statement(
                "Service",
                List.of("ecs:DescribeServices"),
                List.of(Arns.of(
                        "ecs", "service/" + cluster + "/" + settings.names().service()))));
        if (retention) {
            // A revision that another service of the cluster runs is not deregistered.
            all.add(statement(
                    "ServicesOfTheCluster",
                    List.of("ecs:DescribeServices"),
                    List.of(Arns.of("ecs", "service/" + cluster + "/*"))));
        }
        all.add(statement(
                "TasksOfTheCluster",
                beforeTraffic ? List.of("ecs:DescribeTasks", "ecs:StopTask") : List.of("ecs:DescribeTasks"),
                List.of(Arns.of("ecs", "task/" + cluster + "/*"))));
        // Its resource is a container instance, of which Fargate has none.
        all.add(statement(
                "ListingIsNarrowedByTheCluster",
                retention ? List.of("ecs:ListServices", "ecs:ListTasks") : List.of("ecs:ListTasks"),
                List.of("*"),
                inCluster));
        all.add(statement(
                "RevisionsOfTheFamily",
                retention
                        ? List.of("ecs:RegisterTaskDefinition", "ecs:TagResource")
                        : List.of("ecs:RegisterTaskDefinition"),
                List.of(revisions)));
        if (beforeTraffic) {
            all.add(statement(
                    "RevisionsThatAreRunInTheCluster", List.of("ecs:RunTask"), List.of(revisions), inCluster));
        }
    }

    private void codeDeploy(List<PolicyStatement> all) {
        String application = settings.names().application();
        all.add(statement(
                "Application",
                // CodeDeploy registers the AppSpec that a deployment comes with.
                List.of("codedeploy:RegisterApplicationRevision"),
                List.of(Arns.of("codedeploy", "application:" + application))));
        all.add(statement(
                "DeploymentGroup",
                List.of(
                        "codedeploy:BatchGetDeployments",
                        "codedeploy:CreateDeployment",
                        "codedeploy:GetDeploymentGroup",
                        "codedeploy:ListDeployments",
                        // Other alarms for one deployment count as changing the group.
                        "codedeploy:UpdateDeploymentGroup"),
                List.of(Arns.of(
                        "codedeploy",
                        "deploymentgroup:" + application + "/"
                                + settings.names().deploymentGroup()))));
        all.add(statement(
                "DeploymentConfig",
                List.of("codedeploy:GetDeploymentConfig"),
                List.of(Arns.of("codedeploy", "deploymentconfig:*"))));
    }

    /** To push what is to be deployed, and to tag what has been. */
    List<PolicyStatement> push() {
        return List.of(
                statement("AwsHasNoNarrowerResourceForThese", List.of("ecr:GetAuthorizationToken"), List.of("*")),
                statement(
                        "ImageRepository",
                        List.of(
                                "ecr:BatchCheckLayerAvailability",
                                "ecr:BatchGetImage",
                                "ecr:CompleteLayerUpload",
                                "ecr:InitiateLayerUpload",
                                "ecr:PutImage",
                                "ecr:UploadLayerPart"),
                        List.of(repository)));
    }

    private static PolicyStatement statement(String sid, List<String> actions, List<String> resources) {
        return statement(sid, actions, resources, null);
    }

    /** @param conditions null for none */
    private static PolicyStatement statement(
            String sid, List<String> actions, List<String> resources, Map<String, Object> conditions) {
        return PolicyStatement.Builder.create()
                .sid(sid)
                .actions(List.copyOf(new TreeSet<>(actions)))
                .resources(resources)
                .conditions(conditions)
                .build();
    }
}
