package io.jenkins.plugins.ecscanary.localaws.ecs;

import io.jenkins.plugins.ecscanary.localaws.wire.AwsError;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Rules several operations have for a request's members. AWS documents the rules; where the words of its refusal are not
 * known, these say which member, what is wrong and what would be right.
 */
final class Members {

    private Members() {}

    /** One of an enum's names, or nothing. */
    static <E extends Enum<E>> Optional<E> oneOf(Class<E> type, String member, String value) {
        if (value == null) {
            return Optional.empty();
        }
        return Optional.of(Arrays.stream(type.getEnumConstants())
                .filter(constant -> constant.name().equals(value))
                .findFirst()
                .orElseThrow(() -> invalid("Invalid " + member + " '" + value + "': it must be one of "
                        + Arrays.toString(type.getEnumConstants()) + ".")));
    }

    /** What {@code include} may ask for. */
    static void included(List<String> include, String... known) {
        for (String asked : include) {
            if (!List.of(known).contains(asked)) {
                throw AwsError.unsupported("include " + asked + "; only " + String.join(", ", known));
            }
        }
    }

    /** A required member. */
    static <T> T required(String member, T value) {
        if (value == null || (value instanceof String text && text.isEmpty())) {
            throw invalid(member + " can not be blank.");
        }
        return value;
    }

    static void matches(String member, String value, Pattern pattern, String rule) {
        if (value != null && !pattern.matcher(value).matches()) {
            throw invalid("Invalid " + member + " '" + value + "': " + rule + ".");
        }
    }

    static AwsError invalid(String message) {
        return new AwsError("InvalidParameterException", message);
    }
}
