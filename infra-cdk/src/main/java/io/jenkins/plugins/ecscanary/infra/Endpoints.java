package io.jenkins.plugins.ecscanary.infra;

import io.jenkins.plugins.ecscanary.infra.settings.Settings;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import software.amazon.awscdk.Aws;
import software.amazon.awscdk.services.ec2.CfnVPCEndpoint;
import software.constructs.Construct;

/**
 * How the tasks reach AWS without the internet: ECR to pull images, S3 where ECR keeps their layers, CloudWatch Logs; and
 * where secrets come from, if there are any. The interface endpoints are in each zone, so that the loss of one is no loss to
 * the others.
 */
public final class Endpoints extends Construct {

    public Endpoints(Construct scope, Settings settings, Network network, SecurityGroups groups) {
        super(scope, "Endpoints");
        services(settings).forEach((id, service) -> CfnVPCEndpoint.Builder.create(this, id)
                .vpcId(network.vpcId())
                .vpcEndpointType("Interface")
                .serviceName(name(service))
                .subnetIds(network.privateSubnetIds())
                .securityGroupIds(List.of(groups.endpointsId()))
                .privateDnsEnabled(true)
                .build());
        CfnVPCEndpoint.Builder.create(this, "S3")
                .vpcId(network.vpcId())
                .vpcEndpointType("Gateway")
                .serviceName(name("s3"))
                .routeTableIds(List.of(network.privateRoutesId()))
                .build();
    }

    /** Logical id to the service's part of an endpoint's name, in a fixed order. */
    private static Map<String, String> services(Settings settings) {
        Map<String, String> services =
                new TreeMap<>(Map.of("EcrApi", "ecr.api", "EcrDocker", "ecr.dkr", "Logs", "logs"));
        settings.task().secrets().values().forEach(arn -> {
            if (arn.contains(":secretsmanager:")) {
                services.put("SecretsManager", "secretsmanager");
            } else {
                services.put("ParameterStore", "ssm");
            }
        });
        return services;
    }

    private static String name(String service) {
        return "com.amazonaws." + Aws.REGION + "." + service;
    }
}
