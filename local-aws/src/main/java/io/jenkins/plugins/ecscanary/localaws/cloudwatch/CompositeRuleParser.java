package io.jenkins.plugins.ecscanary.localaws.cloudwatch;

import io.jenkins.plugins.ecscanary.localaws.wire.AwsError;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads a composite alarm's rule: {@code ALARM}, {@code OK} and {@code INSUFFICIENT_DATA} of an alarm's name or ARN, quoted
 * where it has spaces or parentheses, {@code TRUE}, {@code FALSE}, {@code NOT}, {@code AND}, {@code OR} (from tight to loose)
 * and parentheses. {@code AT_LEAST} is refused by name.
 */
final class CompositeRuleParser {

    private static final int LONGEST = 10_240;
    private static final int MOST_ELEMENTS = 500;
    private static final int DEEPEST = 100;
    private static final Pattern TOKEN = Pattern.compile("\\s*(?:([()])|\"((?:[^\"\\\\]|\\\\.)*)\"|([^\\s()\"]+))");

    private final List<Token> tokens = new ArrayList<>();
    private final String arnPrefix;
    private int next;
    private int elements;
    private int depth;

    private CompositeRuleParser(String text, String arnPrefix) {
        this.arnPrefix = arnPrefix;
        String rule = text.strip();
        Matcher matcher = TOKEN.matcher(rule);
        int at = 0;
        while (at < rule.length()) {
            if (!matcher.find(at) || matcher.start() != at) {
                throw syntax("at position " + (at + 1));
            }
            String quoted = matcher.group(2);
            if (quoted == null) {
                int group = matcher.group(1) == null ? 3 : 1;
                tokens.add(new Token(matcher.group(group), false, matcher.start(group) + 1));
            } else {
                tokens.add(new Token(quoted.replaceAll("\\\\(.)", "$1"), true, matcher.start(2)));
            }
            at = matcher.end();
        }
    }

    /**
     * @param arnPrefix what an alarm's ARN has before its name
     * @throws AwsError ValidationError, with where the rule ceases to make sense; the wording is ours
     */
    static CompositeRule parse(String text, String arnPrefix) {
        if (text == null || text.isBlank()) {
            throw Arguments.missing("AlarmRule");
        }
        if (text.length() > LONGEST) {
            throw Arguments.invalid("AlarmRule must have at most " + LONGEST + " characters");
        }
        CompositeRuleParser parser = new CompositeRuleParser(text, arnPrefix);
        CompositeRule rule = parser.either();
        if (parser.next < parser.tokens.size()) {
            throw parser.unexpected("AND, OR or the end");
        }
        return rule;
    }

    private CompositeRule either() {
        CompositeRule left = both();
        while (accept("OR")) {
            left = new CompositeRule.Or(left, both());
        }
        return left;
    }

    private CompositeRule both() {
        CompositeRule left = single();
        while (accept("AND")) {
            left = new CompositeRule.And(left, single());
        }
        return left;
    }

    private CompositeRule single() {
        if (++depth > DEEPEST) {
            throw syntax("it is nested deeper than " + DEEPEST);
        }
        try {
            if (accept("NOT")) {
                return new CompositeRule.Not(single());
            }
            if (accept("(")) {
                CompositeRule inner = either();
                expect(")");
                return inner;
            }
            return element();
        } finally {
            depth--;
        }
    }

    private CompositeRule element() {
        if (++elements > MOST_ELEMENTS) {
            throw syntax("it has more than " + MOST_ELEMENTS + " elements");
        }
        if (accept("TRUE")) {
            return new CompositeRule.Constant(true);
        }
        if (accept("FALSE")) {
            return new CompositeRule.Constant(false);
        }
        if (accept("AT_LEAST")) {
            throw AwsError.unsupported("AT_LEAST in AlarmRule");
        }
        for (AlarmState state : AlarmState.values()) {
            if (accept(state.name())) {
                expect("(");
                String alarm = name();
                expect(")");
                return new CompositeRule.InState(state, alarm);
            }
        }
        throw unexpected("ALARM(…), OK(…), INSUFFICIENT_DATA(…), TRUE, FALSE, NOT or (");
    }

    private String name() {
        if (next < tokens.size()) {
            Token token = tokens.get(next);
            if (token.quoted || !token.text.matches("[()]")) {
                next++;
                return token.text.startsWith(arnPrefix) ? token.text.substring(arnPrefix.length()) : token.text;
            }
        }
        throw unexpected("an alarm's name");
    }

    private boolean accept(String word) {
        boolean there = next < tokens.size()
                && !tokens.get(next).quoted
                && tokens.get(next).text.equals(word);
        if (there) {
            next++;
        }
        return there;
    }

    private void expect(String word) {
        if (!accept(word)) {
            throw unexpected("'" + word + "'");
        }
    }

    private AwsError unexpected(String wanted) {
        return next < tokens.size()
                ? syntax(
                        "at position " + tokens.get(next).position + ": '" + tokens.get(next).text + "', not " + wanted)
                : syntax("at its end: " + wanted + " is missing");
    }

    private static AwsError syntax(String where) {
        return Arguments.invalid("AlarmRule contains a syntax error " + where);
    }

    private record Token(String text, boolean quoted, int position) {}
}
