package io.jenkins.plugins.ecscanary.localaws.cloudformation.resource;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.jenkins.plugins.ecscanary.localaws.cloudformation.resource.KeptHandler.Attributes;
import io.jenkins.plugins.ecscanary.localaws.world.World;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.BiFunction;

/** The types that are kept without behaviour: the parts of a VPC, IAM, and CDK's note of itself. */
final class KeptTypes {

    private static final Attributes NONE = (world, id, properties) -> Map.of();

    private final World world;

    KeptTypes(World world) {
        this.world = world;
    }

    List<ResourceType> all() {
        return List.of(
                kept("AWS::EC2::VPC", ec2("vpc"), Set.of(), Set.of("CidrBlock"), vpc()),
                kept(
                        "AWS::EC2::Subnet",
                        ec2("subnet"),
                        Set.of("VpcId", "CidrBlock"),
                        Set.of("VpcId", "CidrBlock", "AvailabilityZone"),
                        given("SubnetId", "AvailabilityZone", "CidrBlock", "VpcId")),
                kept("AWS::EC2::InternetGateway", ec2("igw"), Set.of(), Set.of(), given("InternetGatewayId")),
                kept(
                        "AWS::EC2::VPCGatewayAttachment",
                        (world, wanted) -> "IGW|" + wanted.text("VpcId"),
                        Set.of("VpcId"),
                        Set.of("VpcId"),
                        given()),
                kept("AWS::EC2::RouteTable", ec2("rtb"), Set.of("VpcId"), Set.of("VpcId"), given("RouteTableId")),
                kept(
                        "AWS::EC2::Route",
                        (world, wanted) -> wanted.text("RouteTableId") + "|"
                                + wanted.properties()
                                        .path("DestinationCidrBlock")
                                        .asText(wanted.text("DestinationIpv6CidrBlock")),
                        Set.of("RouteTableId"),
                        Set.of("RouteTableId", "DestinationCidrBlock", "DestinationIpv6CidrBlock"),
                        given()),
                kept(
                        "AWS::EC2::SubnetRouteTableAssociation",
                        ec2("rtbassoc"),
                        Set.of("RouteTableId", "SubnetId"),
                        Set.of("SubnetId"),
                        given("Id")),
                kept(
                        "AWS::EC2::SecurityGroup",
                        ec2("sg"),
                        Set.of("GroupDescription"),
                        Set.of("GroupDescription", "GroupName", "VpcId"),
                        given("GroupId", "Id", "VpcId")),
                kept(
                        "AWS::EC2::SecurityGroupIngress",
                        ec2("sgr"),
                        Set.of("IpProtocol"),
                        Set.of("GroupId", "IpProtocol", "FromPort", "ToPort", "CidrIp", "SourceSecurityGroupId"),
                        given("Id")),
                kept(
                        "AWS::EC2::SecurityGroupEgress",
                        ec2("sgr"),
                        Set.of("IpProtocol", "GroupId"),
                        Set.of("GroupId", "IpProtocol", "FromPort", "ToPort", "CidrIp", "DestinationSecurityGroupId"),
                        given("Id")),
                kept(
                        "AWS::EC2::VPCEndpoint",
                        ec2("vpce"),
                        Set.of("VpcId"),
                        Set.of("ServiceName", "VpcEndpointType", "VpcId"),
                        given("Id")),
                kept(
                        "AWS::EC2::FlowLog",
                        ec2("fl"),
                        Set.of("ResourceId", "ResourceType"),
                        Set.of("ResourceId", "ResourceType", "TrafficType", "LogGroupName", "LogDestinationType"),
                        given("Id")),
                role(),
                policy(),
                managedPolicy(),
                kept(
                        "AWS::CDK::Metadata",
                        (world, wanted) -> world.ids().uuid(),
                        Set.of(),
                        Set.of(),
                        new Known(Set.of(), NONE)));
    }

    /** Attributes and what they are called. */
    private record Known(Set<String> names, Attributes values) {}

