package io.jenkins.plugins.ecscanary.engine.scan;

import java.util.regex.Pattern;

/** Colours and the like, as programs write them for terminals. */
final class Ansi {

    private static final Pattern SEQUENCE = Pattern.compile("\u001B\\[[0-?]*[ -/]*[@-~]");

    private Ansi() {}

    static String without(String text) {
        return text.indexOf('\u001B') < 0 ? text : SEQUENCE.matcher(text).replaceAll("");
    }
}
