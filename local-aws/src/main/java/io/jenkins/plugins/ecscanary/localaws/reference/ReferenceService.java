package io.jenkins.plugins.ecscanary.localaws.reference;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.jenkins.plugins.ecscanary.localaws.reference.ReferenceResources.TargetGroup;
import io.jenkins.plugins.ecscanary.localaws.wire.AwsError;
import io.jenkins.plugins.ecscanary.localaws.wire.InProcessCalls;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Furnishes a local AWS with the reference service: cluster, repository, log group, load balancer with a production and a
 * test listener, two target groups with a success-rate alarm each, the service and its CodeDeploy application and group.
 *
 * <p>In two steps, because the service's first tasks need an image: {@link #createInfrastructure()}, then, with the image
 * pushed, {@link #createService}.
 */
public final class ReferenceService {

    static final double THRESHOLD = 99.5;
    static final int DATAPOINTS_TO_ALARM = 2;

    private static final int EVALUATION_PERIODS = 3;
    private static final int PRODUCTION_PORT = 80;
    private static final int TEST_PORT = 9001;
    private static final String VPC = "vpc-reference";
    private static final List<String> SUBNETS = List.of("subnet-a", "subnet-b", "subnet-c");

    private final InProcessCalls aws;
    private final ReferenceSettings settings;

    public ReferenceService(InProcessCalls aws, ReferenceSettings settings) {
        this.aws = aws;
        this.settings = settings;
    }

    /** Everything but the service and its deployment group. */
    public ReferenceResources createInfrastructure() {
        aws.call("ecs", "CreateCluster", Map.of("clusterName", settings.cluster()));
        String repositoryUri = aws.call(
                        "ecr",
                        "CreateRepository",
                        Map.of("repositoryName", settings.repository(), "imageTagMutability", "IMMUTABLE"))
                .at("/repository/repositoryUri")
                .asText();
        aws.call("logs", "CreateLogGroup", Map.of("logGroupName", logGroup()));
        String loadBalancer = aws.call(
                        "elasticloadbalancing",
                        "CreateLoadBalancer",
                        Map.of("Name", settings.service(), "Subnets", SUBNETS, "Type", "application"))
                .at("/LoadBalancers/0/LoadBalancerArn")
                .asText();
        List<TargetGroup> groups = List.of(targetGroup("blue"), targetGroup("green"));
        String production = listener(loadBalancer, PRODUCTION_PORT, groups.get(0));
        String test = listener(loadBalancer, TEST_PORT, groups.get(0));
        groups.forEach(group -> successRateAlarm(loadBalancer, group));
        return resources(repositoryUri, loadBalancer, groups, production, test);
    }

    private ReferenceResources resources(
            String repositoryUri, String loadBalancer, List<TargetGroup> groups, String production, String test) {
        return new ReferenceResources(
                aws.region(),
                settings.cluster(),
                settings.service(),
                settings.container(),
                settings.repository(),
                repositoryUri,
                logGroup(),
                loadBalancer,
                groups,
                production,
                test,
                groups.stream().map(ReferenceService::alarm).toList(),
                settings.service(),
                settings.service(),
                role("task-execution"),
                role("task"),
                settings.minRequests());
    }

    private String logGroup() {
        return "/ecs/" + settings.service();
    }

    private static String alarm(TargetGroup group) {
        return group.name() + "-success-rate";
    }

    /**
     * What {@link #createInfrastructure} made before, in an AWS that was kept; empty if there is no load balancer of that
     * name.
     *
     * @throws IllegalStateException if only a part of it is there
     */
    public Optional<ReferenceResources> existingInfrastructure() {
        JsonNode balancers;
        try {
            balancers = elb("DescribeLoadBalancers", Map.of("Names", List.of(settings.service())));
        } catch (AwsError e) {
            if (e.code().equals("LoadBalancerNotFound")) {
                return Optional.empty();
            }
            throw e;
        }
        try {
            String loadBalancer =
                    balancers.at("/LoadBalancers/0/LoadBalancerArn").asText();
            String repositoryUri = aws.call(
                            "ecr", "DescribeRepositories", Map.of("repositoryNames", List.of(settings.repository())))
                    .at("/repositories/0/repositoryUri")
                    .asText();
            JsonNode listeners = elb("DescribeListeners", Map.of("LoadBalancerArn", loadBalancer))
                    .path("Listeners");
            JsonNode production = onPort(listeners, PRODUCTION_PORT);
            List<TargetGroup> groups = new ArrayList<>();
            for (String name : List.of(groupName("blue"), groupName("green"))) {
                JsonNode group = elb("DescribeTargetGroups", Map.of("Names", List.of(name)));
                groups.add(new TargetGroup(
                        name, group.at("/TargetGroups/0/TargetGroupArn").asText()));
            }
            groups.sort(Comparator.comparingInt(group -> -weight(production, group)));
            return Optional.of(resources(
                    repositoryUri,
                    loadBalancer,
                    groups,
                    production.path("ListenerArn").asText(),
                    onPort(listeners, TEST_PORT).path("ListenerArn").asText()));
        } catch (AwsError e) {
            throw new IllegalStateException(
                    "only a part of the reference service is there: " + e.getMessage() + "; start with empty state", e);
        }
    }

    private JsonNode elb(String operation, Map<String, ?> input) {
        return aws.call("elasticloadbalancing", operation, input);
    }

    private static JsonNode onPort(JsonNode listeners, int port) {
        for (JsonNode listener : listeners) {
            if (listener.path("Port").asInt() == port) {
                return listener;
            }
        }
        throw new IllegalStateException(
                "only a part of the reference service is there: no listener on " + port + "; start with empty state");
    }

    private static int weight(JsonNode listener, TargetGroup group) {
        JsonNode action = listener.at("/DefaultActions/0");
        for (JsonNode target : action.at("/ForwardConfig/TargetGroups")) {
            if (target.path("TargetGroupArn").asText().equals(group.arn())) {
                return target.path("Weight").asInt(1);
            }
        }
        return action.path("TargetGroupArn").asText().equals(group.arn()) ? 1 : 0;
    }

    /** Whether {@link #createService} was done before. */
    public boolean hasService() {
        JsonNode services = aws.call(
                        "ecs",
                        "DescribeServices",
                        Map.of("cluster", settings.cluster(), "services", List.of(settings.service())))
                .path("services");
        return services.path(0).path("status").asText().equals("ACTIVE");
    }

    private String groupName(String suffix) {
        return settings.service() + "-" + suffix;
    }

    private TargetGroup targetGroup(String suffix) {
        String name = groupName(suffix);
        String arn = aws.call(
                        "elasticloadbalancing",
                        "CreateTargetGroup",
                        Map.of(
                                "Name",
                                name,
                                "Protocol",
                                "HTTP",
                                "Port",
                                settings.containerPort(),
                                "VpcId",
                                VPC,
                                "TargetType",
                                "ip",
                                "HealthCheckPath",
                                "/health",
                                "HealthCheckIntervalSeconds",
                                30,
                                "HealthCheckTimeoutSeconds",
                                5,
                                "HealthyThresholdCount",
                                2,
                                "UnhealthyThresholdCount",
                                2))
                .at("/TargetGroups/0/TargetGroupArn")
                .asText();
        // Shorter than a task is given to end after it: see stopTimeout in the task definition.
        aws.call(
                "elasticloadbalancing",
                "ModifyTargetGroupAttributes",
                Map.of(
                        "TargetGroupArn",
                        arn,
                        "Attributes",
                        List.of(Map.of("Key", "deregistration_delay.timeout_seconds", "Value", "30"))));
        return new TargetGroup(name, arn);
    }

    private String listener(String loadBalancer, int port, TargetGroup group) {
        return aws.call(
                        "elasticloadbalancing",
                        "CreateListener",
                        Map.of(
                                "LoadBalancerArn",
                                loadBalancer,
                                "Protocol",
                                "HTTP",
                                "Port",
                                port,
                                "DefaultActions",
                                List.of(Map.of("Type", "forward", "TargetGroupArn", group.arn()))))
                .at("/Listeners/0/ListenerArn")
                .asText();
    }

    /**
     * 100 % less the share of 5xx answers and failed connections, judged only in minutes with enough requests. RequestCount
     * is not filled: a minute whose metrics are not there yet must be missing, not healthy.
     */
    private void successRateAlarm(String loadBalancer, TargetGroup group) {
        String rate = "IF(req >= " + settings.minRequests() + ", 100*(1-(FILL(t5xx,0)+FILL(connErr,0))/req), 100)";
        aws.call(
                "monitoring",
                "PutMetricAlarm",
                Map.of(
                        "AlarmName",
                        alarm(group),
                        "AlarmDescription",
                        "Success rate of " + group.name() + " in percent",
                        "ComparisonOperator",
                        "LessThanThreshold",
                        "Threshold",
                        THRESHOLD,
                        "EvaluationPeriods",
                        EVALUATION_PERIODS,
                        "DatapointsToAlarm",
                        DATAPOINTS_TO_ALARM,
                        "TreatMissingData",
                        "notBreaching",
                        "Metrics",
                        List.of(
                                Map.of("Id", "sr", "Expression", rate, "Label", "Success rate", "ReturnData", true),
                                sum("req", "RequestCount", loadBalancer, group),
                                sum("t5xx", "HTTPCode_Target_5XX_Count", loadBalancer, group),
                                sum("connErr", "TargetConnectionErrorCount", loadBalancer, group))));
    }

    private static Map<String, Object> sum(String id, String metric, String loadBalancer, TargetGroup group) {
        List<Map<String, String>> dimensions = List.of(
                dimension("LoadBalancer", loadBalancer.substring(loadBalancer.indexOf("loadbalancer/") + 13)),
                dimension("TargetGroup", group.arn().substring(group.arn().lastIndexOf(':') + 1)));
        Map<String, Object> of =
                Map.of("Namespace", "AWS/ApplicationELB", "MetricName", metric, "Dimensions", dimensions);
        return Map.of("Id", id, "MetricStat", Map.of("Metric", of, "Period", 60, "Stat", "Sum"), "ReturnData", false);
    }

    private static Map<String, String> dimension(String name, String value) {
        return Map.of("Name", name, "Value", value);
    }

    /**
     * Registers the task definition and creates the service, the CodeDeploy application and the deployment group.
     *
     * @param taskDefinition as for RegisterTaskDefinition, JSON
     * @return the task definition's ARN
     * @throws IllegalArgumentException if it is not a JSON object
     */
    public String createService(ReferenceResources resources, String taskDefinition) {
        String arn = aws.call("ecs", "RegisterTaskDefinition", parse(taskDefinition))
                .at("/taskDefinition/taskDefinitionArn")
                .asText();
        aws.call(
                "ecs",
                "CreateService",
                Map.of(
                        "cluster", resources.cluster(),
                        "serviceName", resources.service(),
                        "taskDefinition", arn,
                        "desiredCount", settings.desiredCount(),
                        "launchType", "FARGATE",
                        "deploymentController", Map.of("type", "CODE_DEPLOY"),
                        "healthCheckGracePeriodSeconds", 60,
                        "networkConfiguration", Map.of("awsvpcConfiguration", Map.of("subnets", SUBNETS)),
                        "loadBalancers",
                                List.of(Map.of(
                                        "targetGroupArn",
                                                resources.targetGroups().get(0).arn(),
                                        "containerName", resources.container(),
                                        "containerPort", settings.containerPort()))));
        createDeploymentGroup(resources);
        return arn;
    }

    private void createDeploymentGroup(ReferenceResources resources) {
        aws.call(
                "codedeploy",
                "CreateApplication",
                Map.of("applicationName", resources.application(), "computePlatform", "ECS"));
        Map<String, Object> pair = Map.of(
                "targetGroups",
                        resources.targetGroups().stream()
                                .map(group -> Map.of("name", group.name()))
                                .toList(),
                "prodTrafficRoute", Map.of("listenerArns", List.of(resources.productionListenerArn())),
                "testTrafficRoute", Map.of("listenerArns", List.of(resources.testListenerArn())));
        Map<String, Object> blueGreen = Map.of(
                "terminateBlueInstancesOnDeploymentSuccess",
                        Map.of(
                                "action",
                                "TERMINATE",
                                "terminationWaitTimeInMinutes",
                                settings.terminationWaitMinutes()),
                "deploymentReadyOption", Map.of("actionOnTimeout", "CONTINUE_DEPLOYMENT", "waitTimeInMinutes", 0));
        Map<String, Object> watched = Map.of(
                "enabled",
                true,
                "alarms",
                resources.alarms().stream().map(name -> Map.of("name", name)).toList());
        Map<String, Object> rollback = Map.of(
                "enabled",
                true,
                "events",
                List.of("DEPLOYMENT_FAILURE", "DEPLOYMENT_STOP_ON_ALARM", "DEPLOYMENT_STOP_ON_REQUEST"));
        aws.call(
                "codedeploy",
                "CreateDeploymentGroup",
                Map.of(
                        "applicationName", resources.application(),
                        "deploymentGroupName", resources.deploymentGroup(),
                        "deploymentConfigName", settings.deploymentConfig(),
                        "serviceRoleArn", role("codedeploy"),
                        "deploymentStyle",
                                Map.of("deploymentType", "BLUE_GREEN", "deploymentOption", "WITH_TRAFFIC_CONTROL"),
                        "ecsServices",
                                List.of(Map.of("clusterName", resources.cluster(), "serviceName", resources.service())),
                        "loadBalancerInfo", Map.of("targetGroupPairInfoList", List.of(pair)),
                        "blueGreenDeploymentConfiguration", blueGreen,
                        "alarmConfiguration", watched,
                        "autoRollbackConfiguration", rollback));
    }

    private String role(String purpose) {
        return "arn:aws:iam::" + aws.account() + ":role/" + settings.service() + "-" + purpose;
    }

    private static JsonNode parse(String json) {
        try {
            JsonNode tree = new ObjectMapper().readTree(json);
            if (tree.isObject()) {
                return tree;
            }
            throw new IllegalArgumentException("the task definition is not a JSON object");
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("the task definition is not JSON: " + e.getOriginalMessage(), e);
        }
    }
}
