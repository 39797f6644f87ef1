package io.jenkins.plugins.ecscanary.jenkins.step;

import hudson.Util;
import hudson.util.FormValidation;
import io.jenkins.plugins.ecscanary.engine.text.TimeSpan;

/** What forms check before a Pipeline does. Nothing here looks at anything but the text, so anyone may ask. */
public final class Checks {

    private Checks() {}

    public static FormValidation timeSpan(String value) {
        try {
            TimeSpan.parse(value);
            return FormValidation.ok();
        } catch (IllegalArgumentException e) {
            return FormValidation.error(e.getMessage());
        }
    }

    public static FormValidation optionalTimeSpan(String value) {
        return Util.fixEmptyAndTrim(value) == null ? FormValidation.ok() : timeSpan(value);
    }

    public static FormValidation required(String value, String message) {
        return Util.fixEmptyAndTrim(value) == null ? FormValidation.error(message) : FormValidation.ok();
    }
}
