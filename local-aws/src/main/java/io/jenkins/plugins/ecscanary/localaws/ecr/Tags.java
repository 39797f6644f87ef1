package io.jenkins.plugins.ecscanary.localaws.ecr;

import java.util.regex.Pattern;

/** What an image's tag looks like. */
final class Tags {

    private static final Pattern FORM = Pattern.compile("[a-zA-Z0-9_][a-zA-Z0-9._-]{0,127}");

    private Tags() {}

    static boolean wellFormed(String tag) {
        return FORM.matcher(tag).matches();
    }
}
