package io.jenkins.plugins.ecscanary.localaws.cloudformation.resource;

import static io.jenkins.plugins.ecscanary.localaws.cloudformation.resource.Structure.asItIs;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Map;

/** The properties of load balancing's resources. What local-aws has no behaviour for is left to it to refuse by name. */
final class ElbShapes {

    private static final Shape PAIRS = Shape.list(asItIs().text("Key", "Value"));

    static final Structure LOAD_BALANCER = asItIs().text("Name", "Scheme", "Type", "IpAddressType")
            .texts("Subnets", "SecurityGroups")
            .with("SubnetMappings", Shape.list(asItIs().text("SubnetId")))
            .with("LoadBalancerAttributes", PAIRS)
            .with("Tags", PAIRS);

    static final Structure TARGET_GROUP = asItIs().text(
                    "Name", "Protocol", "ProtocolVersion", "TargetType", "VpcId", "IpAddressType")
            .text("HealthCheckPath", "HealthCheckPort", "HealthCheckProtocol")
            .whole("Port", "HealthCheckIntervalSeconds", "HealthCheckTimeoutSeconds")
            .whole("HealthyThresholdCount", "UnhealthyThresholdCount")
            .truth("HealthCheckEnabled")
            .with("Matcher", asItIs().text("HttpCode"))
            .with("TargetGroupAttributes", PAIRS)
            .with("Tags", PAIRS);

    private static final Shape FORWARD = asItIs().with(
                    "TargetGroups", Shape.list(asItIs().text("TargetGroupArn").whole("Weight")))
            .with("TargetGroupStickinessConfig", asItIs().truth("Enabled").whole("DurationSeconds"));

    private static final Shape ACTIONS = Shape.list(asItIs().text("Type", "TargetGroupArn")
            .whole("Order")
            .with("ForwardConfig", FORWARD)
            .with("RedirectConfig", asItIs().text("Protocol", "Port", "Host", "Path", "Query", "StatusCode"))
            .with("FixedResponseConfig", asItIs().text("MessageBody", "StatusCode", "ContentType")));

    static final Structure LISTENER = asItIs().text("LoadBalancerArn", "Protocol", "SslPolicy")
            .whole("Port")
            .with("DefaultActions", ACTIONS)
            .tree("Certificates", "AlpnPolicy", "MutualAuthentication", "ListenerAttributes");

    private static final Shape VALUES = asItIs().texts("Values");

    private static final Shape CONDITIONS = Shape.list(asItIs().text("Field")
            .texts("Values")
            .with("HostHeaderConfig", VALUES)
            .with("PathPatternConfig", VALUES)
            .with("HttpRequestMethodConfig", VALUES)
            .with("SourceIpConfig", VALUES)
            .with("HttpHeaderConfig", asItIs().text("HttpHeaderName").texts("Values"))
            .with("QueryStringConfig", asItIs().with("Values", PAIRS)));

    static final Structure RULE = asItIs().text("ListenerArn")
            .whole("Priority")
            .with("Conditions", CONDITIONS)
            .with("Actions", ACTIONS);

    private ElbShapes() {}

    /** Tags of a resource that is there. */
    static void syncTags(Backend elb, String arn, JsonNode before, JsonNode after) {
        Backend.tags(
                before,
                after,
                added -> elb.call("AddTags", Map.of("ResourceArns", List.of(arn), "Tags", added)),
                removed -> elb.call("RemoveTags", Map.of("ResourceArns", List.of(arn), "TagKeys", removed)));
    }
}
