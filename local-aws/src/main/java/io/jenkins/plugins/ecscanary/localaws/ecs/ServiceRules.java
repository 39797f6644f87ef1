package io.jenkins.plugins.ecscanary.localaws.ecs;

import com.fasterxml.jackson.databind.JsonNode;
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

/** What a service may be created with and what may change later: AWS's rules for the controller CODE_DEPLOY. */
final class ServiceRules {

    /** Each is a JVM or a container of this machine: more than this is a slip of the finger. */
    private static final int MOST_TASKS = 50;

    private static final Pattern NAME = Pattern.compile("[a-zA-Z0-9_-]{1,255}");
    private static final String UNDER_CODE_DEPLOY =
            " on services with a CODE_DEPLOY deployment controller. Use AWS CodeDeploy to trigger a new deployment.";

    private ServiceRules() {}

    static void checkCreate(CreateServiceRequest request, TaskDefinition definition, LoadBalancing loadBalancing) {
        if (request.serviceName() == null
                || !NAME.matcher(request.serviceName()).matches()) {
            throw invalid("Invalid service name '" + request.serviceName()
                    + "': letters, digits, hyphens and underscores, at most 255.");
        }
        checkController(request);
        checkLaunch(request);
        checkCounts(request.desiredCount(), request.healthCheckGracePeriodSeconds());
        if (firstSubnet(request.networkConfiguration()) == null) {
            throw invalid("Network Configuration must be provided when networkMode 'awsvpc' is specified.");
        }
        checkUnused(request);
        checkDeploymentConfiguration(request.deploymentConfiguration());
        if (request.loadBalancers().size() != 1) {
            throw invalid("A service with the deployment controller CODE_DEPLOY needs exactly one load balancer, not "
                    + request.loadBalancers().size() + ".");
        }
        checkLoadBalancer(request.loadBalancers().get(0), definition, loadBalancing);
    }

    static void checkUpdate(UpdateServiceRequest request, Service service) {
        Optional<TaskSet> primary = service.primary();
        if (request.taskDefinition() != null
                && primary.map(set -> !names(set.definition, request.taskDefinition()))
                        .orElse(true)) {
            throw invalid("Unable to update task definition" + UNDER_CODE_DEPLOY);
        }
        if (request.loadBalancers() != null
                && primary.map(set -> !request.loadBalancers().equals(List.of(LoadBalancer.of(set))))
                        .orElse(true)) {
            throw invalid("Unable to update load balancers" + UNDER_CODE_DEPLOY);
        }
        if (changes(request.networkConfiguration(), service.settings.networkConfiguration())) {
            throw invalid("Unable to update network parameters" + UNDER_CODE_DEPLOY);
        }
        if (request.platformVersion() != null
                && !request.platformVersion().equals(service.settings.platformVersion())) {
            throw invalid("Unable to update platform version" + UNDER_CODE_DEPLOY);
        }
        if (changes(request.capacityProviderStrategy(), service.settings.capacityProviderStrategy())) {
            throw invalid("Unable to update capacity provider strategy" + UNDER_CODE_DEPLOY);
        }
        if (Boolean.TRUE.equals(request.forceNewDeployment())) {
            throw invalid("Cannot force a new deployment" + UNDER_CODE_DEPLOY);
        }
        if (request.deploymentController() != null
                && !"CODE_DEPLOY".equals(request.deploymentController().type())) {
            throw AwsError.unsupported("a change of the deployment controller");
        }
        refuse("serviceRegistries", request.serviceRegistries());
        refuse("serviceConnectConfiguration", request.serviceConnectConfiguration());
        refuse("placementConstraints", request.placementConstraints());
        refuse("placementStrategy", request.placementStrategy());
        checkCounts(request.desiredCount(), request.healthCheckGracePeriodSeconds());
        checkDeploymentConfiguration(request.deploymentConfiguration());
    }

