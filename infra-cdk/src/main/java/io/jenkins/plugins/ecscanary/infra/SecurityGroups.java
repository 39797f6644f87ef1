package io.jenkins.plugins.ecscanary.infra;

import io.jenkins.plugins.ecscanary.infra.settings.Settings;
import java.util.ArrayList;
import java.util.List;
import software.amazon.awscdk.services.ec2.CfnSecurityGroup;
import software.constructs.Construct;

/**
 * Who may connect to whom: everyone, or CloudFront alone, to the load balancer's production ports; the load balancer, and clients
 * that find them without it where settings name some, to the tasks; the tasks to the endpoints. What goes out is not narrowed:
 * there is nothing but the endpoints it could reach.
 */
public final class SecurityGroups extends Construct {

    private static final String ANYONE = "0.0.0.0/0";

    private final CfnSecurityGroup loadBalancer;
    private final CfnSecurityGroup tasks;
    private final CfnSecurityGroup endpoints;

    public SecurityGroups(Construct scope, Settings settings, Network network) {
        super(scope, "SecurityGroups");
        Settings.Traffic traffic = settings.traffic();
        List<CfnSecurityGroup.IngressProperty> reached = new ArrayList<>(production(traffic));
        traffic.testCidrs().forEach(cidr -> reached.add(from(cidr, traffic.testPort(), "Test listener")));
        loadBalancer = group("LoadBalancer", network, "The load balancer, from the internet", reached);
        if (traffic.cdn().isEmpty()) {
            Nag.accept(
                    loadBalancer,
                    "AwsSolutions-EC23",
                    "A public service: anyone may connect to the production ports 80 and 443, and to no others.");
        }
        int port = settings.task().port();
        List<CfnSecurityGroup.IngressProperty> asked = new ArrayList<>();
        asked.add(from(loadBalancer, port, "The load balancer"));
        settings.discovery()
                .clients()
                .forEach(cidr -> asked.add(from(cidr, port, "Clients that find tasks by themselves")));
        // The rules say from where: a group of another description would be another group.
        tasks = group("Tasks", network, "The tasks", asked);
        endpoints = group(
                "Endpoints", network, "The endpoints of AWS, from the tasks only", List.of(from(tasks, 443, "Tasks")));
    }

    /**
     * Where CloudFront is before it, one port for CloudFront's addresses: their list counts for 55 of the 60 rules that a group
     * may have.
     */
    private static List<CfnSecurityGroup.IngressProperty> production(Settings.Traffic traffic) {
        if (traffic.cdn().isEmpty()) {
            return List.of(from(ANYONE, 80, "HTTP"), from(ANYONE, 443, "HTTPS"));
        }
        int port = traffic.certificate().isPresent() ? 443 : 80;
        return List.of(CfnSecurityGroup.IngressProperty.builder()
                .ipProtocol("tcp")
                .fromPort(port)
                .toPort(port)
                .sourcePrefixListId(traffic.cdn().get().prefixList())
                .description("CloudFront")
                .build());
    }

    private CfnSecurityGroup group(
            String id, Network network, String description, List<CfnSecurityGroup.IngressProperty> ingress) {
        return CfnSecurityGroup.Builder.create(this, id)
                .vpcId(network.vpcId())
                .groupDescription(description)
                .securityGroupIngress(ingress)
                .securityGroupEgress(List.of(CfnSecurityGroup.EgressProperty.builder()
                        .ipProtocol("-1")
                        .cidrIp(ANYONE)
                        .description("Anywhere")
                        .build()))
                .build();
    }

    private static CfnSecurityGroup.IngressProperty from(String cidr, int port, String description) {
        return CfnSecurityGroup.IngressProperty.builder()
                .ipProtocol("tcp")
                .fromPort(port)
                .toPort(port)
                .cidrIp(cidr)
                .description(description)
                .build();
    }

    private static CfnSecurityGroup.IngressProperty from(CfnSecurityGroup group, int port, String description) {
        return CfnSecurityGroup.IngressProperty.builder()
                .ipProtocol("tcp")
                .fromPort(port)
                .toPort(port)
                .sourceSecurityGroupId(group.getAttrGroupId())
                .description(description)
                .build();
    }

    /** Its id. */
    public String loadBalancerId() {
        return loadBalancer.getAttrGroupId();
    }

    /** Its id. */
    public String tasksId() {
        return tasks.getAttrGroupId();
    }

    /** Its id. */
    public String endpointsId() {
        return endpoints.getAttrGroupId();
    }
}
