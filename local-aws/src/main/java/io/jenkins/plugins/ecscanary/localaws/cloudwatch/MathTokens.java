package io.jenkins.plugins.ecscanary.localaws.cloudwatch;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Splits a metric math expression into tokens. */
final class MathTokens {

    private static final Pattern TOKEN = Pattern.compile("(?<number>(?:\\d+(?:\\.\\d*)?|\\.\\d+)(?:[eE][+-]?\\d+)?)"
            + "|(?<word>[A-Za-z_][A-Za-z0-9_]*)"
            + "|(?<symbol>\\|\\||&&|==|!=|<=|>=|[-+*/^<>(),])");

    /** What a token is. */
    enum Kind {
        NUMBER,
        WORD,
        SYMBOL,
        END
    }

    /** @param position of its first character, from 1 */
    record Token(Kind kind, String text, int position) {
        boolean is(String symbol) {
            return kind != Kind.END && text.equals(symbol);
        }

        String told() {
            return kind == Kind.END ? "the end" : "'" + text + "'";
        }
    }

    private MathTokens() {}

    static List<Token> of(String expression) {
        List<Token> tokens = new ArrayList<>();
        Matcher matcher = TOKEN.matcher(expression);
        int at = 0;
        while (at < expression.length()) {
            if (Character.isWhitespace(expression.charAt(at))) {
                at++;
                continue;
            }
            matcher.region(at, expression.length());
            if (!matcher.lookingAt()) {
                throw new MathSyntaxException(at + 1, "unexpected character '" + expression.charAt(at) + "'");
            }
            Kind kind = matcher.group("number") != null
                    ? Kind.NUMBER
                    : matcher.group("word") != null ? Kind.WORD : Kind.SYMBOL;
            tokens.add(new Token(kind, matcher.group(), at + 1));
            at = matcher.end();
        }
        tokens.add(new Token(Kind.END, "", expression.length() + 1));
        return List.copyOf(tokens);
    }
}
