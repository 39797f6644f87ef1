package io.jenkins.plugins.ecscanary.localaws.ecs;

import static io.jenkins.plugins.ecscanary.localaws.ecs.Members.invalid;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.ecscanary.localaws.ecs.Service.Controller;
import io.jenkins.plugins.ecscanary.localaws.ecs.ServiceOperations.CreateServiceRequest;
import io.jenkins.plugins.ecscanary.localaws.ecs.ServiceOperations.LoadBalancer;
import io.jenkins.plugins.ecscanary.localaws.ecs.ServiceOperations.UpdateServiceRequest;
import io.jenkins.plugins.ecscanary.localaws.elb.LoadBalancing;
import io.jenkins.plugins.ecscanary.localaws.elb.LoadBalancing.TargetGroupInfo;
import io.jenkins.plugins.ecscanary.localaws.wire.AwsError;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Pattern;

/** What a service may be created with and what may change later: AWS's rules for the controllers ECS and CODE_DEPLOY. */
final class ServiceRules {

    /** Each is a JVM or a container of this machine: more than this is a slip of the finger. */
    private static final int MOST_TASKS = 50;

    private static final Pattern NAME = Pattern.compile("[a-zA-Z0-9_-]{1,255}");
    private static final String UNDER_CODE_DEPLOY =
            " on services with a CODE_DEPLOY deployment controller. Use AWS CodeDeploy to trigger a new deployment.";

    private ServiceRules() {}

    /** @return on what its tasks will run */
    static Launch checkCreate(
            CreateServiceRequest request, TaskDefinition definition, Cluster cluster, LoadBalancing loadBalancing) {
        if (request.serviceName() == null
                || !NAME.matcher(request.serviceName()).matches()) {
            throw invalid("Invalid service name '" + request.serviceName()
                    + "': letters, digits, hyphens and underscores, at most 255.");
        }
        Controller controller = request.controller();
        DeploymentRules.checkStrategy(request.deploymentConfiguration());
        checkScheduling(request.schedulingStrategy(), controller);
        Launch launch = Launch.of(request.launchType(), request.capacityProviderStrategy(), cluster);
        Launch.checkNetwork(request.networkConfiguration());
        Launch.checkPlatform(request.platformVersion());
        checkUnused(request, definition);
        Tag.check(request.tags());
        checkPropagation(request.propagateTags());
        if (controller == Controller.CODE_DEPLOY && request.loadBalancers().size() != 1) {
            throw invalid("A service with the deployment controller CODE_DEPLOY needs exactly one load balancer, not "
                    + request.loadBalancers().size() + ".");
        }
        checkLoadBalancers(request.loadBalancers(), definition, loadBalancing);
        checkCounts(
                request.desiredCount(),
                request.healthCheckGracePeriodSeconds(),
                request.loadBalancers().isEmpty());
        DeploymentRules.check(request.deploymentConfiguration(), controller);
        return launch;
    }

    /** @return what the service is to be */
    static ServiceRevision checkUpdate(
            UpdateServiceRequest request, Service service, TaskDefinition definition, LoadBalancing loadBalancing) {
        DeploymentRules.checkStrategy(request.deploymentConfiguration());
        checkUnused(request, service);
        ServiceRevision present = service.revision;
        LoadBalancer balancer = present.loadBalancer();
        if (request.loadBalancers() != null) {
            checkLoadBalancers(request.loadBalancers(), definition, loadBalancing);
            balancer = request.loadBalancers().isEmpty()
                    ? null
                    : request.loadBalancers().get(0);
        } else if (balancer != null) {
            refuse(definition, balancer);
        }
        if (request.networkConfiguration() != null) {
            Launch.checkNetwork(request.networkConfiguration());
        }
        Launch.checkPlatform(request.platformVersion());
        Launch launch = Copies.given(request.capacityProviderStrategy())
                ? Launch.of(null, request.capacityProviderStrategy(), service.cluster)
                : new Launch(present.launchType(), present.capacityProviderStrategy());
        checkCounts(request.desiredCount(), request.healthCheckGracePeriodSeconds(), balancer == null);
        DeploymentRules.check(request.deploymentConfiguration(), Controller.ECS);
        return new ServiceRevision(
                definition,
                balancer,
                request.networkConfiguration() == null
                        ? present.networkConfiguration()
                        : request.networkConfiguration(),
                launch.launchType(),
                launch.capacityProviderStrategy(),
                request.platformVersion() == null ? present.platformVersion() : request.platformVersion());
    }

