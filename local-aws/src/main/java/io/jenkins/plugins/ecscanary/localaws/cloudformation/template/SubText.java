package io.jenkins.plugins.ecscanary.localaws.cloudformation.template;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The text of an Fn::Sub, taken apart: {@code ${Name}} and {@code ${Name.Attribute}} are variables, {@code ${!x}} is not. */
record SubText(List<Part> parts) {

    private static final Pattern VARIABLE = Pattern.compile("\\$\\{([^}]*)}");
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_.:]+");

    SubText {
        parts = List.copyOf(parts);
    }

    /** @param variable whether {@code text} is a variable's name */
    record Part(boolean variable, String text) {}

    static SubText parse(String text) {
        List<Part> parts = new ArrayList<>();
        Matcher matcher = VARIABLE.matcher(text);
        int from = 0;
        while (matcher.find()) {
            if (matcher.start() > from) {
                parts.add(new Part(false, text.substring(from, matcher.start())));
            }
            from = matcher.end();
            String inner = matcher.group(1).strip();
            if (inner.startsWith("!")) {
                parts.add(new Part(false, "${" + inner.substring(1) + "}"));
            } else if (NAME.matcher(inner).matches()) {
                parts.add(new Part(true, inner));
            } else {
                throw Invalid.template("variable names in Fn::Sub syntax must contain only alphanumeric characters,"
                        + " underscores, periods, and colons");
            }
        }
        if (from < text.length()) {
            parts.add(new Part(false, text.substring(from)));
        }
        return new SubText(parts);
    }

    List<String> variables() {
        return parts.stream().filter(Part::variable).map(Part::text).toList();
    }
}
