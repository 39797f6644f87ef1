package io.jenkins.plugins.ecscanary.localaws.cloudformation.resource;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.ecscanary.localaws.wire.AwsError;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * {@code AWS::ECS::Service}: done when it is steady. An update is one UpdateService with all its properties. Under the
 * controller CODE_DEPLOY, ECS refuses that whatever the change is (aws/aws-cdk#11243, #23564, cloudformation-coverage-roadmap
 * #1529): task definition and network are in it, and there they are CodeDeploy's. What the stack does then is assumed: that
 * there is nothing to be rolled back of a service whose update was refused.
 */
final class ServiceHandler implements ResourceHandler {

    private static final String TYPE = "AWS::ECS::Service";
    private static final String CODE_DEPLOY = "CODE_DEPLOY";
    private static final String[] UPDATED = {
        "desiredCount",
        "taskDefinition",
        "capacityProviderStrategy",
        "deploymentConfiguration",
        "networkConfiguration",
        "placementConstraints",
        "placementStrategy",
        "platformVersion",
        "healthCheckGracePeriodSeconds",
        "enableExecuteCommand",
        "enableECSManagedTags",
        "loadBalancers",
        "propagateTags",
        "serviceRegistries",
        "serviceConnectConfiguration"
    };

    private final Backend ecs;

    private ServiceHandler(Backend ecs) {
        this.ecs = ecs;
    }

    static ResourceType type(Backend ecs) {
        return new ResourceType(
                TYPE,
                EcsShapes.SERVICE,
                Set.of("TaskDefinition"),
                Set.of("Cluster", "LaunchType", "Role", "SchedulingStrategy", "ServiceName", "DeploymentController"),
                "ServiceName",
                Set.of("Name", "ServiceArn"),
                new ServiceHandler(ecs));
    }

    @Override
    public String service() {
        return ecs.title();
    }

    @Override
    public Created create(Wanted wanted) {
        ObjectNode input = input(wanted).put("serviceName", ecs.name(wanted, "ServiceName", 255));
        if (!input.has("desiredCount")) {
            input.put("desiredCount", 1);
        }
        JsonNode service = asked("CreateService", input).path("service");
        return new Created(
                service.path("serviceArn").asText(),
                Map.of("Name", service.path("serviceName"), "ServiceArn", service.path("serviceArn")));
    }

    private static ObjectNode input(Wanted wanted) {
        ObjectNode input = EcsShapes.SERVICE.wire(wanted.properties());
        JsonNode rebalancing = input.remove("availabilityZoneRebalancing");
        if (rebalancing != null && !rebalancing.asText().equals("DISABLED")) {
            throw AwsError.unsupported("AvailabilityZoneRebalancing " + rebalancing.asText() + "; only DISABLED");
        }
        return input;
    }

    @Override
    public Created update(Existing existing, Wanted wanted) {
        ObjectNode input = input(wanted);
        if (CODE_DEPLOY.equals(
                wanted.properties().at("/DeploymentController/Type").asText())) {
            throw new AwsError(
                    "InvalidParameterException",
                    "Invalid request provided: UpdateService error: Unable to update task definition on services with a"
                            + " CODE_DEPLOY deployment controller. Use AWS CodeDeploy to trigger a new deployment.");
        }
        ObjectNode update = Backend.only(input, UPDATED);
        update.put("cluster", cluster(existing.properties())).put("service", existing.attribute("Name"));
        asked("UpdateService", update);
        EcsTags.sync(ecs, existing.physicalId(), existing.properties(), wanted.properties());
        return new Created(existing.physicalId(), existing.attributes());
    }

    private JsonNode asked(String operation, ObjectNode input) {
        try {
            return ecs.call(operation, input);
        } catch (AwsError e) {
            throw new AwsError(
                    e.status(), e.code(), "Invalid request provided: " + operation + " error: " + e.getMessage());
        }
    }

    @Override
    public boolean updatesAtOnce() {
        return true;
    }

    private static String cluster(JsonNode properties) {
        return properties.path("Cluster").asText("default");
    }

    @Override
    public Progress progress(Existing existing) {
        JsonNode service = described(existing);
        if (service.at("/deploymentController/type").asText().equals(CODE_DEPLOY)) {
            for (JsonNode set : service.path("taskSets")) {
                if (set.path("status").asText().equals("PRIMARY")) {
                    return Progress.when(set.path("stabilityStatus").asText().equals("STEADY_STATE"));
                }
            }
            return Progress.UNDER_WAY;
        }
        JsonNode deployments = service.path("deployments");
        if (deployments.at("/0/rolloutState").asText().equals("FAILED")
                || deployments.size() == 1 && rolledBack(existing, deployments.get(0))) {
            return Progress.failed("Error occurred during operation 'ECS Deployment Circuit Breaker was triggered'.");
        }
        return Progress.when(deployments.size() == 1
                && deployments.at("/0/rolloutState").asText().equals("COMPLETED"));
    }

    /** By the circuit breaker: what completed is another revision than the one asked for. */
    private static boolean rolledBack(Existing existing, JsonNode deployment) {
        String asked = existing.properties().path("TaskDefinition").asText();
        String runs = deployment.path("taskDefinition").asText();
        return asked.startsWith("arn:")
                && !asked.equals(runs)
                && deployment.path("rolloutState").asText().equals("COMPLETED");
    }

    private JsonNode described(Existing existing) {
        return ecs.call(
                        "DescribeServices",
                        Map.of(
                                "cluster",
                                cluster(existing.properties()),
                                "services",
                                List.of(existing.attribute("Name"))))
                .path("services")
                .path(0);
    }

    @Override
    public void destroy(Existing existing) {
        ecs.end(
                "DeleteService",
                Map.of("cluster", cluster(existing.properties()), "service", existing.attribute("Name"), "force", true),
                "ServiceNotFoundException",
                "ServiceNotActiveException",
                "ClusterNotFoundException");
    }

    @Override
    public Progress deletion(Existing existing) {
        String status = described(existing).path("status").asText();
        return Progress.when(!status.equals("ACTIVE") && !status.equals("DRAINING"));
    }
}
