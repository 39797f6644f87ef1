package io.jenkins.plugins.ecscanary.localaws.logs;

import io.jenkins.plugins.ecscanary.localaws.wire.AwsError;

/** Which events FilterLogEvents tells. */
@FunctionalInterface
interface FilterPattern {

    int LONGEST = 1024;

    boolean matches(String message);

    /**
     * Terms ({@link TermPattern}) or conditions on JSON ({@link JsonPattern}); nothing matches everything. Patterns for
     * events with columns ({@code [a, b]}) and regular expressions ({@code %…%}) are refused by name.
     *
     * @param text may be null
     * @throws AwsError InvalidParameterException if it makes no sense
     */
    static FilterPattern parse(String text) {
        String pattern = text == null ? "" : text.strip();
        if (pattern.length() > LONGEST) {
            throw LogErrors.invalid("filterPattern must have at most " + LONGEST + " characters");
        }
        if (pattern.isEmpty()) {
            return message -> true;
        }
        if (pattern.startsWith("[")) {
            throw AwsError.unsupported("space-delimited filter patterns ([…])");
        }
        return pattern.startsWith("{") ? JsonPattern.parse(pattern) : TermPattern.parse(pattern);
    }
}
