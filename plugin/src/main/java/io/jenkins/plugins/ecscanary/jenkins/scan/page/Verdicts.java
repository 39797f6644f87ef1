package io.jenkins.plugins.ecscanary.jenkins.scan.page;

import io.jenkins.plugins.ecscanary.engine.scan.ScanVerdict;

/** Verdicts as people read them. */
final class Verdicts {

    private Verdicts() {}

    static String words(ScanVerdict verdict) {
        return switch (verdict) {
            case PASSED -> Messages.Verdicts_Passed();
            case UNSTABLE -> Messages.Verdicts_Unstable();
            case FAILED -> Messages.Verdicts_Failed();
            case CLOSED -> Messages.Verdicts_Closed();
        };
    }

    /** For how it is shown: never by colour alone. */
    static String tone(ScanVerdict verdict) {
        return switch (verdict) {
            case PASSED -> "success";
            case UNSTABLE -> "warning";
            case FAILED, CLOSED -> "failure";
        };
    }
}
