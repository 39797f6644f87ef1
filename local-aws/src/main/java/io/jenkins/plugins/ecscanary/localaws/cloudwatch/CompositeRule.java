package io.jenkins.plugins.ecscanary.localaws.cloudwatch;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/** A composite alarm's rule, parsed. */
sealed interface CompositeRule {

    /** @param states of the alarms named in it */
    boolean holds(Function<String, AlarmState> states);

    /** The alarms named in it, each once, in order. */
    default List<String> alarms() {
        List<String> names = new ArrayList<>();
        collect(names);
        return names.stream().distinct().toList();
    }

    void collect(List<String> names);

    /** {@code TRUE}, {@code FALSE}. */
    record Constant(boolean value) implements CompositeRule {
        @Override
        public boolean holds(Function<String, AlarmState> states) {
            return value;
        }

        @Override
        public void collect(List<String> names) {
            // names none
        }
    }

    /** {@code ALARM(name)}, {@code OK(name)}, {@code INSUFFICIENT_DATA(name)}. */
    record InState(AlarmState state, String alarm) implements CompositeRule {
        @Override
        public boolean holds(Function<String, AlarmState> states) {
            return states.apply(alarm) == state;
        }

        @Override
        public void collect(List<String> names) {
            names.add(alarm);
        }
    }

    record Not(CompositeRule operand) implements CompositeRule {
        @Override
        public boolean holds(Function<String, AlarmState> states) {
            return !operand.holds(states);
        }

        @Override
        public void collect(List<String> names) {
            operand.collect(names);
        }
    }

    record And(CompositeRule left, CompositeRule right) implements CompositeRule {
        @Override
        public boolean holds(Function<String, AlarmState> states) {
            return left.holds(states) && right.holds(states);
        }

        @Override
        public void collect(List<String> names) {
            left.collect(names);
            right.collect(names);
        }
    }

    record Or(CompositeRule left, CompositeRule right) implements CompositeRule {
        @Override
        public boolean holds(Function<String, AlarmState> states) {
            return left.holds(states) || right.holds(states);
        }

        @Override
        public void collect(List<String> names) {
            left.collect(names);
            right.collect(names);
        }
    }
}
