package io.jenkins.plugins.ecscanary.engine.taskdef;

import java.util.Objects;

/**
 * What stands in for a placeholder.
 *
 * @param text as it is, not escaped for JSON
 * @param origin where it was given, for messages: {@code deploy.config:7}, {@code --image}
 */
public record TemplateValue(String text, String origin) {
    public TemplateValue {
        Objects.requireNonNull(text, "text");
        Objects.requireNonNull(origin, "origin");
    }
}
