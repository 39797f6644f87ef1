package io.jenkins.plugins.ecscanary.engine.config;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Lines of {@code KEY=VALUE}, {@code # comment} and nothing. A value is taken as it stands: nothing is evaluated. It may be
 * put in single or double quotes, in which case only what is between them counts.
 */
final class KeyValueLines {

    private static final Pattern LINE = Pattern.compile("([A-Z][A-Z0-9_]*)=(.*)");
    private static final Pattern QUOTED = Pattern.compile("\"([^\"]*)\"|'([^']*)'");

    private final String name;
    private final List<String> problems;
    private final Map<String, Entry> entries = new LinkedHashMap<>();

    /** @param problems gets one message for each line that cannot be read */
    KeyValueLines(String name, String text, List<String> problems) {
        this.name = name;
        this.problems = problems;
        int number = 0;
        for (String line : text.split("\r?\n", -1)) {
            number++;
            String content = number == 1 && line.startsWith("\uFEFF") ? line.substring(1) : line;
            read(content.strip(), number);
        }
    }

    /** @param where {@code file:line} */
    record Entry(String value, String where, int line) {}

    Map<String, Entry> entries() {
        return entries;
    }

    private void read(String line, int number) {
        if (line.isEmpty() || line.startsWith("#")) {
            return;
        }
        String where = name + ":" + number;
        Matcher pair = LINE.matcher(line);
        if (!pair.matches()) {
            problems.add(where + ": expected KEY=VALUE, without blanks before the =, the key in capitals; got \"" + line
                    + "\"");
            return;
        }
        Entry before = entries.get(pair.group(1));
        if (before != null) {
            problems.add(where + ": " + pair.group(1) + " is set already in line " + before.line()
                    + "; remove one of the two");
            return;
        }
        String value = value(pair.group(1), pair.group(2), where);
        if (value != null) {
            entries.put(pair.group(1), new Entry(value, where, number));
        }
    }

    private String value(String key, String raw, String where) {
        Matcher quoted = QUOTED.matcher(raw);
        if (quoted.matches()) {
            return quoted.group(1) == null ? quoted.group(2) : quoted.group(1);
        }
        if (raw.isEmpty()) {
            problems.add(where + ": " + key + " has no value; give it one, or remove the line");
        } else if (raw.startsWith(" ") || raw.startsWith("\t")) {
            problems.add(where + ": there is a blank after " + key + "=; remove it, or put the value in quotes");
        } else if (raw.startsWith("\"") || raw.startsWith("'")) {
            problems.add(where + ": the quotes of " + key
                    + " do not match; put the value between one pair that is not in it, and nothing after it");
        } else if (raw.contains(" #") || raw.contains("\t#")) {
            problems.add(where + ": a comment has a line of its own; if this # belongs to " + key
                    + ", put the value in quotes");
        } else {
            return raw;
        }
        return null;
    }
}
