package io.jenkins.plugins.ecscanary.engine.scan;

import io.jenkins.plugins.ecscanary.engine.text.NearestName;
import java.util.Arrays;
import java.util.Locale;

/** How bad a finding is, in Trivy's words, the least first. */
public enum Severity {
    UNKNOWN,
    LOW,
    MEDIUM,
    HIGH,
    CRITICAL;

    /**
     * @param word in capitals or not
     * @throws IllegalArgumentException for any other word, naming those that there are
     */
    public static Severity of(String word) {
        String name = word.strip().toUpperCase(Locale.ROOT);
        for (Severity severity : values()) {
            if (severity.name().equals(name)) {
                return severity;
            }
        }
        String shown = Printable.line(word.strip(), 40);
        throw new IllegalArgumentException("'" + shown + "' is no severity"
                + NearestName.hint(
                        shown, Arrays.stream(values()).map(Severity::name).toList())
                + " (there are UNKNOWN, LOW, MEDIUM, HIGH and CRITICAL)");
    }
}
