package io.jenkins.plugins.ecscanary.localaws.cloudformation.resource;

import static io.jenkins.plugins.ecscanary.localaws.cloudformation.resource.Keeping.ID;
import static io.jenkins.plugins.ecscanary.localaws.cloudformation.resource.Keeping.around;
import static io.jenkins.plugins.ecscanary.localaws.cloudformation.resource.Keeping.given;
import static io.jenkins.plugins.ecscanary.localaws.cloudformation.resource.Keeping.id;
import static io.jenkins.plugins.ecscanary.localaws.cloudformation.resource.Keeping.lower;

import io.jenkins.plugins.ecscanary.localaws.world.World;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Types of what is between users and the load balancer, or services and one another: CloudFront, names in DNS, Cloud Map. Kept
 * as {@link KeptServices} are: nothing is served at their addresses and no name is answered.
 */
final class KeptEdge {

    private static final String CLOUD_FRONT = "AWS::CloudFront::";
    private static final String CLOUD_MAP = "AWS::ServiceDiscovery::";

    private final Keeping keeping;

    KeptEdge(World world) {
        this.keeping = new Keeping(world);
    }

    List<ResourceType> all() {
        return List.of(
                keeping.type(
                        CLOUD_FRONT + "Distribution",
                        id("E"),
                        List.of("DistributionConfig"),
                        List.of(),
                        Map.of("Id", ID, "DomainName", around("d", ".cloudfront.net"))),
                configured("CachePolicy"),
                configured("OriginRequestPolicy"),
                configured("ResponseHeadersPolicy"),
                configured("OriginAccessControl"),
                configured("CloudFrontOriginAccessIdentity"),
                configured("KeyGroup"),
                configured("PublicKey"),
                keeping.type(
                        CLOUD_FRONT + "VpcOrigin",
                        id("vo_"),
                        List.of("VpcOriginEndpointConfig"),
                        List.of(),
                        Map.of(
                                "Id",
                                ID,
                                "Arn",
                                keeping.globalArn("cloudfront", "vpcorigin/"),
                                "Status",
                                (id, properties) -> Backend.text("Deployed"))),
                keeping.named(
                        CLOUD_FRONT + "Function",
                        "Name",
                        (world, wanted) ->
                                "arn:aws:cloudfront::" + world.account() + ":function/" + wanted.text("Name"),
                        List.of("Name", "FunctionCode", "FunctionConfig"),
                        List.of("Name"),
                        Map.of("FunctionARN", ID, "FunctionMetadata.FunctionARN", ID)),
                keeping.named(
                        CLOUD_FRONT + "KeyValueStore",
                        "Name",
                        Keeping.uuid(),
                        List.of("Name"),
                        List.of("Name"),
                        Map.of("Id", ID, "Arn", keeping.globalArn("cloudfront", "key-value-store/"))),
                keeping.type(
                        CLOUD_FRONT + "RealtimeLogConfig",
                        (world, wanted) -> "arn:aws:cloudfront::" + world.account() + ":realtime-log-config/"
                                + wanted.text("Name"),
                        List.of("Name", "EndPoints", "Fields", "SamplingRate"),
                        List.of("Name"),
                        Map.of("Arn", ID)),
                keeping.type(
                        CLOUD_FRONT + "MonitoringSubscription",
                        (world, wanted) -> wanted.text("DistributionId"),
                        List.of("DistributionId", "MonitoringSubscription"),
                        List.of("DistributionId"),
                        Map.of()),
                keeping.type("AWS::Route53::HostedZone", id("Z"), List.of(), List.of("Name"), Map.of("Id", ID)),
                keeping.type(
                        "AWS::Route53::RecordSet",
                        (world, wanted) -> wanted.text("Name"),
                        List.of("Name", "Type"),
                        List.of("Name", "HostedZoneId", "HostedZoneName"),
                        Map.of()),
                keeping.type(
                        CLOUD_MAP + "HttpNamespace",
                        lower("ns-"),
                        List.of("Name"),
                        List.of("Name"),
                        Map.of("Id", ID, "Arn", namespaceArn())),
                keeping.type(
                        CLOUD_MAP + "PrivateDnsNamespace",
                        lower("ns-"),
                        List.of("Name", "Vpc"),
                        List.of("Name", "Vpc"),
                        Map.of("Id", ID, "Arn", namespaceArn(), "HostedZoneId", hostedZone())),
                keeping.type(
                        CLOUD_MAP + "PublicDnsNamespace",
                        lower("ns-"),
                        List.of("Name"),
                        List.of("Name"),
                        Map.of("Id", ID, "Arn", namespaceArn(), "HostedZoneId", hostedZone())),
                keeping.type(
                        CLOUD_MAP + "Service",
                        lower("srv-"),
                        List.of(),
                        List.of("HealthCheckCustomConfig", "Name", "NamespaceId", "Type"),
                        Map.of("Id", ID, "Arn", keeping.arn("servicediscovery", "service/"), "Name", given("Name"))),
                keeping.type(
                        CLOUD_MAP + "Instance",
                        Keeping.name("InstanceId"),
                        List.of("InstanceAttributes", "ServiceId"),
                        List.of("InstanceId", "ServiceId"),
                        Map.of()));
    }

    /** One that has nothing but a configuration, {@code <type>Config}. */
    private ResourceType configured(String type) {
        return keeping.type(CLOUD_FRONT + type, Keeping.uuid(), List.of(type + "Config"), List.of(), Map.of("Id", ID));
    }

    private Keeping.Value namespaceArn() {
        return keeping.arn("servicediscovery", "namespace/");
    }

    private static Keeping.Value hostedZone() {
        return (id, properties) ->
                Backend.text("Z" + id.substring("ns-".length()).toUpperCase(Locale.ROOT));
    }
}
