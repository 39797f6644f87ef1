package io.jenkins.plugins.ecscanary.engine.iam;

import static io.jenkins.plugins.ecscanary.engine.iam.Permission.called;
import static io.jenkins.plugins.ecscanary.engine.iam.Permission.implied;

import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/** Every permission the engine ever needs, each with the call that needs it. A test compares it with the calls. */
public final class Permissions {

    /** AWS answers them to every identity: a policy that names them says nothing. */
    static final Set<String> FREE_CALLS = Set.of("identity");

    private static final EnumSet<Feature> STARTING = EnumSet.of(Feature.DEPLOY, Feature.REDEPLOY);
    private static final EnumSet<Feature> FOLLOWING = EnumSet.of(Feature.DEPLOY, Feature.REDEPLOY, Feature.WATCH);
    private static final EnumSet<Feature> STOPPING =
            EnumSet.of(Feature.DEPLOY, Feature.REDEPLOY, Feature.WATCH, Feature.ROLL_BACK);

    /** In no order that matters. */
    public static final List<Permission> ALL = List.of(
            called("ecs:DescribeServices", Place.SERVICE, "service", with(STARTING, Feature.INSPECT)),
            called(
                    "ecs:DescribeTaskDefinition",
                    Place.NO_NARROWER,
                    "taskDefinition",
                    with(STARTING, Feature.BEFORE_TRAFFIC, Feature.INSPECT)),
            called("ecs:RegisterTaskDefinition", Place.REVISIONS, "registerTaskDefinition", only(Feature.DEPLOY)),
            implied(
                    "iam:PassRole",
                    Place.TASK_ROLES,
                    "registerTaskDefinition",
                    "the task definition gives its roles to the tasks",
                    only(Feature.DEPLOY)),
            implied(
                    "ecs:TagResource",
                    Place.REVISIONS,
                    "registerTaskDefinition",
                    "the revision is tagged as ours; without it it is registered untagged and stays",
                    only(Feature.RETENTION)),
            called(
                    "ecs:DescribeTaskDefinition",
                    Place.NO_NARROWER,
                    "taskDefinitionJson",
                    with(STARTING, Feature.INSPECT)),
            called("ecs:DescribeTaskDefinition", Place.NO_NARROWER, "taskDefinitionTags", only(Feature.RETENTION)),
            called("ecs:ListTaskDefinitions", Place.NO_NARROWER, "activeRevisions", only(Feature.RETENTION)),
            called("ecs:ListServices", Place.CLUSTER, "taskDefinitionsInUse", only(Feature.RETENTION)),
            called("ecs:DescribeServices", Place.SERVICES, "taskDefinitionsInUse", only(Feature.RETENTION)),
            called(
                    "ecs:DeregisterTaskDefinition",
                    Place.NO_NARROWER,
                    "deregisterTaskDefinition",
                    only(Feature.RETENTION)),
            called("logs:DescribeLogGroups", Place.LOG_GROUPS, "logGroupExists", only(Feature.INSPECT)),
            called("ecs:ListTasks", Place.CLUSTER, "stoppedTasks", FOLLOWING),
            called("ecs:DescribeTasks", Place.TASKS, "stoppedTasks", FOLLOWING),
            called("codedeploy:GetDeploymentGroup", Place.GROUP, "deploymentGroup", with(FOLLOWING, Feature.INSPECT)),
            called(
                    "codedeploy:GetDeploymentConfig",
                    Place.CONFIG,
                    "deploymentConfig",
                    with(FOLLOWING, Feature.INSPECT)),
            called("codedeploy:ListDeployments", Place.GROUP, "listDeployments", with(FOLLOWING, Feature.INSPECT)),
            called("codedeploy:BatchGetDeployments", Place.GROUP, "deployments", with(STOPPING, Feature.INSPECT)),
            called("codedeploy:GetDeploymentTarget", Place.NO_NARROWER, "deploymentTarget", FOLLOWING),
            called("codedeploy:CreateDeployment", Place.GROUP, "createDeployment", STARTING),
            implied(
                    "codedeploy:RegisterApplicationRevision",
                    Place.APPLICATION,
                    "createDeployment",
                    "CodeDeploy registers the AppSpec that a deployment comes with",
                    STARTING),
            implied(
                    "codedeploy:GetDeploymentConfig",
                    Place.CONFIG,
                    "createDeployment",
                    "the deployment config is read for its creator",
                    STARTING),
            implied(
                    "codedeploy:UpdateDeploymentGroup",
                    Place.GROUP,
                    "createDeployment",
                    "overriding a group's alarms for one deployment counts as changing the group",
                    only(Feature.OVERRIDE_ALARMS)),
            called("codedeploy:StopDeployment", Place.NO_NARROWER, "stopAndRollBack", STOPPING),
            called("codedeploy:ContinueDeployment", Place.NO_NARROWER, "continueDeployment", only(Feature.PROMOTE)),
            called("ecs:DescribeServices", Place.SERVICE, "runTask", only(Feature.BEFORE_TRAFFIC)),
            called("ecs:RunTask", Place.REVISIONS_IN_CLUSTER, "runTask", only(Feature.BEFORE_TRAFFIC)),
            implied(
                    "iam:PassRole",
                    Place.TASK_ROLES,
                    "runTask",
                    "whoever runs a task gives it its roles",
                    only(Feature.BEFORE_TRAFFIC)),
            called("ecs:ListTasks", Place.CLUSTER, "tasksStartedBy", only(Feature.BEFORE_TRAFFIC)),
            called("ecs:DescribeTasks", Place.TASKS, "tasksStartedBy", only(Feature.BEFORE_TRAFFIC)),
            called("ecs:DescribeTasks", Place.TASKS, "taskRun", only(Feature.BEFORE_TRAFFIC)),
            called("ecs:StopTask", Place.TASKS, "stopTask", only(Feature.BEFORE_TRAFFIC)),
            called(
                    "elasticloadbalancing:DescribeListeners",
                    Place.NO_NARROWER,
                    "listeners",
                    with(FOLLOWING, Feature.INSPECT)),
            called(
                    "elasticloadbalancing:DescribeTargetGroups",
                    Place.NO_NARROWER,
                    "targetGroups",
                    with(STARTING, Feature.INSPECT)),
            called(
                    "elasticloadbalancing:DescribeTargetHealth",
                    Place.NO_NARROWER,
                    "targetHealth",
                    with(FOLLOWING, Feature.INSPECT)),
            called("cloudwatch:DescribeAlarms", Place.ALL_ALARMS, "alarms", with(FOLLOWING, Feature.INSPECT)),
            called("cloudwatch:GetMetricData", Place.NO_NARROWER, "metrics", FOLLOWING),
            called("cloudwatch:DescribeAlarms", Place.ALL_ALARMS, "alarmDifferences", only(Feature.CREATE_ALARMS)),
            called("cloudwatch:PutMetricAlarm", Place.OWN_ALARMS, "createAlarm", only(Feature.CREATE_ALARMS)),
            implied(
                    "cloudwatch:TagResource",
                    Place.OWN_ALARMS,
                    "createAlarm",
                    "the alarm is tagged with who made it",
                    only(Feature.CREATE_ALARMS)),
            called("ecs:DescribeTaskDefinition", Place.NO_NARROWER, "containerLogs", only(Feature.TASK_LOGS)),
            called(
                    "logs:GetLogEvents",
                    Place.LOG_STREAMS,
                    "logTail",
                    EnumSet.of(Feature.TASK_LOGS, Feature.BEFORE_TRAFFIC)),
            called(
                    "ecr:DescribeImages",
                    Place.REPOSITORY,
                    "imageDigest",
                    EnumSet.of(Feature.IMAGE_CHECKS, Feature.REQUIRE_SCAN)),
            called("ecr:BatchGetImage", Place.REPOSITORY, "imageManifest", only(Feature.REQUIRE_SCAN)),
            implied(
                    "sts:AssumeRole",
                    Place.ROLE,
                    null,
                    "every call is made with the role's keys",
                    only(Feature.ASSUME_ROLE)));

    private Permissions() {}

    /** What any of the features needs. */
    public static List<Permission> of(Set<Feature> features) {
        return ALL.stream()
                .filter(permission -> permission.features().stream().anyMatch(features::contains))
                .toList();
    }

    private static EnumSet<Feature> with(EnumSet<Feature> features, Feature... others) {
        EnumSet<Feature> all = EnumSet.copyOf(features);
        all.addAll(List.of(others));
        return all;
    }

    private static EnumSet<Feature> only(Feature feature) {
        return EnumSet.of(feature);
    }
}
