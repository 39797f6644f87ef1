package io.jenkins.plugins.ecscanary.sampleapp;

import java.math.BigDecimal;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/** Typed reading of environment variables. A variable set to nothing counts as not set: task definitions often do that. */
record Environment(Map<String, String> variables) {

    Environment {
        variables = Map.copyOf(variables);
    }

    Optional<String> text(String name) {
        return Optional.ofNullable(variables.get(name)).map(String::strip).filter(value -> !value.isEmpty());
    }

    OptionalInt integer(String name, int least, int most) throws InvalidSettingException {
        Optional<String> text = text(name);
        if (text.isEmpty()) {
            return OptionalInt.empty();
        }
        String allowed = "a whole number from " + least + " to " + most;
        try {
            int value = Integer.parseInt(text.get());
            if (value < least || value > most) {
                throw new InvalidSettingException(name, text.get(), allowed);
            }
            return OptionalInt.of(value);
        } catch (NumberFormatException e) {
            throw new InvalidSettingException(name, text.get(), allowed);
        }
    }

    /** A share from 0 to 1 in millionths, so that counting by it is exact. */
    int millionths(String name) throws InvalidSettingException {
        Optional<String> text = text(name);
        if (text.isEmpty()) {
            return 0;
        }
        String allowed = "a share from 0 to 1 with at most six decimals, for example 0.05";
        try {
            BigDecimal share = new BigDecimal(text.get());
            // Compared first: moving the point of 1e999999999 would not end.
            if (share.signum() < 0 || share.compareTo(BigDecimal.ONE) > 0) {
                throw new InvalidSettingException(name, text.get(), allowed);
            }
            return share.movePointRight(6).intValueExact();
        } catch (ArithmeticException | NumberFormatException e) {
            throw new InvalidSettingException(name, text.get(), allowed);
        }
    }
}
