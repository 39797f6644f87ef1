package io.jenkins.plugins.ecscanary.localaws.cloudwatch;

import io.jenkins.plugins.ecscanary.localaws.cloudwatch.MathTokens.Kind;
import io.jenkins.plugins.ecscanary.localaws.cloudwatch.MathTokens.Token;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Reads metric math, by precedence climbing. */
final class MathParser {

    private static final Set<String> KEYWORDS = Set.of("REPEAT");
    /** Keeps a hostile expression from exhausting the stack. */
    private static final int DEEPEST = 100;

    private final List<Token> tokens;
    private int next;
    private int depth;

    private MathParser(List<Token> tokens) {
        this.tokens = tokens;
    }

    /** @throws MathSyntaxException naming the position of what is wrong */
    static MathExpression parse(String expression) {
        MathParser parser = new MathParser(MathTokens.of(expression));
        MathExpression parsed = parser.expression(1);
        parser.expect(Kind.END, "an operator or the end");
        return parsed;
    }

    private MathExpression expression(int lowestPrecedence) {
        if (++depth > DEEPEST) {
            throw new MathSyntaxException(peek().position(), "nested too deeply");
        }
        MathExpression left = operand();
        while (true) {
            Token token = peek();
            Optional<BinaryOperator> operator =
                    token.kind() == Kind.END ? Optional.empty() : BinaryOperator.of(token.text());
            if (operator.isEmpty() || operator.get().precedence() < lowestPrecedence) {
                depth--;
                return left;
            }
            next++;
            MathExpression right = expression(operator.get().precedence() + 1);
            left = new MathExpression.Binary(operator.get(), left, right, token.position());
        }
    }

    private MathExpression operand() {
        Token token = tokens.get(next);
        switch (token.kind()) {
            case NUMBER:
                next++;
                return new MathExpression.Number(Double.parseDouble(token.text()), token.position());
            case WORD:
                next++;
                return word(token);
            default:
                break;
        }
        if (token.is("(")) {
            next++;
            MathExpression inner = expression(1);
            expectSymbol(")");
            return inner;
        }
        if (token.is("-")) {
            next++;
            return new MathExpression.Negation(expression(BinaryOperator.NEGATION_PRECEDENCE), token.position());
        }
        throw new MathSyntaxException(
                token.position(), "expected a number, a metric id, a function or '(' but found " + token.told());
    }

    private MathExpression word(Token word) {
        if (peek().is("(")) {
            return call(word);
        }
        if (KEYWORDS.contains(word.text())) {
            return new MathExpression.Keyword(word.text(), word.position());
        }
        if (!Character.isLowerCase(word.text().charAt(0))) {
            throw new MathSyntaxException(
                    word.position(), "'" + word.text() + "' is no metric id: ids begin with a lower-case letter");
        }
        return new MathExpression.Reference(word.text(), word.position());
    }

    private MathExpression call(Token name) {
        MathFunction function = MathFunction.named(name.text())
                .orElseThrow(() -> new MathSyntaxException(
                        name.position(),
                        "local-aws does not support the function " + name.text() + "; it knows "
                                + Arrays.toString(MathFunction.values())));
        expectSymbol("(");
        List<MathExpression> arguments = new ArrayList<>();
        do {
            arguments.add(expression(1));
        } while (skip(","));
        expectSymbol(")");
        if (arguments.size() != function.arguments()) {
            throw new MathSyntaxException(
                    name.position(),
                    function + " takes " + function.arguments() + " arguments, not " + arguments.size());
        }
        return new MathExpression.Call(function, arguments, name.position());
    }

    private Token peek() {
        return tokens.get(next);
    }

    private boolean skip(String symbol) {
        if (peek().is(symbol)) {
            next++;
            return true;
        }
        return false;
    }

    private void expectSymbol(String symbol) {
        if (!skip(symbol)) {
            throw new MathSyntaxException(peek().position(), "expected '" + symbol + "' but found " + peek().told());
        }
    }

    private void expect(Kind kind, String what) {
        if (peek().kind() != kind) {
            throw new MathSyntaxException(peek().position(), "expected " + what + " but found " + peek().told());
        }
    }
}
