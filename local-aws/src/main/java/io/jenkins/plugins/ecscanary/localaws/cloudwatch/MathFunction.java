package io.jenkins.plugins.ecscanary.localaws.cloudwatch;

import java.util.Arrays;
import java.util.Optional;

/** The functions of metric math that local-aws knows. */
enum MathFunction {
    IF(3, Shape.AS_ARGUMENTS),
    FILL(2, Shape.SERIES),
    ABS(1, Shape.AS_ARGUMENTS),
    CEIL(1, Shape.AS_ARGUMENTS),
    FLOOR(1, Shape.AS_ARGUMENTS),
    AVG(1, Shape.NUMBER),
    MIN(1, Shape.NUMBER),
    MAX(1, Shape.NUMBER),
    SUM(1, Shape.NUMBER);

    /** What a call results in. */
    enum Shape {
        SERIES,
        NUMBER,
        AS_ARGUMENTS
    }

    private final int arguments;
    private final Shape shape;

    MathFunction(int arguments, Shape shape) {
        this.arguments = arguments;
        this.shape = shape;
    }

    static Optional<MathFunction> named(String name) {
        return Arrays.stream(values())
                .filter(function -> function.name().equals(name))
                .findFirst();
    }

    int arguments() {
        return arguments;
    }

    Shape shape() {
        return shape;
    }
}
