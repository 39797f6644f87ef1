package io.jenkins.plugins.ecscanary.localaws.logs;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.jenkins.plugins.ecscanary.localaws.wire.AwsError;
import java.util.regex.Pattern;

/**
 * A filter pattern for events that are JSON: {@code { $.status >= 500 && $.path = "/api/*" }}. Conditions are joined by
 * {@code &&} and {@code ||}, with parentheses; each is a selector with {@code = != < <= > >=} and a value, {@code IS NULL},
 * {@code IS TRUE}, {@code IS FALSE} or {@code NOT EXISTS}. In strings {@code *} stands for anything; without quotes they
 * have letters, digits and a few signs only. Only numbers are greater or less. A field that is not there fulfils {@code
 * NOT EXISTS} only; that it does not fulfil {@code !=} is an assumption. Events that are not JSON never match.
 */
final class JsonPattern implements FilterPattern {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int DEEPEST = 50;
    private static final String[] OPERATORS = {"!=", "<=", ">=", "=", "<", ">"};

    private final String text;
    private int at;
    private int depth;
    private Condition condition;

    private JsonPattern(String text) {
        this.text = text;
    }

    static JsonPattern parse(String text) {
        JsonPattern pattern = new JsonPattern(text);
        pattern.expect("{");
        pattern.condition = pattern.either();
        pattern.expect("}");
        pattern.skip();
        if (pattern.at < text.length()) {
            throw pattern.wrong("nothing more");
        }
        return pattern;
    }

    @Override
    public boolean matches(String message) {
        if (!message.stripLeading().startsWith("{") && !message.stripLeading().startsWith("[")) {
            return false;
        }
        try {
            return condition.holds(JSON.readTree(message));
        } catch (JsonProcessingException e) {
            return false; // some other program's braces
        }
    }

    private Condition either() {
        Condition left = both();
        while (accept("||")) {
            Condition one = left;
            Condition other = both();
            left = event -> one.holds(event) || other.holds(event);
        }
        return left;
    }

    private Condition both() {
        Condition left = single();
        while (accept("&&")) {
            Condition one = left;
            Condition other = single();
            left = event -> one.holds(event) && other.holds(event);
        }
        return left;
    }

    private Condition single() {
        if (!accept("(")) {
            return comparison();
        }
        if (++depth > DEEPEST) {
            throw LogErrors.invalid("Invalid filter pattern: nested deeper than " + DEEPEST);
        }
        Condition inner = either();
        expect(")");
        depth--;
        return inner;
    }

    private Condition comparison() {
        skip();
        int begin = at;
        JsonSelector selector = JsonSelector.read(text, at);
        if (selector == null) {
            throw wrong("a selector such as $.field");
        }
        at = begin + selector.length();
        if (acceptWord("IS")) {
            if (acceptWord("NULL")) {
                return event -> selector.of(event).stream().anyMatch(JsonNode::isNull);
            }
            boolean wanted = acceptWord("TRUE");
            if (!wanted && !acceptWord("FALSE")) {
                throw wrong("NULL, TRUE or FALSE");
            }
            return event ->
                    selector.of(event).stream().anyMatch(node -> node.isBoolean() && node.asBoolean() == wanted);
        }
        if (acceptWord("NOT")) {
            if (!acceptWord("EXISTS")) {
                throw wrong("EXISTS");
            }
            return event -> selector.of(event).isEmpty();
        }
        for (String operator : OPERATORS) {
            if (accept(operator)) {
                return value(selector, operator);
            }
        }
        throw wrong("one of = != < <= > >= IS, NOT EXISTS");
    }

    private Condition value(JsonSelector selector, String operator) {
        skip();
        if (at < text.length() && text.charAt(at) == '%') {
            throw AwsError.unsupported("regular expressions in filter patterns (%…%)");
        }
        boolean quoted = at < text.length() && text.charAt(at) == '"';
        String word = quoted ? quoted() : plain();
        Double number = quoted ? null : number(word);
        if (number != null) {
            return event -> selector.of(event).stream()
                    .anyMatch(node -> node.isNumber() && compares(Double.compare(node.asDouble(), number), operator));
        }
        if (!"=".equals(operator) && !"!=".equals(operator)) {
            throw LogErrors.invalid("Invalid filter pattern: " + operator + " needs a number, not '" + word + "'");
        }
        Pattern glob = glob(word);
        boolean wanted = "=".equals(operator);
        return event -> selector.of(event).stream()
                .anyMatch(node ->
                        node.isValueNode() && glob.matcher(node.asText()).matches() == wanted);
    }

    private static boolean compares(int sign, String operator) {
        return switch (operator) {
            case "=" -> sign == 0;
            case "!=" -> sign != 0;
            case "<" -> sign < 0;
            case "<=" -> sign <= 0;
            case ">" -> sign > 0;
            default -> sign >= 0;
        };
    }

    private static Pattern glob(String word) {
        StringBuilder regex = new StringBuilder();
        for (String part : word.split("\\*", -1)) {
            regex.append(regex.length() == 0 ? "" : ".*").append(Pattern.quote(part));
        }
        return Pattern.compile(regex.toString(), Pattern.DOTALL);
    }

    private static Double number(String word) {
        return word.matches("[+-]?([0-9]+\\.?[0-9]*|\\.[0-9]+)([eE][+-]?[0-9]+)?") ? Double.valueOf(word) : null;
    }

    private String quoted() {
        StringBuilder word = new StringBuilder();
        int begin = at++;
        while (at < text.length()) {
            char c = text.charAt(at++);
            if (c == '"') {
                return word.toString();
            }
            word.append(c == '\\' && at < text.length() ? text.charAt(at++) : c);
        }
        throw LogErrors.invalid("Invalid filter pattern: the quote at position " + (begin + 1) + " has no end");
    }

    private String plain() {
        int begin = at;
        while (at < text.length()
                && (Character.isLetterOrDigit(text.charAt(at)) || "_-.*+/:@#".indexOf(text.charAt(at)) >= 0)) {
            at++;
        }
        if (at == begin) {
            throw wrong("a value");
        }
        return text.substring(begin, at);
    }

    private void skip() {
        while (at < text.length() && Character.isWhitespace(text.charAt(at))) {
            at++;
        }
    }

    private boolean accept(String symbol) {
        skip();
        boolean there = text.startsWith(symbol, at);
        at += there ? symbol.length() : 0;
        return there;
    }

    private boolean acceptWord(String word) {
        skip();
        int end = at + word.length();
        boolean there = text.regionMatches(true, at, word, 0, word.length())
                && (end == text.length() || !Character.isLetterOrDigit(text.charAt(end)));
        at += there ? word.length() : 0;
        return there;
    }

    private void expect(String symbol) {
        if (!accept(symbol)) {
            throw wrong("'" + symbol + "'");
        }
    }

    private AwsError wrong(String wanted) {
        return LogErrors.invalid("Invalid filter pattern: at position " + (at + 1) + " there should be " + wanted);
    }

    @FunctionalInterface
    private interface Condition {
        boolean holds(JsonNode event);
    }
}
