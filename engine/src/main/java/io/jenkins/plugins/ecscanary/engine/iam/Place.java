package io.jenkins.plugins.ecscanary.engine.iam;

import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * What an action is allowed on, as narrow as AWS has it (its Service Authorization Reference). A statement id says what it is,
 * or why it is everything: a policy has no other room for a comment.
 */
enum Place {
    NO_NARROWER("AwsHasNoNarrowerResourceForThese", scope -> List.of("*")),
    /** Only with this scope does AWS answer with composite alarms, which a group may have. */
    ALL_ALARMS("CompositeAlarmsAreDescribedForAllOrNone", scope -> List.of("*")),
    SERVICE("Service", scope -> List.of(scope.arn("ecs", "service/" + scope.cluster() + "/" + scope.service()))),
    SERVICES("ServicesOfTheCluster", scope -> List.of(scope.arn("ecs", "service/" + scope.cluster() + "/*"))),
    TASKS("TasksOfTheCluster", scope -> List.of(scope.arn("ecs", "task/" + scope.cluster() + "/*"))),
    /** Listing has container instances as its resource, of which Fargate has none; the cluster is a condition. */
    CLUSTER("ListingIsNarrowedByTheCluster", scope -> List.of("*"), Place::ofTheCluster),
    REVISIONS("RevisionsOfTheFamily", Place::revisions),
    /** Where a task runs is a condition: the resource is what runs. */
    REVISIONS_IN_CLUSTER("RevisionsThatAreRunInTheCluster", Place::revisions, Place::ofTheCluster),
    APPLICATION(
            "Application",
            scope -> List.of(
                    scope.arn("codedeploy", "application:" + scope.codeDeploy().application()))),
    GROUP(
            "DeploymentGroup",
            scope -> List.of(scope.arn(
                    "codedeploy",
                    "deploymentgroup:" + scope.codeDeploy().application() + "/"
                            + scope.codeDeploy().group()))),
    CONFIG(
            "DeploymentConfig",
            scope -> List.of(scope.arn(
                    "codedeploy",
                    "deploymentconfig:"
                            + (scope.codeDeploy().config() == null
                                    ? "*"
                                    : scope.codeDeploy().config())))),
    OWN_ALARMS(
            "SuccessRateAlarms",
            scope -> List.of(scope.arn("cloudwatch", "alarm:" + scope.service() + "-*-success-rate"))),
    /** Asked by a prefix, which a group's own name does not cover. */
    LOG_GROUPS("LogGroupsOfTheRegion", scope -> List.of(scope.arn("logs", "log-group:*"))),
    LOG_STREAMS("LogsOfTheTasks", Scope::logStreams),
    REPOSITORY("ImageRepository", Scope::repositories),
    TASK_ROLES(
            "RolesPassedToTheTasks",
            Scope::taskRoles,
            scope -> Map.of("StringEquals", Map.of("iam:PassedToService", "ecs-tasks.amazonaws.com"))),
    ROLE(
            "RoleToAssume",
            scope -> scope.role() == null ? List.of() : List.of(scope.role().arn()));

    private final String sid;
    private final Function<Scope, List<String>> resources;
    private final Function<Scope, Map<String, Map<String, String>>> condition;

    Place(String sid, Function<Scope, List<String>> resources) {
        this(sid, resources, scope -> Map.of());
    }

    Place(
            String sid,
            Function<Scope, List<String>> resources,
            Function<Scope, Map<String, Map<String, String>>> condition) {
        this.sid = sid;
        this.resources = resources;
        this.condition = condition;
    }

    private static List<String> revisions(Scope scope) {
        return List.of(scope.arn("ecs", "task-definition/" + scope.family() + ":*"));
    }

    private static Map<String, Map<String, String>> ofTheCluster(Scope scope) {
        return Map.of("ArnEquals", Map.of("ecs:cluster", scope.arn("ecs", "cluster/" + scope.cluster())));
    }

    String sid() {
        return sid;
    }

    /** Empty where there is no such thing. */
    List<String> resources(Scope scope) {
        return resources.apply(scope);
    }

    /** Operator to key to value; empty for none. */
    Map<String, Map<String, String>> condition(Scope scope) {
        return condition.apply(scope);
    }
}
