package io.jenkins.plugins.ecscanary.localaws.cloudformation.template;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** The values of a template's parameters: those given, those of before where that is asked for, and defaults. */
public final class ParameterValues {

    private ParameterValues() {}

    /**
     * A parameter as a request gives it.
     *
     * @param value null if there is none
     * @param usePrevious whether it keeps the value the stack has
     */
    public record Given(String key, String value, boolean usePrevious) {}

    /**
     * @param previous what the stack has; empty for a new one
     * @return a value for every parameter of the template, in its order
     * @throws io.jenkins.plugins.ecscanary.localaws.wire.AwsError ValidationError
     */
    public static Map<String, String> of(Template template, List<Given> given, Map<String, String> previous) {
        Map<String, String> values = new LinkedHashMap<>();
        Set<String> unknown = new TreeSet<>();
        for (Given parameter : given) {
            if (parameter.key() == null) {
                throw Invalid.request("Parameters must have a ParameterKey");
            }
            if (!template.parameters().containsKey(parameter.key())) {
                unknown.add(parameter.key());
            }
            if (values.put(parameter.key(), value(parameter, previous)) != null) {
                throw Invalid.request("Duplicate parameter key " + parameter.key());
            }
        }
        if (!unknown.isEmpty()) {
            throw Invalid.request("Parameters: " + unknown + " do not exist in the template");
        }
        Map<String, String> all = new LinkedHashMap<>();
        Set<String> missing = new TreeSet<>();
        for (ParameterDeclaration declared : template.parameters().values()) {
            String value = values.getOrDefault(declared.name(), declared.standard());
            if (value == null) {
                missing.add(declared.name());
            } else {
                all.put(declared.name(), value);
            }
        }
        if (!missing.isEmpty()) {
            throw Invalid.request("Parameters: " + missing + " must have values");
        }
        all.forEach((name, value) -> template.parameters().get(name).check(value));
        return all;
    }

    private static String value(Given parameter, Map<String, String> previous) {
        if (!parameter.usePrevious()) {
            if (parameter.value() == null) {
                throw Invalid.request("Parameter '" + parameter.key() + "' must have a ParameterValue");
            }
            return parameter.value();
        }
        if (parameter.value() != null) {
            throw Invalid.request("Invalid input for parameter key " + parameter.key()
                    + ". Cannot specify usePreviousValue as true and non empty value for a parameter");
        }
        if (!previous.containsKey(parameter.key())) {
            throw Invalid.request("Invalid input for parameter key " + parameter.key()
                    + ". Cannot specify usePreviousValue as true for a parameter key not in the previous template");
        }
        return previous.get(parameter.key());
    }
}
