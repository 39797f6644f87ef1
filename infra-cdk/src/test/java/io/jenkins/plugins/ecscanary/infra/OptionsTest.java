package io.jenkins.plugins.ecscanary.infra;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** What is off by default and made by a construct of its own. */
@RequiresNode
class OptionsTest {

    private final Resources all = Synth.of(AllOptions.on());

    @Test
    void noneIsOnByDefault() {
        TreeSet<String> types = new TreeSet<>();
        Synth.defaults()
                .template()
                .path("Resources")
                .forEach(resource -> types.add(resource.path("Type").asText()));
        assertThat(types)
                .containsExactly(
                        "AWS::CloudWatch::Alarm",
                        "AWS::CodeDeploy::Application",
                        "AWS::CodeDeploy::DeploymentGroup",
                        "AWS::EC2::InternetGateway",
                        "AWS::EC2::Route",
                        "AWS::EC2::RouteTable",
                        "AWS::EC2::SecurityGroup",
                        "AWS::EC2::Subnet",
                        "AWS::EC2::SubnetRouteTableAssociation",
                        "AWS::EC2::VPC",
                        "AWS::EC2::VPCEndpoint",
                        "AWS::EC2::VPCGatewayAttachment",
                        "AWS::ECR::Repository",
                        "AWS::ECS::Cluster",
                        "AWS::ECS::Service",
                        "AWS::ECS::TaskDefinition",
                        "AWS::ElasticLoadBalancingV2::Listener",
                        "AWS::ElasticLoadBalancingV2::LoadBalancer",
                        "AWS::ElasticLoadBalancingV2::TargetGroup",
                        "AWS::IAM::Role",
                        "AWS::Logs::LogGroup");
    }

    @Test
    void flowLogsAreOfTheVpcAndTheirRoleWritesNothingElse() {
        JsonNode log = all.only("AWS::EC2::FlowLog");
        assertThat(log.at("/ResourceId/Ref").asText()).isEqualTo(all.id("NetworkVpc"));
        assertThat(log.path("TrafficType").asText()).isEqualTo("ALL");
        assertThat(all.of("FlowLogsRole")
                        .at("/Policies/0/PolicyDocument/Statement/0/Resource/Fn::GetAtt/0")
                        .asText())
                .isEqualTo(all.id("FlowLogs"));
        assertThat(all.of("FlowLogs").path("RetentionInDays").asInt()).isEqualTo(30);
    }

    @Test
    void scalingKeepsCpuAndMemoryBetweenTheDesiredCountAndTheMost() {
        JsonNode target = all.only("AWS::ApplicationAutoScaling::ScalableTarget");
        assertThat(Evaluated.in(all).text(target.path("ResourceId"))).isEqualTo("service/reference/web");
        assertThat(target.path("MinCapacity").asInt()).isEqualTo(2);
        assertThat(target.path("MaxCapacity").asInt()).isEqualTo(6);
        assertThat(all.all("AWS::ApplicationAutoScaling::ScalingPolicy"))
                .extracting(policy -> policy.path("TargetTrackingScalingPolicyConfiguration"))
                .extracting(
                        tracking -> tracking.at("/PredefinedMetricSpecification/PredefinedMetricType")
                                .asText(),
                        tracking -> tracking.path("TargetValue").asInt())
                .containsExactlyInAnyOrder(
                        tuple("ECSServiceAverageCPUUtilization", 60),
                        tuple("ECSServiceAverageMemoryUtilization", 70),
                        tuple("", 600));
    }

