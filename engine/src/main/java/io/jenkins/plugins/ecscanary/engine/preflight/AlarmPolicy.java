package io.jenkins.plugins.ecscanary.engine.preflight;

import java.util.List;

/**
 * Tells which alarms are the original target group's, whose old revision must not stop the new one, and what the
 * replacement's are called.
 *
 * <p>An alarm belongs to a target group if its name has the target group's name in it as a word of its own, such as {@code
 * web-b-success-rate} or {@code success-rate/web-b} for {@code web-b}; of two names that are both in it, the longer one
 * counts. CloudWatch has no other link between the two that can be read without knowing each alarm's metrics.
 */
final class AlarmPolicy {

    private final String original;
    private final String replacement;

    /** @param original name of the target group with all the traffic */
    AlarmPolicy(String original, String replacement) {
        this.original = original;
        this.replacement = replacement;
    }

    /** Those of the group's alarms that belong to the original target group, and so do not stop the deployment. */
    List<String> ofOriginal(List<String> groups) {
        return groups.stream().filter(this::isOriginals).toList();
    }

    /** The names that the replacement's alarms would have if they are named as the original's are. */
    List<String> counterparts(List<String> groups) {
        return ofOriginal(groups).stream()
                .map(name -> name.substring(0, indexOf(name, original))
                        + replacement
                        + name.substring(indexOf(name, original) + original.length()))
                .filter(name -> !groups.contains(name))
                .toList();
    }

    private boolean isOriginals(String alarm) {
        boolean both = indexOf(alarm, original) >= 0 && indexOf(alarm, replacement) >= 0;
        return both ? original.length() > replacement.length() : indexOf(alarm, original) >= 0;
    }

    /** Where {@code word} stands in {@code name} with no letter or digit beside it, or -1. */
    private static int indexOf(String name, String word) {
        for (int at = name.indexOf(word); at >= 0; at = name.indexOf(word, at + 1)) {
            int end = at + word.length();
            if ((at == 0 || !Character.isLetterOrDigit(name.charAt(at - 1)))
                    && (end == name.length() || !Character.isLetterOrDigit(name.charAt(end)))) {
                return at;
            }
        }
        return -1;
    }
}
