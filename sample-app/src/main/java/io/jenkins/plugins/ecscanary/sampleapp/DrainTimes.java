package io.jenkins.plugins.ecscanary.sampleapp;

import java.time.Duration;

/**
 * How a process that was told to stop spends its last seconds. ECS sends SIGTERM after the load balancer has let go of the task, or at
 * the same time when somebody stops the task by hand; for the latter case new requests are still answered for a moment.
 *
 * @param answerNew how long new page requests are still answered; after that they get 503
 * @param finishWithin how long, from the signal on, requests in flight may take; must be shorter than the task definition's {@code stopTimeout}
 */
public record DrainTimes(Duration answerNew, Duration finishWithin) {

    public static final DrainTimes DEFAULT = new DrainTimes(Duration.ofSeconds(1), Duration.ofSeconds(25));
}
