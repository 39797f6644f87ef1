package io.jenkins.plugins.ecscanary.infra;

import io.jenkins.plugins.ecscanary.infra.settings.Settings;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import software.amazon.awscdk.Aws;
import software.amazon.awscdk.CfnDeletionPolicy;
import software.amazon.awscdk.services.ecs.CfnCluster;
import software.amazon.awscdk.services.ecs.CfnService;
import software.amazon.awscdk.services.ecs.CfnTaskDefinition;
import software.constructs.Construct;

/**
 * The cluster, the service and the task definition it begins with. Every later one comes by a deployment, so that a stack update
 * must not touch service or task definition: see docs/infrastructure.md, "Life after a deployment". The first tasks need an
 * image; ECS tries until it has been pushed.
 */
public final class WebService extends Construct {

    private static final int GRACE_SECONDS = 60;

    private final Settings settings;
    private final CfnCluster cluster;
    private final CfnTaskDefinition taskDefinition;
    private final CfnService service;

    public WebService(
            Construct scope,
            Settings settings,
            Network network,
            SecurityGroups groups,
            Endpoints endpoints,
            Ingress ingress,
            Registry registry,
            Observability observability,
            Access access,
            List<ServicePart> parts) {
        super(scope, "Service");
        this.settings = settings;
        CfnCluster.Builder cluster = CfnCluster.Builder.create(this, "Cluster")
                .clusterName(settings.names().cluster())
                .clusterSettings(List.of(CfnCluster.ClusterSettingsProperty.builder()
                        .name("containerInsights")
                        .value("enabled")
                        .build()));
        if (settings.task().spotPercent().isPresent()) {
            cluster.capacityProviders(List.of("FARGATE", "FARGATE_SPOT"));
        }
        this.cluster = cluster.build();
        taskDefinition = taskDefinition(registry, observability, access);
        service = service(network, groups, ingress, parts);
        // Target groups that no listener has, and tasks that can't pull, would fail it.
        service.getNode().addDependency(ingress, endpoints);
    }

    private CfnTaskDefinition taskDefinition(Registry registry, Observability observability, Access access) {
        CfnTaskDefinition definition = CfnTaskDefinition.Builder.create(this, "TaskDefinition")
                .family(settings.names().family())
                .requiresCompatibilities(List.of("FARGATE"))
                .networkMode("awsvpc")
                .cpu(String.valueOf(settings.task().cpu()))
                .memory(String.valueOf(settings.task().memory()))
                .executionRoleArn(access.execution().getRoleArn())
                .taskRoleArn(access.task().getRoleArn())
                .containerDefinitions(List.of(container(registry, observability)))
                .build();
        // A revision that is replaced here may still run: it must stay registered, or the next task of it can't start.
        definition.getCfnOptions().setDeletionPolicy(CfnDeletionPolicy.RETAIN);
        definition.getCfnOptions().setUpdateReplacePolicy(CfnDeletionPolicy.RETAIN);
        Nag.accept(
                definition,
                "AwsSolutions-ECS2",
                "The only plain environment variable is the port; what is secret comes from Secrets Manager or Parameter"
                        + " Store by the setting secrets.");
        return definition;
    }

    private CfnTaskDefinition.ContainerDefinitionProperty container(Registry registry, Observability observability) {
        Settings.Task task = settings.task();
        CfnTaskDefinition.ContainerDefinitionProperty.Builder container =
                CfnTaskDefinition.ContainerDefinitionProperty.builder()
                        .name(settings.names().container())
                        .image(registry.uri() + ":" + task.initialTag())
                        .essential(true)
                        .portMappings(List.of(port()))
                        .environment(List.of(CfnTaskDefinition.KeyValuePairProperty.builder()
                                .name("PORT")
                                .value(String.valueOf(task.port()))
                                .build()))
                        .stopTimeout(task.stopTimeoutSeconds())
                        // ECS does not know the image's own.
                        .healthCheck(CfnTaskDefinition.HealthCheckProperty.builder()
                                .command(task.healthCommand())
                                .interval(10)
                                .timeout(5)
                                .retries(3)
                                .startPeriod(30)
                                .build())
                        .logConfiguration(CfnTaskDefinition.LogConfigurationProperty.builder()
                                .logDriver("awslogs")
                                .options(new TreeMap<>(Map.of(
                                        "awslogs-group",
                                        observability.logs().getRef(),
                                        "awslogs-region",
                                        Aws.REGION,
                                        "awslogs-stream-prefix",
                                        settings.names().container())))
                                .build());
        if (!task.secrets().isEmpty()) {
            container.secrets(TaskSecrets.of(settings));
        }
        task.user().ifPresent(container::user);
        if (task.readOnlyRootFilesystem()) {
            container.readonlyRootFilesystem(true);
        }
        return container.build();
    }

    private CfnTaskDefinition.PortMappingProperty port() {
        CfnTaskDefinition.PortMappingProperty.Builder port = CfnTaskDefinition.PortMappingProperty.builder()
                .containerPort(settings.task().port())
                .protocol("tcp");
        if (settings.discovery().connect().isPresent()) {
            port.name(ServiceConnect.PORT_NAME).appProtocol("http");
        }
        return port.build();
    }

    private CfnService service(Network network, SecurityGroups groups, Ingress ingress, List<ServicePart> parts) {
        CfnService.LoadBalancerProperty.Builder balancer = CfnService.LoadBalancerProperty.builder()
                .targetGroupArn(ingress.blue().getRef())
                .containerName(settings.names().container())
                .containerPort(settings.task().port());
        CfnService.Builder builder = CfnService.Builder.create(this, "Service")
                .cluster(cluster.getRef())
                .serviceName(settings.names().service())
                .taskDefinition(taskDefinition.getRef())
                .desiredCount(settings.task().desiredCount())
                .healthCheckGracePeriodSeconds(GRACE_SECONDS)
                .networkConfiguration(CfnService.NetworkConfigurationProperty.builder()
                        .awsvpcConfiguration(CfnService.AwsVpcConfigurationProperty.builder()
                                .subnets(network.privateSubnetIds())
                                .securityGroups(List.of(groups.tasksId()))
                                .assignPublicIp("DISABLED")
                                .build())
                        .build());
        settings.task()
                .spotPercent()
                .ifPresentOrElse(
                        percent -> builder.capacityProviderStrategy(List.of(
                                CfnService.CapacityProviderStrategyItemProperty.builder()
                                        .capacityProvider("FARGATE")
                                        .base(1)
                                        .weight(100 - percent)
                                        .build(),
                                CfnService.CapacityProviderStrategyItemProperty.builder()
                                        .capacityProvider("FARGATE_SPOT")
                                        .weight(percent)
                                        .build())),
                        () -> builder.launchType("FARGATE"));
        parts.forEach(part -> part.addTo(builder, balancer));
        return builder.loadBalancers(List.of(balancer.build())).build();
    }

    CfnCluster cluster() {
        return cluster;
    }

    CfnService service() {
        return service;
    }

    /** The first. */
    CfnTaskDefinition taskDefinition() {
        return taskDefinition;
    }
}
