package io.jenkins.plugins.ecscanary.localaws.codedeploy;

/** A step of a deployment can't be done: the deployment fails with this code and message. */
final class StepFailed extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final String code;

    /** @param code one of CodeDeploy's ErrorCode values */
    StepFailed(String code, String message) {
        super(message);
        this.code = code;
    }

    String code() {
        return code;
    }
}
