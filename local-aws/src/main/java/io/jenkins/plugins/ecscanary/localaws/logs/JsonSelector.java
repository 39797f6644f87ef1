package io.jenkins.plugins.ecscanary.localaws.logs;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Part of an event: {@code $.field}, {@code $.a.b[0]}, {@code $["odd name"]}, {@code $.list[*]}.
 *
 * @param length how many characters of the pattern it is
 */
record JsonSelector(List<Step> steps, int length) {

    private static final Pattern STEP =
            Pattern.compile("\\.([A-Za-z0-9_-]+)|\\[([0-9]{1,6}|\\*)]|\\[\"([^\"]+)\"]|\\['([^']+)']");

    JsonSelector {
        steps = List.copyOf(steps);
    }

    /** A field's name, an index, or neither for each element. */
    private record Step(String field, Integer index) {}

    /** @return null if there is none at that position */
    static JsonSelector read(String text, int from) {
        if (!text.startsWith("$", from)) {
            return null;
        }
        List<Step> steps = new ArrayList<>();
        int at = from + 1;
        Matcher step = STEP.matcher(text);
        while (step.region(at, text.length()).lookingAt()) {
            String field =
                    step.group(1) != null ? step.group(1) : step.group(3) != null ? step.group(3) : step.group(4);
            boolean indexed = step.group(2) != null && !"*".equals(step.group(2));
            steps.add(new Step(field, indexed ? Integer.valueOf(step.group(2)) : null));
            at = step.end();
        }
        return steps.isEmpty() ? null : new JsonSelector(steps, at - from);
    }

    /** What is selected; empty if it is not there. */
    List<JsonNode> of(JsonNode event) {
        List<JsonNode> selected = List.of(event);
        for (Step step : steps) {
            List<JsonNode> next = new ArrayList<>();
            for (JsonNode node : selected) {
                if (step.field() == null && step.index() == null) {
                    node.elements().forEachRemaining(next::add);
                } else {
                    JsonNode child = step.field() == null ? node.get(step.index()) : node.get(step.field());
                    if (child != null) {
                        next.add(child);
                    }
                }
            }
            selected = next;
        }
        return selected;
    }
}