    @Test
    void requestsAreCountedAtBothTargetGroups() {
        JsonNode metrics = all.of("ScalingRequests")
                .at("/TargetTrackingScalingPolicyConfiguration/CustomizedMetricSpecification/Metrics");
        assertThat(metrics.at("/0/Expression").asText()).isEqualTo("(FILL(blue,0)+FILL(green,0))/tasks");
        assertThat(metrics)
                .filteredOn(metric -> metric.path("ReturnData").asBoolean())
                .hasSize(1);
        for (String[] side : new String[][] {{"1", "Blue"}, {"2", "Green"}}) {
            JsonNode stat = metrics.at("/" + side[0] + "/MetricStat");
            assertThat(stat.at("/Metric/MetricName").asText()).isEqualTo("RequestCount");
            assertThat(stat.path("Stat").asText()).isEqualTo("Sum");
            assertThat(stat.at("/Metric/Dimensions/1/Value/Fn::GetAtt/0").asText())
                    .isEqualTo(all.id("Ingress" + side[1]));
        }
        assertThat(metrics.at("/3/MetricStat/Metric/MetricName").asText()).isEqualTo("DesiredTaskCount");
        assertThat(metrics.at("/3/MetricStat/Metric/Dimensions").toString())
                .isEqualTo("[{\"Name\":\"ClusterName\",\"Value\":\"reference\"},"
                        + "{\"Name\":\"ServiceName\",\"Value\":\"web\"}]");
    }

    @Test
    void theFirewallIsBeforeTheLoadBalancer() {
        assertThat(all.only("AWS::WAFv2::WebACLAssociation")
                        .at("/ResourceArn/Ref")
                        .asText())
                .isEqualTo(all.id("IngressLoadBalancer"));
        assertThat(all.only("AWS::WAFv2::WebACL").path("Rules"))
                .extracting(rule ->
                        rule.at("/Statement/ManagedRuleGroupStatement/Name").asText())
                .containsExactly("AWSManagedRulesCommonRuleSet", "AWSManagedRulesKnownBadInputsRuleSet");
        assertThat(all.only("AWS::WAFv2::WebACL").at("/DefaultAction/Allow").isObject())
                .isTrue();
    }

    @Test
    void furtherAlarmsTellAndRollNothingBack() {
        List<JsonNode> alarms = all.all("AWS::CloudWatch::Alarm");
        assertThat(alarms)
                .extracting(alarm -> alarm.path("AlarmName").asText())
                .containsExactlyInAnyOrder(
                        "web-blue-success-rate",
                        "web-green-success-rate",
                        "web-load-balancer-5xx",
                        "web-target-5xx",
                        "web-latency-p99",
                        "web-cpu",
                        "web-memory",
                        "web-healthy-targets");
        assertThat(alarms).allMatch(alarm -> Resources.texts(alarm.path("AlarmActions"))
                .equals(List.of("arn:aws:sns:eu-central-1:123456789012:alarms")));
        assertThat(all.only("AWS::CodeDeploy::DeploymentGroup").at("/AlarmConfiguration/Alarms"))
                .hasSize(2);
        JsonNode healthy = all.of("OperationalAlarmsHealthyTargets");
        assertThat(healthy.at("/Metrics/0/Expression").asText()).isEqualTo("FILL(blue,0)+FILL(green,0)");
        assertThat(healthy.path("Threshold").asInt()).isEqualTo(2);
    }

    @Test
    void theBudgetTellsTwice() {
        JsonNode budget = all.only("AWS::Budgets::Budget");
        assertThat(budget.at("/Budget/BudgetLimit/Amount").asInt()).isEqualTo(200);
        assertThat(budget.path("NotificationsWithSubscribers"))
                .extracting(
                        told -> told.at("/Notification/Threshold").asInt(),
                        told -> told.at("/Subscribers/0/Address").asText())
                .containsExactly(tuple(80, "ann@example.com"), tuple(100, "ann@example.com"));
    }

    @Test
    void severalRegionsAreAStackEach() {
        List<CanaryStack> stacks = Synth.stacks(Map.of("regions", "eu-central-1,eu-west-1"));
        assertThat(stacks)
                .extracting(CanaryStack::getArtifactId, CanaryStack::getStackName, CanaryStack::getRegion)
                .containsExactly(
                        tuple("ecs-canary", "ecs-canary", "eu-central-1"),
                        tuple("ecs-canary-eu-west-1", "ecs-canary", "eu-west-1"));
        Resources second = Synth.resources(stacks.get(1));
        assertThat(second.of("NetworkPrivate3").path("AvailabilityZone").asText())
                .isEqualTo("eu-west-1c");
        assertThat(second.all("AWS::IAM::Role"))
                .as("roles are of the account, and their names would meet")
                .noneMatch(role -> role.has("RoleName"));
    }
}
