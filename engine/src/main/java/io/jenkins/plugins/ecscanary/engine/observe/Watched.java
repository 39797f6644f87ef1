package io.jenkins.plugins.ecscanary.engine.observe;

import io.jenkins.plugins.ecscanary.engine.aws.AwsFailure;
import io.jenkins.plugins.ecscanary.engine.rollout.Observation;
import io.jenkins.plugins.ecscanary.engine.view.DeploymentView;

/** A deployment the pool looks at for someone. Both methods are called on the pool's threads. */
public interface Watched {

    /** What is known of it now: where it is says what to look at and when. */
    DeploymentView view();

    /** A look was answered. Must not block for long. */
    void seen(Look look, Observation observation);

    /** A look failed; the pool goes on by itself. */
    void failed(Look look, AwsFailure failure);
}
