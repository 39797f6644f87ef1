package io.jenkins.plugins.ecscanary.localaws.logs;

import io.jenkins.plugins.ecscanary.localaws.wire.AwsError;
import java.util.ArrayList;
import java.util.List;

/**
 * A filter pattern of terms, which distinguish upper and lower case: all of the plain ones must be in the event, none of
 * those with a minus sign. Of those with a question mark one must be, but they count for nothing beside others, as on
 * AWS. Terms of anything but letters, digits and underscores are quoted.
 */
record TermPattern(List<String> wanted, List<String> excluded, List<String> optional) implements FilterPattern {

    TermPattern {
        wanted = List.copyOf(wanted);
        excluded = List.copyOf(excluded);
        optional = List.copyOf(optional);
    }

    static TermPattern parse(String text) {
        List<String> wanted = new ArrayList<>();
        List<String> excluded = new ArrayList<>();
        List<String> optional = new ArrayList<>();
        int at = 0;
        while (at < text.length()) {
            char c = text.charAt(at);
            if (Character.isWhitespace(c)) {
                at++;
                continue;
            }
            List<String> kind = c == '-' ? excluded : c == '?' ? optional : wanted;
            int begin = kind == wanted ? at : at + 1;
            if (begin < text.length() && text.charAt(begin) == '"') {
                at = quoted(text, begin, kind);
            } else {
                at = plain(text, begin, kind);
            }
        }
        return new TermPattern(wanted, excluded, optional);
    }

    private static int quoted(String text, int begin, List<String> terms) {
        StringBuilder term = new StringBuilder();
        for (int i = begin + 1; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '"') {
                terms.add(term.toString());
                return i + 1;
            }
            boolean escapes = c == '\\' && i + 1 < text.length();
            term.append(escapes ? text.charAt(++i) : c);
        }
        throw LogErrors.invalid("Invalid filter pattern: the quote at position " + (begin + 1) + " has no end");
    }

    private static int plain(String text, int begin, List<String> terms) {
        int end = begin;
        while (end < text.length() && !Character.isWhitespace(text.charAt(end))) {
            end++;
        }
        String term = text.substring(begin, end);
        if (term.startsWith("%")) {
            throw AwsError.unsupported("regular expressions in filter patterns (%…%)");
        }
        if (term.isEmpty() || !term.chars().allMatch(c -> Character.isLetterOrDigit(c) || c == '_')) {
            throw LogErrors.invalid("Invalid character(s) in term '" + term + "'");
        }
        terms.add(term);
        return end;
    }

    @Override
    public boolean matches(String message) {
        boolean onlyOptional = wanted.isEmpty() && excluded.isEmpty();
        return onlyOptional
                ? optional.stream().anyMatch(message::contains)
                : wanted.stream().allMatch(message::contains)
                        && excluded.stream().noneMatch(message::contains);
    }
}
