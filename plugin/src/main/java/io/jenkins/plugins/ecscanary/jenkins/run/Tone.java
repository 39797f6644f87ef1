package io.jenkins.plugins.ecscanary.jenkins.run;

import io.jenkins.plugins.ecscanary.engine.model.Verdict;

/** In which colour a state is shown: the same everywhere, and the same as the live view's. No colour tells anything alone. */
public final class Tone {

    static final String RUNNING = "running";
    static final String FAILURE = "failure";

    private Tone() {}

    /**
     * {@code success}, {@code failure}, {@code warning} or {@code running}.
     *
     * @param verdict or null while there is none
     */
    public static String of(Verdict verdict) {
        if (verdict == null) {
            return RUNNING;
        }
        return switch (verdict.outcome()) {
            case PROMOTED -> "success";
            case ROLLED_BACK, ROLLBACK_FAILED, REFUSED -> FAILURE;
            case ABORTED, INCONCLUSIVE, UNKNOWN -> "warning";
        };
    }
}
