package io.jenkins.plugins.ecscanary.infra;

import io.jenkins.plugins.ecscanary.infra.settings.Settings;
import java.util.List;
import software.amazon.awscdk.services.servicediscovery.CfnPrivateDnsNamespace;
import software.amazon.awscdk.services.servicediscovery.CfnService;
import software.constructs.Construct;

/**
 * A name in the VPC's DNS for the tasks themselves, for clients that don't come by the load balancer. It knows no weights: during a
 * deployment it has the tasks of both versions, each as good as the other (aws/containers-roadmap#648).
 */
public final class CloudMap extends Construct implements ServicePart {

    /** How long a client may ask for a task that has gone. */
    private static final int TTL_SECONDS = 10;

    private final CfnService registry;

    public CloudMap(Construct scope, Settings settings, String domain, Network network) {
        super(scope, "CloudMap");
        CfnPrivateDnsNamespace namespace = CfnPrivateDnsNamespace.Builder.create(this, "Namespace")
                .name(domain)
                .vpc(network.vpcId())
                .description("Services of the cluster " + settings.names().cluster())
                .build();
        registry = CfnService.Builder.create(this, "Service")
                .name(settings.names().service())
                .namespaceId(namespace.getAttrId())
                .dnsConfig(CfnService.DnsConfigProperty.builder()
                        .routingPolicy("MULTIVALUE")
                        .dnsRecords(List.of(CfnService.DnsRecordProperty.builder()
                                .type("A")
                                .ttl(TTL_SECONDS)
                                .build()))
                        .build())
                // ECS says which task is healthy.
                .healthCheckCustomConfig(CfnService.HealthCheckCustomConfigProperty.builder()
                        .failureThreshold(1)
                        .build())
                .build();
    }

    @Override
    public void addTo(
            software.amazon.awscdk.services.ecs.CfnService.Builder service,
            software.amazon.awscdk.services.ecs.CfnService.LoadBalancerProperty.Builder balancer) {
        service.serviceRegistries(
                List.of(software.amazon.awscdk.services.ecs.CfnService.ServiceRegistryProperty.builder()
                        .registryArn(registry.getAttrArn())
                        .build()));
    }
}
