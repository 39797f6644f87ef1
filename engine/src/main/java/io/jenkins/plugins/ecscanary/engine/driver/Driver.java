package io.jenkins.plugins.ecscanary.engine.driver;

import io.jenkins.plugins.ecscanary.engine.aws.Aws.Identity;
import io.jenkins.plugins.ecscanary.engine.aws.AwsCodeDeploy.DeploymentSeen;
import io.jenkins.plugins.ecscanary.engine.model.CodeDeployGroup;
import io.jenkins.plugins.ecscanary.engine.model.DeploymentRequest;
import io.jenkins.plugins.ecscanary.engine.model.Revision;
import io.jenkins.plugins.ecscanary.engine.model.Wait;
import io.jenkins.plugins.ecscanary.engine.preflight.PreflightResult;
import io.jenkins.plugins.ecscanary.engine.preflight.Ready;
import io.jenkins.plugins.ecscanary.engine.scan.KnownScans;
import io.jenkins.plugins.ecscanary.engine.timeline.DeploymentEvent;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * One way of shifting traffic. Every method makes calls and blocks; every failure is an {@link
 * io.jenkins.plugins.ecscanary.engine.aws.AwsFailure}.
 */
public interface Driver {

    /**
     * Looks at everything that could be in the way; changes nothing.
     *
     * @param scans the ones that count where the request demands that the image was scanned
     */
    PreflightResult preflight(DeploymentRequest request, Identity identity, KnownScans scans);

    /**
     * The deployment that carries a token, whatever its status, if it was ever created.
     *
     * @param since not created before this
     */
    Optional<DeploymentSeen> find(CodeDeployGroup group, String token, Instant since);

    /** The deployment that keeps others from being created now, if there is one. */
    Optional<DeploymentSeen> active(CodeDeployGroup group);

    /**
     * Registers the revision if need be.
     *
     * @param token tells from then on that it is ours
     * @param journal told each intent before its call is made, and what came of it; when it throws, nothing more is done
     * @return what is to be deployed
     */
    Revision register(DeploymentRequest request, Ready ready, String token, Consumer<DeploymentEvent> journal);

    /**
     * Creates the deployment, exactly once: whenever the outcome of a call is not known, the token is looked for before
     * anything is created again.
     *
     * @param revision as registered
     * @param journal as for {@link #register}
     * @return what was started
     */
    Begun start(
            DeploymentRequest request,
            Ready ready,
            Revision revision,
            String token,
            Instant since,
            Consumer<DeploymentEvent> journal);

    /**
     * Asks AWS to end a wait; harmless when the deployment is over. A failure of kind STATE where AWS does not wait, yet or any
     * more.
     */
    void proceed(String deploymentId, Wait wait);

    /** Asks AWS to stop and roll back; harmless when the deployment is over. */
    void rollBack(String deploymentId);

    /** Where a person sees the deployment in AWS's console; null where there is none. */
    String consoleUrl(String deploymentId);

    /**
     * @param config the deployment config in use
     * @param terminationWait how long the original task set is kept after the last shift
     * @param adopted true where it was found by its token
     */
    record Begun(String deploymentId, String config, Duration terminationWait, boolean adopted) {}
}
