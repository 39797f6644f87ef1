package io.jenkins.plugins.ecscanary.localaws.cloudwatch;

import io.jenkins.plugins.ecscanary.localaws.cloudwatch.MathExpression.Binary;
import io.jenkins.plugins.ecscanary.localaws.cloudwatch.MathExpression.Call;
import io.jenkins.plugins.ecscanary.localaws.cloudwatch.MathExpression.Keyword;
import io.jenkins.plugins.ecscanary.localaws.cloudwatch.MathExpression.Negation;
import io.jenkins.plugins.ecscanary.localaws.cloudwatch.MathExpression.Reference;
import io.jenkins.plugins.ecscanary.localaws.cloudwatch.MathValue.Series;
import java.time.Instant;
import java.util.List;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;

/**
 * Calculates metric math. A period has a result only if every series it needs has a data point there: a missing value
 * is never taken for a number unless FILL says so.
 */
final class MathEvaluator {

    private final Function<String, MathValue> references;
    private final List<Instant> periods;

    /**
     * @param references the values of other queries, by id
     * @param periods the begins of all periods asked for; FILL fills each of them
     */
    MathEvaluator(Function<String, MathValue> references, List<Instant> periods) {
        this.references = references;
        this.periods = periods;
    }

    MathValue evaluate(MathExpression expression) {
        if (expression instanceof MathExpression.Number number) {
            return new MathValue.Number(number.value());
        }
        if (expression instanceof Reference reference) {
            return references.apply(reference.id());
        }
        if (expression instanceof Negation negation) {
            return evaluate(negation.operand()).map(value -> -value);
        }
        if (expression instanceof Binary binary) {
            return binary(binary, evaluate(binary.left()), evaluate(binary.right()));
        }
        if (expression instanceof Call call) {
            return call(call);
        }
        throw new MathSyntaxException(
                expression.position(),
                "'" + ((Keyword) expression).word() + "' is allowed as FILL's second argument only");
    }

    private MathValue binary(Binary binary, MathValue left, MathValue right) {
        if (!binary.isSeries()) {
            double a = ((MathValue.Number) left).value();
            double b = ((MathValue.Number) right).value();
            return new MathValue.Number(binary.operator().apply(a, b));
        }
        return perPeriod(period -> left.at(period)
                .flatMap(a -> right.at(period).map(b -> binary.operator().apply(a, b))));
    }

    private MathValue call(Call call) {
        List<MathExpression> arguments = call.arguments();
        MathValue first = evaluate(arguments.get(0));
        return switch (call.function()) {
            case IF -> choose(call, first, evaluate(arguments.get(1)), evaluate(arguments.get(2)));
            case FILL -> fill(call, first, arguments.get(1));
            case ABS -> first.map(Math::abs);
            case CEIL -> first.map(Math::ceil);
            case FLOOR -> first.map(Math::floor);
            case AVG, MIN, MAX, SUM -> reduce(call, first);
        };
    }

    private MathValue choose(Call call, MathValue condition, MathValue then, MathValue otherwise) {
        if (!call.isSeries()) {
            return ((MathValue.Number) condition).value() != 0 ? then : otherwise;
        }
        return perPeriod(
                period -> condition.at(period).flatMap(holds -> holds != 0 ? then.at(period) : otherwise.at(period)));
    }

    private MathValue fill(Call call, MathValue sparse, MathExpression filler) {
        if (!(sparse instanceof Series series)) {
            throw new MathSyntaxException(call.position(), "FILL needs a time series as its first argument");
        }
        if (filler instanceof Keyword) {
            return perPeriod(period ->
                    Optional.ofNullable(series.points().floorEntry(period)).map(entry -> entry.getValue()));
        }
        MathValue values = evaluate(filler);
        return perPeriod(period -> series.at(period).or(() -> values.at(period)));
    }

    private static MathValue reduce(Call call, MathValue value) {
        if (!(value instanceof Series series)) {
            throw new MathSyntaxException(call.position(), call.function() + " needs a time series");
        }
        var summary = series.points().values().stream()
                .mapToDouble(Double::doubleValue)
                .summaryStatistics();
        return new MathValue.Number(
                summary.getCount() == 0
                        ? Double.NaN
                        : switch (call.function()) {
                            case AVG -> summary.getAverage();
                            case MIN -> summary.getMin();
                            case MAX -> summary.getMax();
                            default -> summary.getSum();
                        });
    }

    private Series perPeriod(Function<Instant, Optional<Double>> value) {
        NavigableMap<Instant, Double> points = new TreeMap<>();
        for (Instant period : periods) {
            value.apply(period).ifPresent(number -> points.put(period, number));
        }
        return new Series(points);
    }
}
