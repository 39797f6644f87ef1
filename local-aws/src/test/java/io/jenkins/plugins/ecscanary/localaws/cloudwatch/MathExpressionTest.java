package io.jenkins.plugins.ecscanary.localaws.cloudwatch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.ecscanary.localaws.cloudwatch.MathValue.Series;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Metric math over five periods; {@code -} is a missing data point. */
class MathExpressionTest {

    private static final List<Instant> PERIODS = periods();

    private static List<Instant> periods() {
        List<Instant> periods = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            periods.add(Instant.parse("2026-01-05T10:00:00Z").plusSeconds(60L * i));
        }
        return List.copyOf(periods);
    }

    private static Series series(String points) {
        NavigableMap<Instant, Double> values = new TreeMap<>();
        String[] each = points.split(" ");
        for (int i = 0; i < each.length; i++) {
            if (!"-".equals(each[i])) {
                values.put(PERIODS.get(i), Double.valueOf(each[i]));
            }
        }
        return new Series(values);
    }

    private static String text(MathValue value) {
        if (value instanceof MathValue.Number number) {
            return Double.toString(number.value());
        }
        StringBuilder text = new StringBuilder();
        for (Instant period : PERIODS) {
            text.append(text.isEmpty() ? "" : " ")
                    .append(value.at(period)
                            .map(number -> Double.toString(number))
                            .orElse("-"));
        }
        return text.toString().replace(".0", "");
    }

    private static String evaluate(String expression) {
        Map<String, MathValue> metrics = Map.of(
                "a", series("1 2 3 4 5"),
                "b", series("10 - 30 - 50"),
                "zero", series("0 0 1 0 1"),
                "none", series("- - - - -"));
        return text(new MathEvaluator(metrics::get, PERIODS).evaluate(MathParser.parse(expression)));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "1 + 2 * 3               | 7.0",
                "(1 + 2) * 3             | 9.0",
                "10 - 4 - 3              | 3.0",
                "-2 ^ 2                  | -4.0",
                "2 * -3                  | -6.0",
                "1 < 2                   | 1.0",
                "1 >= 2 OR 2 == 2        | 1.0",
                "1 < 2 AND 2 != 2        | 0.0",
                "7.5e1 / .5              | 150.0",
                "a + 1                   | 2 3 4 5 6",
                "a + b                   | 11 - 33 - 55",
                "100 * (1 - a / b)       | 90 - 90 - 90",
                "-a                      | -1 -2 -3 -4 -5",
                "a / zero                | - - 3 - 5",
                "a >= 3                  | 0 0 1 1 1",
                "IF(a >= 3, b, 0)        | 0 0 30 - 50",
                "IF(b > 10, a, 100)      | 100 - 3 - 5",
                "IF(1, 2, 3)             | 2.0",
                "IF(1, 2, a)             | 2 2 2 2 2",
                "FILL(b, 0)              | 10 0 30 0 50",
                "FILL(b, a)              | 10 2 30 4 50",
                "FILL(b, REPEAT)         | 10 10 30 30 50",
                "FILL(none, 0)           | 0 0 0 0 0",
                "FILL(none, REPEAT)      | - - - - -",
                "none + a                | - - - - -",
                "SUM(b)                  | 90.0",
                "a / MAX(a) * 5          | 1 2 3 4 5",
                "a - AVG(a)              | -2 -1 0 1 2",
                "CEIL(a / 2)             | 1 1 2 2 3",
                "FLOOR(a / 2)            | 0 1 1 2 2",
                "ABS(MIN(b) - 40)        | 30.0",
            })
    void calculates(String expression, String result) {
        assertThat(evaluate(expression)).isEqualTo(result);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "1 +             | at position 4: expected a number, a metric id, a function or '(' but found the end",
                "(a + 1          | at position 7: expected ')' but found the end",
                "a b             | at position 3: expected an operator or the end but found 'b'",
                "a + $x          | at position 5: unexpected character '$'",
                "IF(a, 1)        | at position 1: IF takes 3 arguments, not 2",
                "a + RATE(a)     | at position 5: local-aws does not support the function RATE",
                "A + 1           | at position 1: 'A' is no metric id: ids begin with a lower-case letter",
                "REPEAT + 1      | at position 1: 'REPEAT' is allowed as FILL's second argument only",
                "1 + FILL(2, 0)  | at position 5: FILL needs a time series as its first argument",
                "SUM(1 + 2)      | at position 1: SUM needs a time series",
                ", a             | at position 1: expected a number, a metric id, a function or '(' but found ','",
            })
    void errorsNameThePosition(String expression, String message) {
        assertThatThrownBy(() -> evaluate(expression))
                .isInstanceOf(MathSyntaxException.class)
                .hasMessageStartingWith(message);
    }

    @Test
    void aHostileExpressionDoesNotExhaustTheStack() {
        assertThatThrownBy(() -> MathParser.parse("(".repeat(100_000))).hasMessageContaining("nested too deeply");
    }
}
