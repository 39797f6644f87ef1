package io.jenkins.plugins.ecscanary.engine.preflight;

import io.jenkins.plugins.ecscanary.engine.aws.Aws;
import io.jenkins.plugins.ecscanary.engine.aws.AwsCodeDeploy.DeploymentSeen;
import io.jenkins.plugins.ecscanary.engine.aws.AwsFailure;
import io.jenkins.plugins.ecscanary.engine.model.CodeDeployGroup;
import io.jenkins.plugins.ecscanary.engine.rollout.Observation.Progress;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * The newest deployments of a CodeDeploy deployment group. It has one active deployment at most and makes no new one meanwhile,
 * so an active one is the newest or next to it.
 *
 * @param seen in no certain order; at most 25, as many as AWS describes in one call
 */
public record NewestDeployments(List<DeploymentSeen> seen) {

    private static final int MOST = 25;

    /** Up to 120 h until the shift and up to 48 h until the original ends: none is active for longer (CodeDeploy limits). */
    private static final Duration LONGEST_DEPLOYMENT = Duration.ofDays(8);

    public NewestDeployments {
        seen = List.copyOf(seen);
    }

    /**
     * Those that may be active.
     *
     * @param now AWS's present
     * @throws AwsFailure if they can't be read
     */
    public static NewestDeployments of(Aws aws, CodeDeployGroup group, Instant now) {
        return since(aws, group, now.minus(LONGEST_DEPLOYMENT));
    }

    /**
     * Those created at {@code from} or later.
     *
     * @throws AwsFailure if they can't be read
     */
    public static NewestDeployments since(Aws aws, CodeDeployGroup group, Instant from) {
        return new NewestDeployments(aws.deployments(aws.listDeployments(group, from, MOST)));
    }

    /** The one that keeps others from being made; so does, as far as anyone knows, one with a status that AWS adds one day. */
    public Optional<DeploymentSeen> active() {
        return seen.stream()
                .filter(deployment -> !Progress.of(deployment.status()).over())
                .findFirst();
    }
}
