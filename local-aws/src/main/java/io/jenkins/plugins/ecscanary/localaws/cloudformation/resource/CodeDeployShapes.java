package io.jenkins.plugins.ecscanary.localaws.cloudformation.resource;

import static io.jenkins.plugins.ecscanary.localaws.cloudformation.resource.Structure.asItIs;
import static io.jenkins.plugins.ecscanary.localaws.cloudformation.resource.Structure.lowerCamel;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;

/** The properties of CodeDeploy's resources. */
final class CodeDeployShapes {

    /** Unlike the rest, CodeDeploy's tags have capitals. */
    private static final Shape TAGS = Shape.list(asItIs().text("Key", "Value"));

    static final Structure APPLICATION =
            lowerCamel().text("ApplicationName", "ComputePlatform").with("Tags", TAGS);

    static final Structure CONFIG = lowerCamel()
            .text("DeploymentConfigName", "ComputePlatform")
            .with(
                    "TrafficRoutingConfig",
                    lowerCamel()
                            .text("Type")
                            .with("TimeBasedCanary", lowerCamel().whole("CanaryPercentage", "CanaryInterval"))
                            .with("TimeBasedLinear", lowerCamel().whole("LinearPercentage", "LinearInterval")))
            .tree("MinimumHealthyHosts", "ZonalConfig");

    private static final Shape ROUTE = lowerCamel().texts("ListenerArns");
    private static final Shape NAMES = Shape.list(lowerCamel().text("Name"));

    private static final Shape PAIRS = Shape.list(lowerCamel()
            .with("TargetGroups", NAMES)
            .with("ProdTrafficRoute", ROUTE)
            .with("TestTrafficRoute", ROUTE));

    private static final Shape BLUE_GREEN = lowerCamel()
            .with(
                    "TerminateBlueInstancesOnDeploymentSuccess",
                    lowerCamel().text("Action").whole("TerminationWaitTimeInMinutes"))
            .with("DeploymentReadyOption", lowerCamel().text("ActionOnTimeout").whole("WaitTimeInMinutes"));

    static final Structure GROUP = lowerCamel()
            .text("ApplicationName", "DeploymentGroupName", "DeploymentConfigName", "ServiceRoleArn")
            .named("ECSServices", "ecsServices", Shape.list(lowerCamel().text("ClusterName", "ServiceName")))
            .with("LoadBalancerInfo", lowerCamel().with("TargetGroupPairInfoList", PAIRS))
            .with("BlueGreenDeploymentConfiguration", BLUE_GREEN)
            .with("DeploymentStyle", lowerCamel().text("DeploymentType", "DeploymentOption"))
            .with(
                    "AlarmConfiguration",
                    lowerCamel().truth("Enabled", "IgnorePollAlarmFailure").with("Alarms", NAMES))
            .with("AutoRollbackConfiguration", lowerCamel().truth("Enabled").texts("Events"))
            .tree("TriggerConfigurations", "OutdatedInstancesStrategy", "TerminationHookEnabled")
            .with("Tags", TAGS);

    private CodeDeployShapes() {}

    static void syncTags(Backend codeDeploy, String resource, JsonNode before, JsonNode after) {
        String arn = codeDeploy.world().arn("codedeploy", resource);
        Backend.tags(
                before,
                after,
                added -> codeDeploy.call("TagResource", Map.of("ResourceArn", arn, "Tags", added)),
                removed -> codeDeploy.call("UntagResource", Map.of("ResourceArn", arn, "TagKeys", removed)));
    }
}
