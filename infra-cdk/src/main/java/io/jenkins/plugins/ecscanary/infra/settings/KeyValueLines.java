package io.jenkins.plugins.ecscanary.infra.settings;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The lines of a {@code deploy.config}: {@code KEY=VALUE}, {@code # comment} and nothing. Read by the deployment engine's rules;
 * keys that only the engine knows are left to it.
 */
final class KeyValueLines {

    private static final Pattern LINE = Pattern.compile("([A-Z][A-Z0-9_]*)=(.*)");
    private static final Pattern QUOTED = Pattern.compile("\"([^\"]*)\"|'([^']*)'");

    private KeyValueLines() {}

    /** @param where {@code file:line} */
    record Entry(String value, String where) {}

    /** @param problems gets one message for each line that can't be read */
    static Map<String, Entry> read(String file, String text, List<String> problems) {
        Map<String, Entry> entries = new HashMap<>();
        int number = 0;
        for (String line : text.split("\r?\n", -1)) {
            number++;
            String content = (number == 1 && line.startsWith("\uFEFF") ? line.substring(1) : line).strip();
            String where = file + ":" + number;
            if (content.isEmpty() || content.startsWith("#")) {
                continue;
            }
            Matcher pair = LINE.matcher(content);
            if (!pair.matches()) {
                problems.add(where + ": expected KEY=VALUE, without blanks before the =, the key in capitals; got \""
                        + content + "\"");
                continue;
            }
            Matcher quoted = QUOTED.matcher(pair.group(2));
            String value =
                    !quoted.matches() ? pair.group(2) : quoted.group(1) == null ? quoted.group(2) : quoted.group(1);
            if (entries.put(pair.group(1), new Entry(value, where)) != null) {
                problems.add(where + ": " + pair.group(1) + " is set already; remove one of the two");
            }
        }
        return entries;
    }
}