    static void checkUpdateUnderCodeDeploy(UpdateServiceRequest request, Service service) {
        Optional<TaskSet> primary = service.primary();
        if (request.taskDefinition() != null
                && primary.map(set -> !names(set.definition, request.taskDefinition()))
                        .orElse(true)) {
            throw invalid("Unable to update task definition" + UNDER_CODE_DEPLOY);
        }
        if (request.loadBalancers() != null
                && primary.map(set -> !request.loadBalancers().equals(List.of(set.revision.loadBalancer())))
                        .orElse(true)) {
            throw invalid("Unable to update load balancers" + UNDER_CODE_DEPLOY);
        }
        if (changes(request.networkConfiguration(), service.revision.networkConfiguration())) {
            throw invalid("Unable to update network parameters" + UNDER_CODE_DEPLOY);
        }
        if (request.platformVersion() != null
                && !request.platformVersion().equals(service.revision.platformVersion())) {
            throw invalid("Unable to update platform version" + UNDER_CODE_DEPLOY);
        }
        if (changes(request.capacityProviderStrategy(), service.revision.capacityProviderStrategy())) {
            throw invalid("Unable to update capacity provider strategy" + UNDER_CODE_DEPLOY);
        }
        if (Boolean.TRUE.equals(request.forceNewDeployment())) {
            throw invalid("Cannot force a new deployment" + UNDER_CODE_DEPLOY);
        }
        checkUnused(request, service);
        checkCounts(request.desiredCount(), request.healthCheckGracePeriodSeconds(), false);
        DeploymentRules.check(request.deploymentConfiguration(), Controller.CODE_DEPLOY);
    }

    /** @throws AwsError if it is none that is supported */
    static Controller controller(String type) {
        return switch (type) {
            case "ECS" -> Controller.ECS;
            case "CODE_DEPLOY" -> Controller.CODE_DEPLOY;
            case "EXTERNAL" ->
                throw AwsError.unsupported("the deployment controller EXTERNAL; only ECS and CODE_DEPLOY");
            default ->
                throw invalid("Invalid deployment controller type '" + type + "': ECS, CODE_DEPLOY or EXTERNAL.");
        };
    }

    private static void checkScheduling(String strategy, Controller controller) {
        if (strategy == null || "REPLICA".equals(strategy)) {
            return;
        }
        if (controller == Controller.CODE_DEPLOY) {
            throw invalid("The deployment controller CODE_DEPLOY needs the scheduling strategy REPLICA, not " + strategy
                    + ".");
        }
        throw invalid("The scheduling strategy " + strategy + " is not supported on Fargate; only REPLICA is.");
    }

    private static void checkUnused(CreateServiceRequest request, TaskDefinition definition) {
        checkRegistries(request.serviceRegistries(), definition);
        refuse("serviceConnectConfiguration", request.serviceConnectConfiguration());
        refuse("volumeConfigurations", request.volumeConfigurations());
        refuse("vpcLatticeConfigurations", request.vpcLatticeConfigurations());
        refuse("placementConstraints", request.placementConstraints());
        refuse("placementStrategy", request.placementStrategy());
        if (request.role() != null) {
            throw invalid("You cannot specify an IAM role for services that require a service linked role.");
        }
    }

    private static void checkUnused(UpdateServiceRequest request, Service service) {
        if (request.deploymentController() != null
                && !service.controller
                        .name()
                        .equals(request.deploymentController().type())) {
            throw AwsError.unsupported("a change of the deployment controller");
        }
        if (changes(request.serviceRegistries(), service.serviceRegistries)) {
            throw AwsError.unsupported("a change of serviceRegistries");
        }
        refuse("serviceConnectConfiguration", request.serviceConnectConfiguration());
        refuse("placementConstraints", request.placementConstraints());
        refuse("placementStrategy", request.placementStrategy());
        checkPropagation(request.propagateTags());
    }

