package io.jenkins.plugins.ecscanary.jenkins.scan.step;

/** Why a scan could not be judged: what failed and what to do, in one sentence. */
final class GateClosed extends Exception {
    private static final long serialVersionUID = 1L;

    GateClosed(String reason) {
        super(reason);
    }

    GateClosed(String reason, Throwable cause) {
        super(reason, cause);
    }
}
