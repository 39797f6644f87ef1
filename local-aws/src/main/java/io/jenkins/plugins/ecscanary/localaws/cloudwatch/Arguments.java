package io.jenkins.plugins.ecscanary.localaws.cloudwatch;

import io.jenkins.plugins.ecscanary.localaws.wire.AwsError;
import java.util.List;

/** What several operations ask of their parameters, with CloudWatch's errors. */
final class Arguments {

    static final int MOST_DIMENSIONS = 30;
    private static final int LONGEST_NAME = 255;
    private static final int LONGEST_VALUE = 1024;

    private Arguments() {}

    static <T> T required(T value, String what) {
        if (value == null) {
            throw missing(what);
        }
        return value;
    }

    static AwsError missing(String what) {
        return new AwsError("MissingParameter", "The parameter " + what + " is required.");
    }

    static AwsError invalid(String message) {
        return new AwsError("ValidationError", message);
    }

    static AwsError invalidValue(String message) {
        return new AwsError("InvalidParameterValue", message);
    }

    static AwsError invalidCombination(String message) {
        return new AwsError("InvalidParameterCombination", message);
    }

    /** As CloudWatch says it of a value that can't be. */
    static AwsError invalidValue(Object value, String what) {
        return invalidValue("The value " + value + " for parameter " + what + " is invalid.");
    }

    static void checkSize(List<?> collection, int most, String what) {
        if (collection != null && collection.size() > most) {
            throw invalidValue("The collection " + what + " must not have a size greater than " + most + ".");
        }
    }

    static void checkName(String name, String what) {
        if (name == null || name.isBlank()) {
            throw missing(what);
        }
        if (name.length() > LONGEST_NAME) {
            throw tooLong(what, LONGEST_NAME);
        }
    }

    /** At most {@value #MOST_DIMENSIONS}, each with a name of its own and a value. */
    static void checkDimensions(List<Dimension> dimensions, String what) {
        checkSize(dimensions, MOST_DIMENSIONS, what);
        if (dimensions == null) {
            return;
        }
        for (int i = 0; i < dimensions.size(); i++) {
            Dimension dimension = dimensions.get(i);
            String which = what + ".member." + (i + 1);
            required(dimension, which);
            checkName(dimension.name(), which + ".Name");
            if (dimension.name().startsWith(":")) {
                throw invalidValue(dimension.name(), which + ".Name");
            }
            if (dimension.value() == null || dimension.value().isBlank()) {
                throw missing(which + ".Value");
            }
            if (dimension.value().length() > LONGEST_VALUE) {
                throw tooLong(which + ".Value", LONGEST_VALUE);
            }
        }
        if (dimensions.stream().map(Dimension::name).distinct().count() < dimensions.size()) {
            throw invalidValue("The collection " + what + " must not have two dimensions of the same name.");
        }
    }

    private static AwsError tooLong(String what, int longest) {
        return invalidValue("The parameter " + what + " must be shorter than " + (longest + 1) + " characters.");
    }

    /**
     * Where a page begins.
     *
     * @param token as it was given by the page before, or null
     */
    static int position(String token) {
        try {
            int offset = token == null ? 0 : Integer.parseInt(token);
            if (offset >= 0) {
                return offset;
            }
        } catch (NumberFormatException e) {
            // told below, as for a negative one
        }
        throw new AwsError("InvalidNextToken", "'" + token + "' is not a token this operation has given");
    }
}
