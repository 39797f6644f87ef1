package io.jenkins.plugins.ecscanary.infra;

import io.jenkins.plugins.ecscanary.infra.settings.Settings;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import software.amazon.awscdk.Acknowledgment;
import software.amazon.awscdk.CfnTag;
import software.amazon.awscdk.Validations;
import software.amazon.awscdk.services.ec2.CfnInternetGateway;
import software.amazon.awscdk.services.ec2.CfnRoute;
import software.amazon.awscdk.services.ec2.CfnRouteTable;
import software.amazon.awscdk.services.ec2.CfnSubnet;
import software.amazon.awscdk.services.ec2.CfnSubnetRouteTableAssociation;
import software.amazon.awscdk.services.ec2.CfnVPC;
import software.amazon.awscdk.services.ec2.CfnVPCGatewayAttachment;
import software.constructs.Construct;

/**
 * The VPC: a public subnet for the load balancer and a private one for tasks and endpoints in each of three zones. There is no
 * NAT: nothing private has a way to or from the internet. The CDK's own Vpc chooses addresses itself, so the subnets are
 * written out.
 */
public final class Network extends Construct {

    private static final int FIRST_PUBLIC = 1;
    private static final int FIRST_PRIVATE = 11;

    private final CfnVPC vpc;
    private final List<CfnSubnet> publicSubnets = new ArrayList<>();
    private final List<CfnSubnet> privateSubnets = new ArrayList<>();
    private final CfnRouteTable privateRoutes;
    private final CfnRoute toInternet;

    public Network(Construct scope, Settings settings) {
        super(scope, "Network");
        Settings.Place place = settings.place();
        vpc = CfnVPC.Builder.create(this, "Vpc")
                .cidrBlock(place.cidr())
                .enableDnsSupport(true)
                .enableDnsHostnames(true)
                .tags(named(settings.names().cluster()))
                .build();
        if (!settings.extras().flowLogs()) {
            Nag.accept(
                    vpc,
                    "AwsSolutions-VPC7",
                    "The reference architecture has no flow logs, which cost by the amount of traffic; the setting flowLogs"
                            + " turns them on.");
        }
        CfnInternetGateway gateway = CfnInternetGateway.Builder.create(this, "InternetGateway")
                .tags(named(settings.names().cluster()))
                .build();
        CfnVPCGatewayAttachment attachment = CfnVPCGatewayAttachment.Builder.create(this, "InternetGatewayAttachment")
                .vpcId(vpcId())
                .internetGatewayId(gateway.getRef())
                .build();
        CfnRouteTable publicRoutes = routes("Public", settings);
        privateRoutes = routes("Private", settings);
        toInternet = CfnRoute.Builder.create(this, "PublicToInternet")
                .routeTableId(publicRoutes.getRef())
                .destinationCidrBlock("0.0.0.0/0")
                .gatewayId(gateway.getRef())
                .build();
        toInternet.getNode().addDependency(attachment);
        Validations.of(this)
                .acknowledge(Acknowledgment.builder()
                        .id("CloudFormation-Validate::W3010")
                        .reason("Which zones it is in is a setting, so that an address says where something is.")
                        .build());
        for (int zone = 0; zone < place.zones().size(); zone++) {
            publicSubnets.add(subnet("Public", zone, place, FIRST_PUBLIC, publicRoutes));
            privateSubnets.add(subnet("Private", zone, place, FIRST_PRIVATE, privateRoutes));
        }
    }

    private CfnRouteTable routes(String kind, Settings settings) {
        return CfnRouteTable.Builder.create(this, kind + "Routes")
                .vpcId(vpcId())
                .tags(named(settings.names().cluster() + "-" + kind.toLowerCase(Locale.ROOT)))
                .build();
    }

    private CfnSubnet subnet(String kind, int zone, Settings.Place place, int first, CfnRouteTable routes) {
        String name = kind + (zone + 1);
        CfnSubnet subnet = CfnSubnet.Builder.create(this, name)
                .vpcId(vpcId())
                .availabilityZone(place.zones().get(zone))
                .cidrBlock(place.subnet(first + zone))
                .mapPublicIpOnLaunch(false)
                .tags(named(kind.toLowerCase(Locale.ROOT) + "-" + place.zones().get(zone)))
                .build();
        CfnSubnetRouteTableAssociation.Builder.create(this, name + "Routes")
                .subnetId(subnet.getRef())
                .routeTableId(routes.getRef())
                .build();
        return subnet;
    }

    private static List<CfnTag> named(String name) {
        return List.of(CfnTag.builder().key("Name").value(name).build());
    }

    /** Its id. */
    public String vpcId() {
        return vpc.getRef();
    }

    /** Their ids. */
    public List<String> publicSubnetIds() {
        return publicSubnets.stream().map(CfnSubnet::getRef).toList();
    }

    /** Their ids. */
    public List<String> privateSubnetIds() {
        return privateSubnets.stream().map(CfnSubnet::getRef).toList();
    }

    /** The route table's id. */
    public String privateRoutesId() {
        return privateRoutes.getRef();
    }

    /** What a load balancer that is reached from the internet needs to be there first. */
    CfnRoute toInternet() {
        return toInternet;
    }
}
