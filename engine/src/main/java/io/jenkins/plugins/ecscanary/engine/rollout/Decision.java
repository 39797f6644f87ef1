package io.jenkins.plugins.ecscanary.engine.rollout;

import io.jenkins.plugins.ecscanary.engine.model.Wait;
import io.jenkins.plugins.ecscanary.engine.timeline.DeploymentEvent;
import java.util.List;

/**
 * What follows from an observation.
 *
 * @param events to append, in order
 * @param command to carry out once they are on disk
 */
public record Decision(List<DeploymentEvent> events, Command command) {
    public Decision {
        events = List.copyOf(events);
    }

    /** What is to be done in AWS. */
    public sealed interface Command {}

    /** Nothing. */
    public record Nothing() implements Command {}

    /** Ask AWS to end a wait, because someone promotes the deployment. */
    public record Proceed(Wait waiting) implements Command {}

    /** Ask AWS to stop the deployment and roll it back. */
    public record RollBack(String cause) implements Command {}
}
