package io.jenkins.plugins.ecscanary.sampleapp;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads the text exposition format as strictly as its specification is written: what does not fit fails the test. */
final class PrometheusSamples {

    private static final Pattern HELP = Pattern.compile("# HELP ([a-zA-Z_:][a-zA-Z0-9_:]*) [^\\n]+");
    private static final Pattern TYPE = Pattern.compile("# TYPE ([a-zA-Z_:][a-zA-Z0-9_:]*) (counter|gauge|histogram)");
    private static final String LABEL = "[a-zA-Z_][a-zA-Z0-9_]*=\"(?:[^\"\\\\\\n]|\\\\[\\\\\"n])*\"";
    private static final Pattern SAMPLE = Pattern.compile(
            "(([a-zA-Z_:][a-zA-Z0-9_:]*)\\{" + LABEL + "(?:," + LABEL + ")*}) ([0-9]+(?:\\.[0-9]+)?(?:E-?[0-9]+)?)");

    private final Map<String, Double> values = new LinkedHashMap<>();
    private final Set<String> families = new LinkedHashSet<>();

    PrometheusSamples(String text) {
        assertThat(text).endsWith("\n").doesNotContain("\r", "\n\n");
        String family = null;
        String type = null;
        for (String line : text.split("\n")) {
            Matcher help = HELP.matcher(line);
            Matcher typed = TYPE.matcher(line);
            Matcher sample = SAMPLE.matcher(line);
            if (help.matches()) {
                family = help.group(1);
                type = null;
                assertThat(families.add(family)).as("one block for " + family).isTrue();
            } else if (typed.matches()) {
                assertThat(typed.group(1)).isEqualTo(family);
                assertThat(type).as("one type for " + family).isNull();
                type = typed.group(2);
            } else {
                assertThat(sample.matches()).as("a well-formed sample: " + line).isTrue();
                assertThat(type).as("a type before " + line).isNotNull();
                assertThat(sample.group(2)).matches("histogram".equals(type) ? family + "_(bucket|sum|count)" : family);
                assertThat(values.put(sample.group(1), Double.valueOf(sample.group(3))))
                        .as("one sample for " + sample.group(1))
                        .isNull();
            }
        }
    }

    Set<String> families() {
        return families;
    }

    Map<String, Double> values() {
        return values;
    }

    double value(String nameAndLabels) {
        assertThat(values).containsKey(nameAndLabels);
        return values.get(nameAndLabels);
    }
}
