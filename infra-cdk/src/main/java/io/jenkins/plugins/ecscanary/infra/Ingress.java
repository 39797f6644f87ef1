package io.jenkins.plugins.ecscanary.infra;

import io.jenkins.plugins.ecscanary.infra.settings.Settings;
import java.util.List;
import java.util.Locale;
import software.amazon.awscdk.services.elasticloadbalancingv2.CfnListener;
import software.amazon.awscdk.services.elasticloadbalancingv2.CfnLoadBalancer;
import software.amazon.awscdk.services.elasticloadbalancingv2.CfnTargetGroup;
import software.constructs.Construct;

/**
 * The load balancer with a production and a test listener, and the pair of target groups between which deployments move the
 * traffic. Both listeners begin at the blue one; from the first deployment on their weights are CodeDeploy's (ECS's are those of
 * rules, see {@link EcsDeployment}), and a stack update must not touch them: see docs/infrastructure.md, "Life after a
 * deployment".
 */
public final class Ingress extends Construct {

    private static final int HTTP = 80;
    private static final int HTTPS = 443;
    private static final int DRAIN_SECONDS = 30;

    private final Settings settings;
    private final CfnLoadBalancer loadBalancer;
    private final CfnTargetGroup blue;
    private final CfnTargetGroup green;
    private final CfnListener production;
    private final CfnListener test;

    public Ingress(Construct scope, Settings settings, Network network, SecurityGroups groups) {
        super(scope, "Ingress");
        this.settings = settings;
        loadBalancer = CfnLoadBalancer.Builder.create(this, "LoadBalancer")
                .name(settings.names().service())
                .type("application")
                .scheme("internet-facing")
                .subnets(network.publicSubnetIds())
                .securityGroups(List.of(groups.loadBalancerId()))
                .build();
        loadBalancer.getNode().addDependency(network.toInternet());
        Nag.accept(
                loadBalancer,
                "AwsSolutions-ELB2",
                "The reference architecture keeps no access logs: they would take a bucket that grows with the traffic."
                        + " CloudWatch has the figures that deployments are judged by.");
        blue = targetGroup("Blue", network);
        green = targetGroup("Green", network);
        production = settings.traffic().certificate().map(this::https).orElseGet(() -> http("HttpListener", HTTP));
        test = http("TestListener", settings.traffic().testPort());
    }

    private CfnTargetGroup targetGroup(String id, Network network) {
        return CfnTargetGroup.Builder.create(this, id)
                .name(settings.names().service() + "-" + id.toLowerCase(Locale.ROOT))
                .vpcId(network.vpcId())
                .targetType("ip")
                .protocol("HTTP")
                .port(settings.task().port())
                .healthCheckPath(settings.traffic().healthPath())
                .healthCheckIntervalSeconds(30)
                .healthCheckTimeoutSeconds(5)
                .healthyThresholdCount(2)
                .unhealthyThresholdCount(2)
                // Shorter than a task is given to end after it: see stopTimeoutSeconds.
                .targetGroupAttributes(List.of(CfnTargetGroup.TargetGroupAttributeProperty.builder()
                        .key("deregistration_delay.timeout_seconds")
                        .value(String.valueOf(DRAIN_SECONDS))
                        .build()))
                .build();
    }

    /**
     * Production's with a certificate. 80 then only sends there, and is the same resource as without: a second listener on a
     * port can't be made before the first is gone.
     */
    private CfnListener https(String certificate) {
        CfnListener.Builder.create(this, "HttpListener")
                .loadBalancerArn(loadBalancer.getRef())
                .protocol("HTTP")
                .port(HTTP)
                .defaultActions(List.of(CfnListener.ActionProperty.builder()
                        .type("redirect")
                        .redirectConfig(CfnListener.RedirectConfigProperty.builder()
                                .protocol("HTTPS")
                                .port(String.valueOf(HTTPS))
                                .statusCode("HTTP_301")
                                .build())
                        .build()))
                .build();
        return CfnListener.Builder.create(this, "HttpsListener")
                .loadBalancerArn(loadBalancer.getRef())
                .protocol("HTTPS")
                .port(HTTPS)
                .sslPolicy("ELBSecurityPolicy-TLS13-1-2-2021-06")
                .certificates(List.of(CfnListener.CertificateProperty.builder()
                        .certificateArn(certificate)
                        .build()))
                .defaultActions(List.of(toBlue()))
                .build();
    }

    private CfnListener http(String id, int port) {
        return CfnListener.Builder.create(this, id)
                .loadBalancerArn(loadBalancer.getRef())
                .protocol("HTTP")
                .port(port)
                .defaultActions(List.of(toBlue()))
                .build();
    }

    private CfnListener.ActionProperty toBlue() {
        return CfnListener.ActionProperty.builder()
                .type("forward")
                .targetGroupArn(blue.getRef())
                .build();
    }

    CfnLoadBalancer loadBalancer() {
        return loadBalancer;
    }

    /** That of the service's first tasks. */
    CfnTargetGroup blue() {
        return blue;
    }

    /** That of the first deployment's tasks. */
    CfnTargetGroup green() {
        return green;
    }

    CfnListener production() {
        return production;
    }

    CfnListener test() {
        return test;
    }
}
