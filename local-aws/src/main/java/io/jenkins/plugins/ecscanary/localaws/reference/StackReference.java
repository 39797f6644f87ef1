package io.jenkins.plugins.ecscanary.localaws.reference;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.ecscanary.localaws.reference.ReferenceResources.TargetGroup;
import io.jenkins.plugins.ecscanary.localaws.wire.AwsError;
import io.jenkins.plugins.ecscanary.localaws.wire.InProcessCalls;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The reference service where a CloudFormation stack made it: one cluster, service, repository, load balancer and deployment
 * group, found by their types, whatever their logical ids and names are.
 */
public final class StackReference {

    /** The output that has the {@code deploy.config} of the stack. */
    public static final String DEPLOY_CONFIG = "DeployConfig";

    /** Where a stack is rolled back, what is asked about may be gone already. */
    private static final List<String> GONE = List.of("TargetGroupNotFound", "ClusterNotFoundException");

    private static final Pattern MIN_REQUESTS = Pattern.compile("(?m)^MIN_REQUESTS=(\\d+)$");

    private final InProcessCalls aws;
    private final String stackName;

    public StackReference(InProcessCalls aws, String stackName) {
        this.aws = aws;
        this.stackName = stackName;
    }

    /**
     * The image of the first tasks, of which the stack's creation waits until it has been pushed.
     *
     * @param taskDefinition the stack's, by ARN
     */
    public String firstImage(String taskDefinition) {
        return aws.call("ecs", "DescribeTaskDefinition", Map.of("taskDefinition", taskDefinition))
                .at("/taskDefinition/containerDefinitions/0/image")
                .asText();
    }

    /** Why the stack is in its status: what failed in it first, and otherwise its own reason. */
    public String reason() {
        String reason = stack().path("StackStatusReason").asText();
        JsonNode events = aws.call("cloudformation", "DescribeStackEvents", Map.of("StackName", stackName))
                .path("StackEvents");
        for (JsonNode event : events) {
            String status = event.path("ResourceStatus").asText();
            String why = event.path("ResourceStatusReason").asText();
            if (status.endsWith("_FAILED") && !why.endsWith("cancelled") && !isStack(event)) {
                boolean waited = isService(event) && why.contains("NotStabilized");
                String behind =
                        waited ? unsteady(event.path("PhysicalResourceId").asText()) : "";
                reason =
                        event.path("LogicalResourceId").asText() + ": " + why + (behind.isEmpty() ? "" : ": " + behind);
            }
        }
        return reason;
    }

    private static boolean isService(JsonNode resource) {
        return resource.path("ResourceType").asText().equals("AWS::ECS::Service");
    }

    /** What a creation waits for: the resources under way, and of a service what ECS says last and its targets' health. */
    public String waitingFor() {
        List<String> waiting = new ArrayList<>();
        JsonNode resources = aws.call("cloudformation", "DescribeStackResources", Map.of("StackName", stackName))
                .path("StackResources");
        for (JsonNode resource : resources) {
            if (resource.path("ResourceStatus").asText().endsWith("_IN_PROGRESS")) {
                String arn = resource.path("PhysicalResourceId").asText();
                waiting.add(resource.path("LogicalResourceId").asText()
                        + (isService(resource) && arn.startsWith("arn:") ? ": " + unsteady(arn) : ""));
            }
        }
        return String.join("; ", waiting);
    }

    /** Empty if it is not there (any more). */
    private String unsteady(String serviceArn) {
        List<String> told = new ArrayList<>();
        try {
            String[] names = serviceArn.split("/");
            JsonNode service = aws.call(
                            "ecs", "DescribeServices", Map.of("cluster", names[1], "services", List.of(serviceArn)))
                    .at("/services/0");
            telling(service.path("events")).ifPresent(told::add);
            JsonNode group = service.at("/loadBalancers/0/targetGroupArn");
            if (group.isTextual()) {
                JsonNode targets = aws.call(
                        "elasticloadbalancing", "DescribeTargetHealth", Map.of("TargetGroupArn", group.textValue()));
                for (JsonNode target : targets.path("TargetHealthDescriptions")) {
                    told.add("target " + target.at("/Target/Id").asText() + " "
                            + target.at("/TargetHealth/State").asText() + ": "
                            + target.at("/TargetHealth/Description").asText());
                }
            }
        } catch (AwsError e) {
            if (!GONE.contains(e.code())) {
                throw e;
            }
        }
        return String.join(", ", told);
    }

