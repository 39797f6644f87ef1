package io.jenkins.plugins.ecscanary.engine.model;

import java.time.Duration;
import java.util.Objects;

/**
 * What "healthy" means for the replacement. AWS's alarms stop a deployment, never this: it is what the view compares with, what
 * an alarm looks for that the engine creates, and what decides whether there was enough to judge by. A replacement that is
 * promoted below the threshold is so with a warning and words in its verdict.
 *
 * @param threshold success rate in percent
 * @param datapoints how many periods below it are one too many
 * @param minRequests a period with fewer requests says nothing; 0 accepts silence
 * @param period of one datapoint; ALB metrics have 60 s
 */
public record Criterion(double threshold, int datapoints, int minRequests, Duration period) {

    /** The reference: 99.5 %, two datapoints. */
    public static final Criterion REFERENCE = new Criterion(99.5, 2, 50, Duration.ofSeconds(60));

    public Criterion {
        Objects.requireNonNull(period, "period");
        if (!(threshold > 0 && threshold <= 100)) {
            throw new IllegalArgumentException("the success-rate threshold is " + threshold + ", not in (0, 100]");
        }
        if (datapoints < 1) {
            throw new IllegalArgumentException("datapoints is " + datapoints + ", not at least 1");
        }
        if (minRequests < 0) {
            throw new IllegalArgumentException("minRequests is " + minRequests + ", below 0");
        }
    }
}
