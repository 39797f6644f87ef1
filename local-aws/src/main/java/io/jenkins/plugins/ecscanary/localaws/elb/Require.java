package io.jenkins.plugins.ecscanary.localaws.elb;

import io.jenkins.plugins.ecscanary.localaws.wire.AwsError;
import java.util.List;
import java.util.regex.Pattern;

/** What every operation checks of its parameters, with the load balancing API's own error. */
final class Require {

    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9-]+");

    private Require() {}

    static <T> T present(T value, String what) {
        if (value == null || "".equals(value)) {
            throw invalid("A " + what + " must be specified");
        }
        return value;
    }

    static void name(String name, String what) {
        present(name, what + " name");
        if (name.length() > 32) {
            throw invalid("The " + what + " name '" + name + "' cannot be longer than '32' characters");
        }
        if (!NAME.matcher(name).matches()) {
            throw invalid("The " + what + " name '" + name
                    + "' can only contain characters that are alphanumeric characters and hyphens(-)");
        }
        if (name.startsWith("-") || name.endsWith("-")) {
            throw invalid("The " + what + " name '" + name + "' cannot begin or end with a hyphen(-)");
        }
    }

    static int between(Integer value, int fallback, int min, int max, String what) {
        int checked = value == null ? fallback : value;
        if (checked < min || checked > max) {
            throw invalid(what + " '" + checked + "' must be in the inclusive range of " + min + " to " + max);
        }
        return checked;
    }

    static String oneOf(String value, List<String> allowed, String what) {
        if (!allowed.contains(value)) {
            throw invalid(what + " '" + value + "' must be one of '" + allowed + "'");
        }
        return value;
    }

    /** @param given which of several ways to name things were used */
    static void atMostOne(String what, boolean... given) {
        int count = 0;
        for (boolean each : given) {
            count += each ? 1 : 0;
        }
        if (count > 1) {
            throw invalid("Only one of " + what + " can be specified");
        }
    }

    static void shorter(String value, int longest, String what) {
        if (value.length() > longest) {
            throw invalid(what + " cannot be longer than '" + longest + "' characters");
        }
    }

    /** What AWS has and we don't is refused by name; its default may be spelled out. */
    static void only(Object value, Object supported, String what) {
        if (value != null && !value.equals(supported)) {
            throw AwsError.unsupported(what + " '" + value + "' (only '" + supported + "')");
        }
    }

    static AwsError invalid(String message) {
        return new AwsError("ValidationError", message);
    }
}
