package io.jenkins.plugins.ecscanary.infra;

import io.jenkins.plugins.ecscanary.infra.settings.Settings;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import software.amazon.awscdk.Aws;
import software.amazon.awscdk.services.ecs.CfnService;
import software.amazon.awscdk.services.servicediscovery.CfnHttpNamespace;
import software.constructs.Construct;

/**
 * A name for the other services of a namespace, by a proxy beside each task, whose traffic ECS shifts as it does the load
 * balancer's. Not where CodeDeploy deploys: ECS has no Service Connect there (aws/containers-roadmap#1993,
 * aws/amazon-ecs-service-connect-agent#74).
 */
public final class ServiceConnect extends Construct implements ServicePart {

    /** Of the container's port; later task definitions have to call it so too. */
    static final String PORT_NAME = "http";

    private final Settings settings;
    private final Observability observability;
    private final CfnHttpNamespace namespace;

    public ServiceConnect(Construct scope, Settings settings, String name, Observability observability) {
        super(scope, "ServiceConnect");
        this.settings = settings;
        this.observability = observability;
        namespace = CfnHttpNamespace.Builder.create(this, "Namespace")
                .name(name)
                .description("Services that the cluster " + settings.names().cluster() + " connects")
                .build();
    }

    @Override
    public void addTo(CfnService.Builder service, CfnService.LoadBalancerProperty.Builder balancer) {
        // Service Connect takes small letters only.
        String name = settings.names().service().toLowerCase(Locale.ROOT);
        service.serviceConnectConfiguration(CfnService.ServiceConnectConfigurationProperty.builder()
                .enabled(true)
                .namespace(namespace.getAttrArn())
                .services(List.of(CfnService.ServiceConnectServiceProperty.builder()
                        .portName(PORT_NAME)
                        .discoveryName(name)
                        .clientAliases(List.of(CfnService.ServiceConnectClientAliasProperty.builder()
                                .dnsName(name)
                                .port(settings.task().port())
                                .build()))
                        .build()))
                .logConfiguration(CfnService.LogConfigurationProperty.builder()
                        .logDriver("awslogs")
                        .options(new TreeMap<>(Map.of(
                                "awslogs-group",
                                observability.logs().getRef(),
                                "awslogs-region",
                                Aws.REGION,
                                "awslogs-stream-prefix",
                                "service-connect")))
                        .build())
                .build());
    }
}
