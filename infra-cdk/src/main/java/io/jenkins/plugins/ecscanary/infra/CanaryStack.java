package io.jenkins.plugins.ecscanary.infra;

import io.jenkins.plugins.ecscanary.infra.settings.Settings;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import software.amazon.awscdk.CfnOutput;
import software.amazon.awscdk.Environment;
import software.amazon.awscdk.LegacyStackSynthesizer;
import software.amazon.awscdk.Stack;
import software.amazon.awscdk.StackProps;
import software.constructs.Construct;

/**
 * The reference architecture in one stack. It has no assets, so it needs no bootstrapped account: the template is all there is.
 */
public final class CanaryStack extends Stack {

    private final Ingress ingress;
    private final WebService service;
    private final Optional<EcsDeployment> byEcs;

    /** @param id also the stack's name, unless several regions share it */
    public CanaryStack(Construct scope, String id, String name, Settings settings) {
        super(
                scope,
                id,
                StackProps.builder()
                        .stackName(name)
                        .description("Canary deployments of " + settings.names().service() + " to Amazon ECS")
                        .env(Environment.builder()
                                .region(settings.place().region())
                                .build())
                        .synthesizer(new LegacyStackSynthesizer())
                        .analyticsReporting(false)
                        .build());
        Network network = new Network(this, settings);
        SecurityGroups groups = new SecurityGroups(this, settings, network);
        Endpoints endpoints = new Endpoints(this, settings, network, groups);
        ingress = new Ingress(this, settings, network, groups);
        Registry registry = new Registry(this, settings);
        Observability observability = new Observability(this, settings, ingress);
        Access access = new Access(this, settings, registry, observability);
        byEcs = settings.canary().byEcs().map(how -> new EcsDeployment(this, settings, how, ingress, observability));
        List<ServicePart> parts = new ArrayList<>();
        parts.add(byEcs.<ServicePart>map(ecs -> ecs).orElse(CanaryDeployment.CONTROLLER));
        settings.discovery().namespace().ifPresent(domain -> parts.add(new CloudMap(this, settings, domain, network)));
        settings.discovery()
                .connect()
                .ifPresent(space -> parts.add(new ServiceConnect(this, settings, space, observability)));
        service = new WebService(
                this, settings, network, groups, endpoints, ingress, registry, observability, access, parts);
        Optional<CanaryDeployment> canary = byEcs.isPresent()
                ? Optional.empty()
                : Optional.of(new CanaryDeployment(this, settings, ingress, service, observability, access));
        options(settings, network);
        Optional<ContentDelivery> delivery =
                settings.traffic().cdn().map(cdn -> new ContentDelivery(this, settings, cdn, ingress));
        output("Url", delivery.map(ContentDelivery::url).orElse(url(settings)), "Where the service is");
        delivery.ifPresent(
                cdn -> output("CloudFrontName", cdn.domainName(), "What a domain of one's own has to point to"));
        output("DeployerRoleArn", access.deployer().getRoleArn(), "Jenkins's role");
        output(
                "DeployConfig",
                DeployConfigText.of(settings, registry, observability, service, canary, access),
                "The deploy.config for this stack");
    }

    private String url(Settings settings) {
        return "http" + (settings.traffic().certificate().isPresent() ? "s" : "") + "://"
                + ingress.loadBalancer().getAttrDnsName();
    }

    private void options(Settings settings, Network network) {
        if (settings.extras().flowLogs()) {
            new FlowLogs(this, settings, network);
        }
        if (settings.extras().moreAlarms()) {
            new OperationalAlarms(this, settings, ingress);
        }
        if (settings.traffic().waf()) {
            new Firewall(this, settings, ingress);
        }
        if (byEcs.isPresent()) {
            settings.extras().alarmTopic().ifPresent(topic -> new DeploymentEvents(this, settings, topic));
        }
        settings.task().scaling().ifPresent(scaling -> new Scaling(this, settings, scaling, ingress, service));
        settings.extras().budget().ifPresent(budget -> new CostBudget(this, settings, budget));
    }

    private void output(String id, String value, String description) {
        CfnOutput.Builder.create(this, id).value(value).description(description).build();
    }

    Ingress ingress() {
        return ingress;
    }

    WebService service() {
        return service;
    }

    /** Where ECS itself deploys. */
    Optional<EcsDeployment> byEcs() {
        return byEcs;
    }
}
