package io.jenkins.plugins.ecscanary.localaws.cloudformation;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.ecscanary.localaws.cloudformation.Stack.OnFailure;
import io.jenkins.plugins.ecscanary.localaws.cloudformation.template.Invalid;
import io.jenkins.plugins.ecscanary.localaws.cloudformation.template.ParameterValues;
import io.jenkins.plugins.ecscanary.localaws.wire.AwsError;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/** What several operations read of their requests. */
final class Members {

    static final Pattern NAME = Pattern.compile("[a-zA-Z][-a-zA-Z0-9]{0,127}");

    /** Of a template in a request; a longer one would have to come from S3. */
    private static final int LONGEST_BODY = 51_200;

    private Members() {}

    /** A parameter of a stack on the wire. */
    record Parameter(String parameterKey, String parameterValue, Boolean usePreviousValue) {
        static List<Parameter> list(Map<String, String> values) {
            List<Parameter> list = new ArrayList<>();
            values.forEach((key, value) -> list.add(new Parameter(key, value, null)));
            return list;
        }
    }

    static String stackName(String name) {
        return matching(name, "stackName");
    }

    /** @throws AwsError in the words of AWS's own checks */
    static String matching(String value, String member) {
        if (value == null) {
            throw Invalid.request("1 validation error detected: Value null at '" + member
                    + "' failed to satisfy constraint: Member must not be null");
        }
        if (!NAME.matcher(value).matches()) {
            throw Invalid.request("1 validation error detected: Value '" + value + "' at '" + member
                    + "' failed to satisfy constraint: Member must satisfy regular expression pattern:"
                    + " [a-zA-Z][-a-zA-Z0-9]*");
        }
        return value;
    }

    /**
     * The template that a request brings.
     *
     * @param present the stack's, for those that keep it; null if there is none
     */
    static String template(String body, String url, Boolean usePrevious, String present) {
        if (url != null) {
            throw AwsError.unsupported("parameter TemplateURL: there is no S3 here; give the TemplateBody");
        }
        if (Boolean.TRUE.equals(usePrevious)) {
            if (body != null || present == null) {
                throw Invalid.request("You cannot specify both usePreviousTemplate and Template Body/Template URL.");
            }
            return present;
        }
        if (body == null || body.isEmpty()) {
            throw Invalid.request("Either Template URL or Template Body must be specified.");
        }
        if (body.length() > LONGEST_BODY) {
            throw Invalid.request("1 validation error detected: Value at 'templateBody' failed to satisfy constraint:"
                    + " Member must have length less than or equal to " + LONGEST_BODY);
        }
        return body;
    }

    static List<ParameterValues.Given> given(List<Parameter> parameters) {
        return orEmpty(parameters).stream()
                .map(parameter -> new ParameterValues.Given(
                        parameter.parameterKey(),
                        parameter.parameterValue(),
                        Boolean.TRUE.equals(parameter.usePreviousValue())))
                .toList();
    }

    static OnFailure onFailure(String asked, Boolean disableRollback) {
        if (asked != null && disableRollback != null) {
            throw Invalid.request("Either DisableRollback or OnFailure can be specified, not both.");
        }
        if (asked == null) {
            return Boolean.TRUE.equals(disableRollback) ? OnFailure.DO_NOTHING : OnFailure.ROLLBACK;
        }
        try {
            return OnFailure.valueOf(asked);
        } catch (IllegalArgumentException e) {
            throw Invalid.request("OnFailure '" + asked + "' is none of DO_NOTHING, ROLLBACK, DELETE");
        }
    }

    /** @throws AwsError if something is given that has no effect here and would be missed */
    static void refuse(String what, Object value) {
        boolean empty = value == null
                || value instanceof List<?> list && list.isEmpty()
                || value instanceof String text && text.isEmpty()
                || value instanceof JsonNode node
                        && node.isEmpty()
                        && node.asText().isEmpty()
                || Boolean.FALSE.equals(value);
        if (!empty) {
            throw AwsError.unsupported("parameter " + what);
        }
    }

    static <T> List<T> orEmpty(List<T> list) {
        return list == null ? List.of() : List.copyOf(list);
    }
}
