package io.jenkins.plugins.ecscanary.infra;

import io.jenkins.plugins.ecscanary.infra.settings.Settings;
import java.util.List;
import java.util.Map;
import software.amazon.awscdk.services.iam.PolicyStatement;

/**
 * What a deployer needs where ECS itself deploys: to register a task definition, to hand it to the one service, to follow, continue
 * or end what comes of it. The deployment engine, whose calls {@link DeployerPolicy} has, does not deploy such a service. Resources
 * are those of AWS's service authorization reference; to describe or stop a deployment needs the service's too.
 */
final class EcsDeployerPolicy {

    private final Settings settings;
    private final List<String> roles;
    private final String repository;

    /** All ARNs. */
    EcsDeployerPolicy(Settings settings, List<String> roles, String repository) {
        this.settings = settings;
        this.roles = List.copyOf(roles);
        this.repository = repository;
    }

    List<PolicyStatement> deploy() {
        String cluster = settings.names().cluster();
        String name = cluster + "/" + settings.names().service();
        String service = Arns.of("ecs", "service/" + name);
        return List.of(
                allow("AwsHasNoNarrowerResourceForThese", List.of("ecs:DescribeTaskDefinition"), "*"),
                allow(
                        "RevisionsOfTheFamily",
                        List.of("ecs:RegisterTaskDefinition"),
                        Arns.of("ecs", "task-definition/" + settings.names().family() + ":*")),
                // The update of the service is what deploys, by the service's own strategy.
                allow(
                        "Service",
                        List.of("ecs:DescribeServices", "ecs:ListServiceDeployments", "ecs:UpdateService"),
                        service),
                // Continuing is for the pauses that the service has; stopping is how one rolls back by hand.
                allow(
                        "DeploymentsOfTheService",
                        List.of(
                                "ecs:ContinueServiceDeployment",
                                "ecs:DescribeServiceDeployments",
                                "ecs:StopServiceDeployment"),
                        service,
                        Arns.of("ecs", "service-deployment/" + name + "/*")),
                allow(
                        "RevisionsOfTheService",
                        List.of("ecs:DescribeServiceRevisions"),
                        service,
                        Arns.of("ecs", "service-revision/" + name + "/*")),
                allow("TasksOfTheCluster", List.of("ecs:DescribeTasks"), Arns.of("ecs", "task/" + cluster + "/*")),
                // Its resource is a container instance, of which Fargate has none.
                PolicyStatement.Builder.create()
                        .sid("ListingIsNarrowedByTheCluster")
                        .actions(List.of("ecs:ListTasks"))
                        .resources(List.of("*"))
                        .conditions(Map.of("ArnEquals", Map.of("ecs:cluster", Arns.of("ecs", "cluster/" + cluster))))
                        .build(),
                allow("ImageRepository", List.of("ecr:DescribeImages"), repository),
                // Whoever registers a task definition hands its roles on to ECS.
                PolicyStatement.Builder.create()
                        .sid("RolesPassedToTheTasks")
                        .actions(List.of("iam:PassRole"))
                        .resources(roles)
                        .conditions(Map.of("StringEquals", Map.of("iam:PassedToService", "ecs-tasks.amazonaws.com")))
                        .build());
    }

    private static PolicyStatement allow(String sid, List<String> actions, String... resources) {
        return PolicyStatement.Builder.create()
                .sid(sid)
                .actions(actions)
                .resources(List.of(resources))
                .build();
    }
}
