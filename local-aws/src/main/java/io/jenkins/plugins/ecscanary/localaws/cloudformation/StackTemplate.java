package io.jenkins.plugins.ecscanary.localaws.cloudformation;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A template that an AWS is furnished from.
 *
 * @param stackName the stack's that it is made into
 * @param body JSON or YAML, up to 1,000,000 characters, as long as one from S3 may be
 * @param parameters values by name; those that are not named have their defaults
 */
public record StackTemplate(String stackName, String body, Map<String, String> parameters) {

    private static final int LONGEST = 1_000_000;

    public StackTemplate {
        if (!Members.NAME.matcher(stackName).matches()) {
            throw new IllegalArgumentException("stack name '" + stackName
                    + "' is not a letter and then letters, digits and hyphens, 128 in all at most");
        }
        if (body.length() > LONGEST) {
            throw new IllegalArgumentException(
                    "the template has " + body.length() + " characters, more than " + LONGEST);
        }
        parameters = Collections.unmodifiableMap(new LinkedHashMap<>(parameters));
    }
}
