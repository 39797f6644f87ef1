package io.jenkins.plugins.ecscanary.localaws.cloudwatch;

import java.util.Arrays;
import java.util.Optional;
import java.util.function.DoubleBinaryOperator;

/** The operators of metric math, with how tightly they bind; a comparison gives 1 or 0. */
enum BinaryOperator {
    OR("||", 1, (a, b) -> a != 0 || b != 0 ? 1 : 0),
    AND("&&", 2, (a, b) -> a != 0 && b != 0 ? 1 : 0),
    EQUAL("==", 3, (a, b) -> Double.compare(a, b) == 0 ? 1 : 0),
    NOT_EQUAL("!=", 3, (a, b) -> Double.compare(a, b) != 0 ? 1 : 0),
    AT_MOST("<=", 3, (a, b) -> a <= b ? 1 : 0),
    AT_LEAST(">=", 3, (a, b) -> a >= b ? 1 : 0),
    LESS("<", 3, (a, b) -> a < b ? 1 : 0),
    GREATER(">", 3, (a, b) -> a > b ? 1 : 0),
    PLUS("+", 4, Double::sum),
    MINUS("-", 4, (a, b) -> a - b),
    TIMES("*", 5, (a, b) -> a * b),
    DIVIDED("/", 5, (a, b) -> a / b),
    POWER("^", 7, Math::pow);

    /** Of the minus sign before an operand: tighter than a product, looser than a power. */
    static final int NEGATION_PRECEDENCE = 6;

    private final String symbol;
    private final int precedence;
    private final DoubleBinaryOperator meaning;

    BinaryOperator(String symbol, int precedence, DoubleBinaryOperator meaning) {
        this.symbol = symbol;
        this.precedence = precedence;
        this.meaning = meaning;
    }

    static Optional<BinaryOperator> of(String token) {
        String symbol = "AND".equals(token) ? "&&" : "OR".equals(token) ? "||" : token;
        return Arrays.stream(values())
                .filter(operator -> operator.symbol.equals(symbol))
                .findFirst();
    }

    int precedence() {
        return precedence;
    }

    double apply(double left, double right) {
        return meaning.applyAsDouble(left, right);
    }
}