    /** @return null if there is none */
    static String firstSubnet(JsonNode networkConfiguration) {
        JsonNode subnet = networkConfiguration == null
                ? null
                : networkConfiguration
                        .path("awsvpcConfiguration")
                        .path("subnets")
                        .get(0);
        return subnet == null ? null : subnet.asText();
    }

    private static void checkController(CreateServiceRequest request) {
        String controller = request.deploymentController() == null
                ? "ECS"
                : request.deploymentController().type();
        if (!"CODE_DEPLOY".equals(controller)) {
            throw AwsError.unsupported("the deployment controller " + controller
                    + (request.deploymentController() == null ? " (the default)" : "") + "; only CODE_DEPLOY");
        }
        if (request.schedulingStrategy() != null && !"REPLICA".equals(request.schedulingStrategy())) {
            throw invalid("The deployment controller CODE_DEPLOY needs the scheduling strategy REPLICA, not "
                    + request.schedulingStrategy() + ".");
        }
    }

    private static void checkLaunch(CreateServiceRequest request) {
        JsonNode strategy = request.capacityProviderStrategy();
        if (request.launchType() != null && Copies.given(strategy)) {
            throw invalid(
                    "Specifying both a launch type and capacity provider strategy is not supported. Remove one and"
                            + " try again.");
        }
        if (Copies.given(strategy)) {
            for (JsonNode item : strategy) {
                if (!"FARGATE".equals(item.path("capacityProvider").asText())) {
                    throw AwsError.unsupported("the capacity provider "
                            + item.path("capacityProvider").asText() + "; only FARGATE");
                }
            }
        } else if (!"FARGATE".equals(request.launchType())) {
            throw AwsError.unsupported("the launch type "
                    + (request.launchType() == null ? "EC2 (the default)" : request.launchType()) + "; only FARGATE");
        }
    }

    private static void checkUnused(CreateServiceRequest request) {
        refuse("serviceRegistries", request.serviceRegistries());
        refuse("serviceConnectConfiguration", request.serviceConnectConfiguration());
        refuse("volumeConfigurations", request.volumeConfigurations());
        refuse("vpcLatticeConfigurations", request.vpcLatticeConfigurations());
        refuse("placementConstraints", request.placementConstraints());
        refuse("placementStrategy", request.placementStrategy());
        if (request.role() != null) {
            throw invalid("You cannot specify an IAM role for services that require a service linked role.");
        }
    }

    private static void checkCounts(Integer desiredCount, Integer grace) {
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
    }

    private static void checkDeploymentConfiguration(JsonNode configuration) {
        if (configuration == null) {
            return;
        }
        configuration.properties().forEach(member -> {
            switch (member.getKey()) {
                case "maximumPercent", "minimumHealthyPercent" -> {
                    if (!member.getValue().isInt()) {
                        throw invalid("deploymentConfiguration." + member.getKey() + " must be a whole number.");
                    }
                }
                case "deploymentCircuitBreaker", "alarms" -> {} // judged below
                default -> throw AwsError.unsupported("parameter deploymentConfiguration." + member.getKey());
            }
        });
        if (configuration.path("deploymentCircuitBreaker").path("enable").asBoolean()) {
            throw invalid("Deployment circuit breaker feature is not supported with the CODE_DEPLOY deployment"
                    + " controller.");
        }
        if (configuration.path("alarms").path("enable").asBoolean()) {
            throw invalid("Deployment alarms are not supported with the CODE_DEPLOY deployment controller.");
        }
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
        definition
                .refusal(loadBalancer.containerName(), loadBalancer.containerPort())
                .ifPresent(reason -> {
                    throw invalid(reason);
                });
        TargetGroupInfo group = loadBalancing
                .targetGroup(loadBalancer.targetGroupArn())
                .orElseThrow(() -> invalid("Unable to find target group: " + loadBalancer.targetGroupArn() + "."));
        if (group.loadBalancerArns().isEmpty()) {
            throw invalid("The target group with targetGroupArn " + group.arn()
                    + " does not have an associated load balancer.");
        }
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

    private static AwsError invalid(String message) {
        return new AwsError("InvalidParameterException", message);
    }
}
