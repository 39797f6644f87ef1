package io.jenkins.plugins.ecscanary.localaws.ecr;

import io.jenkins.plugins.ecscanary.localaws.wire.AwsError;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Which of a repository's tags can be moved to another image.
 *
 * @param mode {@code MUTABLE}, {@code IMMUTABLE}, or one of them {@code _WITH_EXCLUSION}
 * @param filters tags for which the opposite holds; empty without exclusion
 */
record TagMutability(String mode, List<Filter> filters) {

    static final String IMMUTABLE = "IMMUTABLE";

    private static final Set<String> PLAIN = Set.of("MUTABLE", IMMUTABLE);
    private static final Set<String> EXCLUDING = Set.of("MUTABLE_WITH_EXCLUSION", "IMMUTABLE_WITH_EXCLUSION");
    private static final int MOST_FILTERS = 5;

    TagMutability {
        filters = List.copyOf(filters);
    }

    /** @throws AwsError InvalidParameterException */
    static TagMutability of(String mode, List<Filter> filters) {
        String chosen = mode == null ? "MUTABLE" : mode;
        List<Filter> given = filters == null ? List.of() : filters;
        if (!PLAIN.contains(chosen) && !EXCLUDING.contains(chosen)) {
            throw Invalid.parameter(
                    "imageTagMutability", "it is none of " + PLAIN + " and " + EXCLUDING + ": " + chosen);
        }
        if (PLAIN.contains(chosen) != given.isEmpty() || given.size() > MOST_FILTERS) {
            throw Invalid.parameter(
                    "imageTagMutabilityExclusionFilters",
                    "one to " + MOST_FILTERS + " filters go with, and only with, " + EXCLUDING);
        }
        given.forEach(Filter::check);
        return new TagMutability(chosen, given);
    }

    /** Whether this tag stays at the image it points at. */
    boolean protects(String tag) {
        boolean excluded = filters.stream().anyMatch(filter -> filter.matches(tag));
        return mode.startsWith(IMMUTABLE) != excluded;
    }

    /** @param filter with at most two {@code *}, each for any characters */
    record Filter(String filterType, String filter) {

        private static final Pattern FORM = Pattern.compile("[a-zA-Z0-9._*-]{1,128}");

        private void check() {
            if (!"WILDCARD".equals(filterType)
                    || filter == null
                    || !FORM.matcher(filter).matches()
                    || filter.chars().filter(c -> c == '*').count() > 2) {
                throw Invalid.parameter(
                        "imageTagMutabilityExclusionFilters",
                        "a filter is of filterType WILDCARD, has letters, digits and . _ - and at most two *");
            }
        }

        private boolean matches(String tag) {
            return Wildcard.matches(filter, tag);
        }
    }
}
