package io.jenkins.plugins.ecscanary.jenkins.step;

/** Foreign text for a build's log: one line, and nothing that a terminal or a console note would take for a command. */
public final class PlainText {

    private PlainText() {}

    public static String of(String text) {
        return text == null ? "" : text.replaceAll("[\\p{Cc}\\u202a-\\u202e\\u2066-\\u2069]+", " ");
    }
}