    private ResourceType kept(
            String name,
            BiFunction<World, Wanted, String> id,
            Set<String> required,
            Set<String> replacing,
            Known attributes) {
        return KeptHandler.type(world, name, id, required, replacing, null, attributes.names(), attributes.values());
    }

    private static BiFunction<World, Wanted, String> ec2(String prefix) {
        return (world, wanted) -> prefix + "-" + world.ids().ec2();
    }

    /** Properties as they were given; what is none is the id under another name. */
    private static Known given(String... names) {
        return new Known(Set.of(names), (world, id, properties) -> {
            Map<String, JsonNode> values = new HashMap<>();
            for (String name : names) {
                values.put(name, properties.has(name) ? properties.get(name) : Backend.text(id));
            }
            values.computeIfPresent(
                    "AvailabilityZone",
                    (name, zone) -> properties.has(name) ? zone : Backend.text(world.region() + "a"));
            return values;
        });
    }

    private static Known vpc() {
        return new Known(
                Set.of("VpcId", "CidrBlock", "CidrBlockAssociations", "DefaultNetworkAcl", "DefaultSecurityGroup"),
                (world, id, properties) -> {
                    // The rest of the id is the VPC's: an update must not change them.
                    String rest = id.substring(id.indexOf('-'));
                    Map<String, JsonNode> values = new HashMap<>();
                    values.put("VpcId", Backend.text(id));
                    values.put(
                            "CidrBlock",
                            properties.path("CidrBlock").isMissingNode()
                                    ? Backend.text("")
                                    : properties.get("CidrBlock"));
                    values.put(
                            "CidrBlockAssociations",
                            JsonNodeFactory.instance.arrayNode().add("vpc-cidr-assoc" + rest));
                    values.put("DefaultNetworkAcl", Backend.text("acl" + rest));
                    values.put("DefaultSecurityGroup", Backend.text("sg" + rest));
                    return values;
                });
    }

    private ResourceType role() {
        return KeptHandler.type(
                world,
                "AWS::IAM::Role",
                iamName("RoleName", 64),
                Set.of("AssumeRolePolicyDocument"),
                Set.of("RoleName", "Path"),
                "RoleName",
                Set.of("Arn", "RoleId"),
                (world, id, properties) -> Map.of(
                        "Arn",
                        Backend.text(iamArn(world, "role", id, properties)),
                        "RoleId",
                        Backend.text("AROA"
                                + Integer.toUnsignedString(id.hashCode(), 36).toUpperCase(Locale.ROOT))));
    }

    private ResourceType policy() {
        return KeptHandler.type(
                world,
                "AWS::IAM::Policy",
                (world, wanted) -> {
                    String end = world.ids().nameEnd();
                    return wanted.stack()
                                    .substring(0, Math.min(5, wanted.stack().length())) + "-"
                            + wanted.logicalId()
                                    .substring(0, Math.min(4, wanted.logicalId().length())) + "-" + end;
                },
                Set.of("PolicyName", "PolicyDocument"),
                Set.of(),
                null,
                Set.of("Id"),
                (world, id, properties) -> Map.of("Id", Backend.text(id)));
    }

    private ResourceType managedPolicy() {
        return KeptHandler.type(
                world,
                "AWS::IAM::ManagedPolicy",
                (world, wanted) -> iamArn(
                        world, "policy", iamName("ManagedPolicyName", 128).apply(world, wanted), wanted.properties()),
                Set.of("PolicyDocument"),
                Set.of("ManagedPolicyName", "Path", "Description"),
                "ManagedPolicyName",
                Set.of("PolicyArn"),
                (world, id, properties) -> Map.of("PolicyArn", Backend.text(id)));
    }

    private static BiFunction<World, Wanted, String> iamName(String property, int longest) {
        return (world, wanted) -> new Backend(world, null, "iam", "IAM").name(wanted, property, longest);
    }

    private static String iamArn(World world, String kind, String name, JsonNode properties) {
        return "arn:aws:iam::" + world.account() + ":" + kind
                + properties.path("Path").asText("/") + name;
    }
}
