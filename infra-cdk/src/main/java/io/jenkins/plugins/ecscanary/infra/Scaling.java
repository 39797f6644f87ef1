package io.jenkins.plugins.ecscanary.infra;

import io.jenkins.plugins.ecscanary.infra.settings.Settings;
import software.amazon.awscdk.services.applicationautoscaling.CfnScalableTarget;
import software.amazon.awscdk.services.applicationautoscaling.CfnScalingPolicy;
import software.constructs.Construct;

/**
 * More tasks by CPU or memory, and fewer again, never fewer than the desired count. Not by requests: such a policy watches one
 * target group, and the traffic is at the other after every deployment.
 */
public final class Scaling extends Construct {

    private static final int OUT_AFTER_SECONDS = 60;
    private static final int IN_AFTER_SECONDS = 300;

    private final CfnScalableTarget target;

    public Scaling(Construct scope, Settings settings, Settings.Scaling scaling, WebService service) {
        super(scope, "Scaling");
        target = CfnScalableTarget.Builder.create(this, "Tasks")
                .serviceNamespace("ecs")
                .scalableDimension("ecs:service:DesiredCount")
                .resourceId("service/" + service.cluster().getRef() + "/"
                        + service.service().getAttrName())
                .minCapacity(settings.task().desiredCount())
                .maxCapacity(scaling.maxCount())
                .build();
        scaling.cpu().ifPresent(percent -> keep("Cpu", "ECSServiceAverageCPUUtilization", percent));
        scaling.memory().ifPresent(percent -> keep("Memory", "ECSServiceAverageMemoryUtilization", percent));
    }

    private void keep(String id, String metric, int percent) {
        CfnScalingPolicy.Builder.create(this, id)
                .policyName(id)
                .policyType("TargetTrackingScaling")
                .scalingTargetId(target.getRef())
                .targetTrackingScalingPolicyConfiguration(
                        CfnScalingPolicy.TargetTrackingScalingPolicyConfigurationProperty.builder()
                                .predefinedMetricSpecification(
                                        CfnScalingPolicy.PredefinedMetricSpecificationProperty.builder()
                                                .predefinedMetricType(metric)
                                                .build())
                                .targetValue(percent)
                                .scaleOutCooldown(OUT_AFTER_SECONDS)
                                .scaleInCooldown(IN_AFTER_SECONDS)
                                .build())
                .build();
    }
}
