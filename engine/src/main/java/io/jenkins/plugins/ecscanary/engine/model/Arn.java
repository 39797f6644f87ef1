package io.jenkins.plugins.ecscanary.engine.model;

/** The parts of ARNs by which people know things. What is no ARN is its own name, and null stays null. */
public final class Arn {

    private Arn() {}

    /** The last part: {@code family:revision} of a task definition, the id of a task. */
    public static String last(String arn) {
        return arn == null ? null : arn.substring(arn.lastIndexOf('/') + 1);
    }

    /**
     * The name in {@code …/<name>/<id>}: of a target group or a load balancer, as an ARN or as the dimension of a metric has
     * it.
     */
    public static String named(String arn) {
        String[] parts = arn == null ? new String[0] : arn.split("/");
        return parts.length < 2 ? arn : parts[parts.length - 2];
    }
}