    /** Names in Cloud Map: only what ECS itself can tell is checked. */
    private static void checkRegistries(JsonNode registries, TaskDefinition definition) {
        if (!Copies.given(registries)) {
            return;
        }
        if (registries.size() > 1) {
            throw invalid("service registries can have at most 1 items.");
        }
        JsonNode registry = registries.path(0);
        if (!registry.path("registryArn").asText().matches("arn:aws[a-z-]*:servicediscovery:.+:service/.+")) {
            throw invalid("Invalid service registry '"
                    + registry.path("registryArn").asText() + "': the ARN of a Cloud Map service.");
        }
        String container = registry.path("containerName").asText();
        if (!container.isEmpty() && definition.container(container).isEmpty()) {
            throw invalid("The container " + container + " does not exist in the task definition.");
        }
    }

    private static void checkPropagation(String propagateTags) {
        if (propagateTags != null
                && !List.of("NONE", "SERVICE", "TASK_DEFINITION").contains(propagateTags)) {
            throw invalid("Invalid propagateTags '" + propagateTags + "': NONE, SERVICE or TASK_DEFINITION.");
        }
    }

    private static void checkCounts(Integer desiredCount, Integer grace, boolean unbalanced) {
        if (desiredCount != null && desiredCount < 0) {
            throw invalid("desiredCount must not be negative, not " + desiredCount + ".");
        }
        if (desiredCount != null && desiredCount > MOST_TASKS) {
            throw AwsError.unsupported("a desiredCount of " + desiredCount
                    + ": every task is a process of this machine, " + MOST_TASKS + " of a service at most");
        }
        if (grace != null && grace < 0) {
            throw invalid("healthCheckGracePeriodSeconds must not be negative, not " + grace + ".");
        }
        if (grace != null && unbalanced) {
            throw invalid("Health check grace period is only valid for services configured to use load balancers");
        }
    }

    private static void checkLoadBalancers(
            List<LoadBalancer> balancers, TaskDefinition definition, LoadBalancing loadBalancing) {
        if (balancers.size() > 1) {
            throw AwsError.unsupported("more than one load balancer (target group) of a service");
        }
        balancers.forEach(balancer -> checkLoadBalancer(balancer, definition, loadBalancing));
    }

    private static void checkLoadBalancer(
            LoadBalancer loadBalancer, TaskDefinition definition, LoadBalancing loadBalancing) {
        if (loadBalancer.targetGroupArn() == null) {
            throw AwsError.unsupported("loadBalancers without targetGroupArn (Classic Load Balancer)");
        }
        refuse("loadBalancers.advancedConfiguration", loadBalancer.advancedConfiguration());
        if (loadBalancer.containerName() == null || loadBalancer.containerPort() == null) {
            throw invalid("loadBalancers needs containerName and containerPort.");
        }
        refuse(definition, loadBalancer);
        TargetGroupInfo group = loadBalancing
                .targetGroup(loadBalancer.targetGroupArn())
                .orElseThrow(() -> invalid("Unable to find target group: " + loadBalancer.targetGroupArn() + "."));
        if (group.loadBalancerArns().isEmpty()) {
            throw invalid("The target group with targetGroupArn " + group.arn()
                    + " does not have an associated load balancer.");
        }
    }

    private static void refuse(TaskDefinition definition, LoadBalancer loadBalancer) {
        definition
                .refusal(loadBalancer.containerName(), loadBalancer.containerPort())
                .ifPresent(reason -> {
                    throw invalid(reason);
                });
    }

    private static boolean names(TaskDefinition definition, String name) {
        return name.equals(definition.taskDefinitionArn()) || name.equals(definition.shortName());
    }

    private static boolean changes(JsonNode asked, JsonNode present) {
        return Copies.given(asked) && !Objects.equals(asked, present);
    }

    private static void refuse(String what, JsonNode value) {
        if (Copies.given(value)) {
            throw AwsError.unsupported(what);
        }
    }
}
