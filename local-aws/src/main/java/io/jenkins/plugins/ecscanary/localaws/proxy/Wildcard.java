package io.jenkins.plugins.ecscanary.localaws.proxy;

import java.util.Locale;

/**
 * A comparison string of a rule's condition: {@code *} stands for any characters or none, {@code ?} for exactly one. It is
 * compared with the whole of a value.
 */
public final class Wildcard {

    private static final char ANY = '*';
    private static final char ONE = '?';

    /** Characters, with the two wildcards replaced by code units that are in no header. */
    private final char[] pattern;

    private final boolean caseSensitive;

    private static final char ANY_RUN = '\uFFFE';
    private static final char ANY_ONE = '\uFFFF';

    private Wildcard(char[] pattern, boolean caseSensitive) {
        this.pattern = pattern;
        this.caseSensitive = caseSensitive;
    }

    /** As paths are compared. */
    public static Wildcard caseSensitive(String text) {
        return new Wildcard(compile(text, false), true);
    }

    /** As hosts and headers are compared. */
    public static Wildcard ignoringCase(String text) {
        return new Wildcard(compile(text.toLowerCase(Locale.ROOT), false), false);
    }

    /** As query strings are compared: without regard to case, and {@code \*} and {@code \?} stand for themselves. */
    public static Wildcard escaped(String text) {
        return new Wildcard(compile(text.toLowerCase(Locale.ROOT), true), false);
    }

    private static char[] compile(String text, boolean escapes) {
        StringBuilder compiled = new StringBuilder(text.length());
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            boolean escaped = escapes && c == '\\' && i + 1 < text.length() && isWildcard(text.charAt(i + 1));
            if (escaped) {
                compiled.append(text.charAt(++i));
            } else {
                compiled.append(c == ANY ? ANY_RUN : c == ONE ? ANY_ONE : c);
            }
        }
        return compiled.toString().toCharArray();
    }

    private static boolean isWildcard(char c) {
        return c == ANY || c == ONE;
    }

    /** How many wildcards a text has, escaped ones aside if it is one that knows escapes. */
    public static int count(String text, boolean escapes) {
        int count = 0;
        for (char c : compile(text, escapes)) {
            count += c == ANY_RUN || c == ANY_ONE ? 1 : 0;
        }
        return count;
    }

    /** Linear but for {@code *}, where it goes back to the last one only. */
    public boolean matches(String value) {
        int at = 0;
        int in = 0;
        int star = -1;
        int resume = 0;
        while (at < value.length()) {
            if (in < pattern.length && pattern[in] == ANY_RUN) {
                star = in++;
                resume = at;
            } else if (in < pattern.length && (pattern[in] == ANY_ONE || pattern[in] == folded(value.charAt(at)))) {
                in++;
                at++;
            } else if (star >= 0) {
                in = star + 1;
                at = ++resume;
            } else {
                return false;
            }
        }
        while (in < pattern.length && pattern[in] == ANY_RUN) {
            in++;
        }
        return in == pattern.length;
    }

    private char folded(char c) {
        return caseSensitive ? c : Character.toLowerCase(c);
    }
}
