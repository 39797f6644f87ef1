package io.jenkins.plugins.ecscanary.localaws.elb;

/**
 * Why a target is in its state, in AWS's words.
 *
 * @param code such as {@code Target.Timeout}
 * @param description the sentence that goes with it
 */
record HealthReason(String code, String description) {

    static final HealthReason REGISTRATION_IN_PROGRESS =
            new HealthReason("Elb.RegistrationInProgress", "Target registration is in progress");
    static final HealthReason INITIAL_HEALTH_CHECKING =
            new HealthReason("Elb.InitialHealthChecking", "Initial health checks in progress");
    static final HealthReason NOT_IN_USE = new HealthReason(
            "Target.NotInUse", "Target group is not configured to receive traffic from the load balancer");
    static final HealthReason NOT_REGISTERED =
            new HealthReason("Target.NotRegistered", "Target is not registered to the target group");
    static final HealthReason DEREGISTRATION_IN_PROGRESS =
            new HealthReason("Target.DeregistrationInProgress", "Target deregistration is in progress");
    static final HealthReason TIMEOUT = new HealthReason("Target.Timeout", "Request timed out");
    static final HealthReason FAILED = new HealthReason("Target.FailedHealthChecks", "Health checks failed");

    static HealthReason mismatch(int status) {
        return new HealthReason(
                "Target.ResponseCodeMismatch", "Health checks failed with these codes: [" + status + "]");
    }
}
