package io.jenkins.plugins.ecscanary.engine.view;

/**
 * Someone asked for something.
 *
 * @param note why, or null
 */
public record Asked(String who, String note) {

    /** In one sentence: {@code ben: looks fine}. */
    public String words() {
        return who + (note == null ? "" : ": " + note);
    }
}
