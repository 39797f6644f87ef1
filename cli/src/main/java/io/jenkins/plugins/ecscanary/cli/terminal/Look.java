package io.jenkins.plugins.ecscanary.cli.terminal;

/**
 * What the terminal can show.
 *
 * @param width columns; at least {@link #MIN_WIDTH} is used
 * @param unicode whether block and tick characters can be shown
 */
public record Look(int width, boolean unicode) {

    /** Below this nothing is readable; longer lines are then cut by the terminal. */
    public static final int MIN_WIDTH = 30;

    /** What is assumed where the terminal does not say. */
    public static final int DEFAULT_WIDTH = 80;

    public Look {
        width = Math.max(MIN_WIDTH, width);
    }

    String full() {
        return unicode ? "█" : "#";
    }

    String empty() {
        return unicode ? "░" : ".";
    }

    String done() {
        return unicode ? "✔" : "+";
    }

    String current() {
        return unicode ? "▶" : ">";
    }

    String bullet() {
        return unicode ? "●" : "*";
    }

    String dot() {
        return unicode ? " · " : " - ";
    }

    String arrow() {
        return unicode ? " → " : " -> ";
    }

    String times() {
        return unicode ? "×" : "x";
    }

    String ellipsis() {
        return unicode ? "…" : "~";
    }
}
