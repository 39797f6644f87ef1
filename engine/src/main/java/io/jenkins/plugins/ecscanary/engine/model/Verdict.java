package io.jenkins.plugins.ecscanary.engine.model;

import java.time.Instant;
import java.util.Objects;

/**
 * The end of a deployment.
 *
 * @param cause one sentence for people, with the values it rests on
 * @param provisional true where traffic has shifted but AWS has not completed the deployment
 * @param originalWeight percent read back from the listener at the end, or null if it could not be read
 * @param replacementWeight percent read back from the listener at the end, or null if it could not be read
 */
public record Verdict(
        Outcome outcome,
        String cause,
        Instant at,
        boolean provisional,
        Integer originalWeight,
        Integer replacementWeight) {
    public Verdict {
        Objects.requireNonNull(outcome, "outcome");
        Objects.requireNonNull(at, "at");
    }
}
