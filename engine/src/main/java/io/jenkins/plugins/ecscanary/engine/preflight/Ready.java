package io.jenkins.plugins.ecscanary.engine.preflight;

import io.jenkins.plugins.ecscanary.engine.aws.SuccessRateAlarm;
import io.jenkins.plugins.ecscanary.engine.model.Revision;
import io.jenkins.plugins.ecscanary.engine.model.ServiceKey;
import io.jenkins.plugins.ecscanary.engine.model.TrafficPlan;
import java.time.Duration;
import java.util.List;

/**
 * A service on which the deployment can start, as preflight read it.
 *
 * @param listenerArn the production listener
 * @param loadBalancer as a metric's dimension has it: {@code app/<name>/<id>}
 * @param originalTargetGroupArn has all the weight now
 * @param original what runs there
 * @param replacementTargetGroupArn the other one of the pair
 * @param container takes the traffic
 * @param imageContainer the container the image is for: the same, unless a sidecar takes the traffic
 * @param image the image to deploy with its digest in place of its tag, or null for a registered task definition
 * @param digest of that image, or null where it could not be checked
 * @param config the deployment config to use
 * @param traffic that config as a plan
 * @param overrideAlarms the alarms this deployment is to have instead of the group's, or null for the group's
 * @param watchedAlarms the alarms that stop it, whichever way
 * @param alarmsToCreate missing ones that were asked for, to be created before anything else
 */
public record Ready(
        ServiceKey service,
        String listenerArn,
        String loadBalancer,
        String originalTargetGroupArn,
        Revision original,
        String replacementTargetGroupArn,
        String container,
        int containerPort,
        String imageContainer,
        String image,
        String digest,
        String config,
        TrafficPlan traffic,
        Duration terminationWait,
        Duration readyWait,
        List<String> overrideAlarms,
        List<String> watchedAlarms,
        List<SuccessRateAlarm> alarmsToCreate) {
    public Ready {
        overrideAlarms = overrideAlarms == null ? null : List.copyOf(overrideAlarms);
        watchedAlarms = List.copyOf(watchedAlarms);
        alarmsToCreate = List.copyOf(alarmsToCreate);
    }

    /** The same, with what is known of {@code original} beyond what AWS tells. */
    public Ready withOriginal(Revision known) {
        return new Ready(
                service,
                listenerArn,
                loadBalancer,
                originalTargetGroupArn,
                known,
                replacementTargetGroupArn,
                container,
                containerPort,
                imageContainer,
                image,
                digest,
                config,
                traffic,
                terminationWait,
                readyWait,
                overrideAlarms,
                watchedAlarms,
                alarmsToCreate);
    }
}
