package io.jenkins.plugins.ecscanary.localaws.cloudwatch;

import java.util.List;

/** A parsed metric math expression. Positions count from 1, in the expression's text. */
sealed interface MathExpression {

    int position();

    /** Whether the result is a time series rather than a single number. */
    boolean isSeries();

    record Number(double value, int position) implements MathExpression {
        @Override
        public boolean isSeries() {
            return false;
        }
    }

    /** The result of another query of the same request. */
    record Reference(String id, int position) implements MathExpression {
        @Override
        public boolean isSeries() {
            return true;
        }
    }

    /** A word in capitals that is an argument: {@code REPEAT}. */
    record Keyword(String word, int position) implements MathExpression {
        @Override
        public boolean isSeries() {
            return false;
        }
    }

    record Negation(MathExpression operand, int position) implements MathExpression {
        @Override
        public boolean isSeries() {
            return operand.isSeries();
        }
    }

    record Binary(BinaryOperator operator, MathExpression left, MathExpression right, int position)
            implements MathExpression {
        @Override
        public boolean isSeries() {
            return left.isSeries() || right.isSeries();
        }
    }

    record Call(MathFunction function, List<MathExpression> arguments, int position) implements MathExpression {
        public Call {
            arguments = List.copyOf(arguments);
        }

        @Override
        public boolean isSeries() {
            return switch (function.shape()) {
                case SERIES -> true;
                case NUMBER -> false;
                case AS_ARGUMENTS -> arguments.stream().anyMatch(MathExpression::isSeries);
            };
        }
    }
}
