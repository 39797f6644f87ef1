package io.jenkins.plugins.ecscanary.engine.model;

import java.util.Objects;

/**
 * What runs: a task definition revision and the image in its main container.
 *
 * @param taskDefinition the task definition's full ARN
 * @param container the name of the container the image is for
 * @param image the reference as deployed
 * @param digest {@code sha256:…}, or null where it is not known (an image outside ECR)
 */
public record Revision(String taskDefinition, String container, String image, String digest) {

    public Revision {
        Objects.requireNonNull(taskDefinition, "taskDefinition");
    }

    /** {@code family:revision}, as people write it. */
    public String shortTaskDefinition() {
        return Arn.last(taskDefinition);
    }
}
