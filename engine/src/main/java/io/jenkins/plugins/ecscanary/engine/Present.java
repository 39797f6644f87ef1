package io.jenkins.plugins.ecscanary.engine;

import io.jenkins.plugins.ecscanary.engine.aws.Aws;
import io.jenkins.plugins.ecscanary.engine.aws.Aws.Identity;
import io.jenkins.plugins.ecscanary.engine.aws.Aws.ListenerSeen;
import io.jenkins.plugins.ecscanary.engine.aws.AwsCodeDeploy.DeploymentSeen;
import io.jenkins.plugins.ecscanary.engine.model.Wait;
import io.jenkins.plugins.ecscanary.engine.rollout.Observation.Progress;
import io.jenkins.plugins.ecscanary.engine.view.DeploymentView;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * What AWS says of a recorded deployment at this moment, whatever its record knows and whoever owns that.
 *
 * @param status in AWS's word, such as {@code InProgress}
 * @param completedAt or null
 * @param message why it stopped or failed, in AWS's words, or null
 * @param rollbackId of the deployment that undoes it, or null
 * @param originalWeight percent of the production listener's weights, or null where the record does not name the listener
 * @param replacementWeight the same
 * @param waits what someone could end by promoting it; null where AWS waits for nothing
 */
public record Present(
        String deploymentId,
        String status,
        Instant completedAt,
        String message,
        String rollbackId,
        Integer originalWeight,
        Integer replacementWeight,
        Wait waits) {

    /** Whether AWS has completed, stopped or failed it. */
    public boolean over() {
        return Progress.of(status).over();
    }

    /** For people: {@code d-A1B2C3D4E is InProgress, 30 % of traffic shifted}. */
    public String words() {
        return deploymentId + " is " + status
                + (message == null ? "" : " (" + message + ")")
                + (rollbackId == null ? "" : ", undone by " + rollbackId)
                + (replacementWeight == null ? "" : ", " + replacementWeight + " % of traffic shifted");
    }

    /**
     * Asks AWS.
     *
     * @return empty if AWS does not know it
     * @throws io.jenkins.plugins.ecscanary.engine.aws.AwsFailure if AWS can't be asked, or these keys are for another account
     *     or region than the record
     */
    static Optional<Present> of(Context context, DeploymentView known) {
        Identity identity = context.aws().identity();
        Resume.requireHome(context, identity, known);
        return Resume.created(context, known).map(seen -> of(context.aws(), known, seen));
    }

    private static Present of(Aws aws, DeploymentView known, DeploymentSeen seen) {
        String listener = known.working().listenerArn();
        Optional<ListenerSeen> weights = listener == null
                ? Optional.empty()
                : aws.listeners(List.of(listener)).stream().findFirst();
        Integer original = weights.map(
                        all -> all.weights().getOrDefault(known.working().originalTargetGroupArn(), 0))
                .orElse(null);
        Integer replacement = weights.map(
                        all -> all.weights().getOrDefault(known.working().replacementTargetGroupArn(), 0))
                .orElse(null);
        return new Present(
                seen.id(),
                seen.status(),
                seen.completedAt(),
                seen.errorMessage(),
                seen.rollbackDeploymentId(),
                original,
                replacement,
                waits(seen, replacement));
    }

    private static Wait waits(DeploymentSeen seen, Integer replacement) {
        if (seen.rollbackDeploymentId() != null || Progress.of(seen.status()).over()) {
            return null;
        }
        if ("Ready".equals(seen.status())) {
            return Wait.READY;
        }
        return Integer.valueOf(100).equals(replacement) ? Wait.TERMINATION : null;
    }

    static String nothingToPromote(DeploymentView view) {
        return "there is nothing to promote: " + (view.deploymentId() == null ? view.id() : view.deploymentId())
                + (view.ended()
                        ? " has ended"
                        : " is " + view.phase().name().toLowerCase(Locale.ROOT).replace('_', ' ')
                                + ", and AWS waits for nobody");
    }
}