    /** The newest event that says why a task was given up; without one the newest, of which most only say that tasks come and go. */
    private static Optional<String> telling(JsonNode newestFirst) {
        List<String> messages = newestFirst.findValuesAsText("message");
        return messages.stream()
                .filter(message ->
                        message.contains(" is unhealthy in ") || message.contains(" failed container health checks"))
                .findFirst()
                .or(() -> messages.stream().findFirst());
    }

    private static boolean isStack(JsonNode event) {
        return event.path("ResourceType").asText().equals("AWS::CloudFormation::Stack");
    }

    /**
     * The stack's own {@code deploy.config}.
     *
     * @throws IllegalStateException if it has no such output
     */
    public String deployConfig() {
        for (JsonNode output : stack().path("Outputs")) {
            if (output.path("OutputKey").asText().equals(DEPLOY_CONFIG)) {
                return output.path("OutputValue").asText();
            }
        }
        throw missing("output " + DEPLOY_CONFIG);
    }

    private JsonNode stack() {
        return aws.call("cloudformation", "DescribeStacks", Map.of("StackName", stackName))
                .at("/Stacks/0");
    }

    private IllegalStateException missing(String what) {
        return new IllegalStateException("the stack " + stackName + " has no " + what);
    }

    private String resource(String type) {
        JsonNode resources = aws.call("cloudformation", "DescribeStackResources", Map.of("StackName", stackName))
                .path("StackResources");
        for (JsonNode resource : resources) {
            if (resource.path("ResourceType").asText().equals(type)) {
                return resource.path("PhysicalResourceId").asText();
            }
        }
        throw missing(type);
    }

    /**
     * What it consists of.
     *
     * @throws IllegalStateException if something is not in the stack
     */
    public ReferenceResources resources() {
        String cluster = resource("AWS::ECS::Cluster");
        String serviceArn = resource("AWS::ECS::Service");
        String service = serviceArn.substring(serviceArn.lastIndexOf('/') + 1);
        JsonNode definition = aws.call(
                        "ecs", "DescribeTaskDefinition", Map.of("taskDefinition", resource("AWS::ECS::TaskDefinition")))
                .path("taskDefinition");
        JsonNode container = definition.at("/containerDefinitions/0");
        String repository = resource("AWS::ECR::Repository");
        String application = resource("AWS::CodeDeploy::Application");
        JsonNode group = aws.call(
                        "codedeploy",
                        "GetDeploymentGroup",
                        Map.of(
                                "applicationName",
                                application,
                                "deploymentGroupName",
                                resource("AWS::CodeDeploy::DeploymentGroup")))
                .path("deploymentGroupInfo");
        JsonNode pair = group.at("/loadBalancerInfo/targetGroupPairInfoList/0");
        String production = pair.at("/prodTrafficRoute/listenerArns/0").asText();
        Matcher least = MIN_REQUESTS.matcher(deployConfig());
        return new ReferenceResources(
                aws.region(),
                cluster,
                service,
                container.path("name").asText(),
                repository,
                aws.call("ecr", "DescribeRepositories", Map.of("repositoryNames", List.of(repository)))
                        .at("/repositories/0/repositoryUri")
                        .asText(),
                container.at("/logConfiguration/options/awslogs-group").asText(),
                resource("AWS::ElasticLoadBalancingV2::LoadBalancer"),
                targetGroups(pair, production),
                production,
                pair.at("/testTrafficRoute/listenerArns/0").asText(),
                group.at("/alarmConfiguration/alarms").findValuesAsText("name"),
                application,
                group.path("deploymentGroupName").asText(),
                definition.path("executionRoleArn").asText(),
                definition.path("taskRoleArn").asText(),
                least.find() ? Integer.parseInt(least.group(1)) : 0);
    }

    /** The one serving first. */
    private List<TargetGroup> targetGroups(JsonNode pair, String production) {
        JsonNode action = aws.call(
                        "elasticloadbalancing", "DescribeListeners", Map.of("ListenerArns", List.of(production)))
                .at("/Listeners/0/DefaultActions/0");
        List<TargetGroup> groups = new ArrayList<>();
        for (String name : pair.path("targetGroups").findValuesAsText("name")) {
            JsonNode found = aws.call("elasticloadbalancing", "DescribeTargetGroups", Map.of("Names", List.of(name)));
            groups.add(new TargetGroup(
                    name, found.at("/TargetGroups/0/TargetGroupArn").asText()));
        }
        groups.sort(Comparator.comparingInt(group -> -weight(action, group)));
        return groups;
    }

    private static int weight(JsonNode action, TargetGroup group) {
        for (JsonNode target : action.at("/ForwardConfig/TargetGroups")) {
            if (target.path("TargetGroupArn").asText().equals(group.arn())) {
                return target.path("Weight").asInt(1);
            }
        }
        return 0;
    }
}
