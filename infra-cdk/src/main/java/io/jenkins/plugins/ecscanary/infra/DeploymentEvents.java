package io.jenkins.plugins.ecscanary.infra;

import io.jenkins.plugins.ecscanary.infra.settings.Settings;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import software.amazon.awscdk.services.events.CfnRule;
import software.constructs.Construct;

/** Tells a topic of deployments that failed where ECS itself deploys; where CodeDeploy does, its group has triggers for that. */
public final class DeploymentEvents extends Construct {

    public DeploymentEvents(Construct scope, Settings settings, String topic) {
        super(scope, "DeploymentEvents");
        CfnRule.Builder.create(this, "Failed")
                .description("Deployments of " + settings.names().service() + " that failed")
                .eventPattern(new TreeMap<>(Map.of(
                        "source",
                        List.of("aws.ecs"),
                        "detail-type",
                        List.of("ECS Deployment State Change"),
                        "resources",
                        List.of(Arns.of(
                                "ecs",
                                "service/" + settings.names().cluster() + "/"
                                        + settings.names().service())),
                        "detail",
                        Map.of("eventName", List.of("SERVICE_DEPLOYMENT_FAILED")))))
                .targets(List.of(
                        CfnRule.TargetProperty.builder().id("topic").arn(topic).build()))
                .build();
    }
}
