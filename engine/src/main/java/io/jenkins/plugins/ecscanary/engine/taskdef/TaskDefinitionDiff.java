package io.jenkins.plugins.ecscanary.engine.taskdef;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.PrettyPrinter;
import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import com.fasterxml.jackson.core.util.Separators;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.ecscanary.engine.json.Json;
import io.jenkins.plugins.ecscanary.engine.model.RevisionChange;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;

/**
 * What a revision changes against another one: both as the API's JSON, compared in the form of
 * {@link CanonicalTaskDefinition}, shown through {@link SecretMask}. Asks nobody anything.
 */
public final class TaskDefinitionDiff {

    private static final int LONGEST_VALUE = 200;

    private static final PrettyPrinter A_MEMBER_A_LINE = new DefaultPrettyPrinter()
            .withSeparators(Separators.createDefaultInstance().withObjectFieldValueSpacing(Separators.Spacing.AFTER))
            .withArrayIndenter(DefaultIndenter.SYSTEM_LINEFEED_INSTANCE);

    private final ObjectNode before;
    private final ObjectNode after;

    private TaskDefinitionDiff(ObjectNode before, ObjectNode after) {
        this.before = before;
        this.after = after;
    }

    /**
     * @param before JSON as ECS describes it or as a template makes it
     * @param after likewise
     * @throws IllegalArgumentException if one of them is no JSON object
     */
    public static TaskDefinitionDiff of(String before, String after) {
        return new TaskDefinitionDiff(CanonicalTaskDefinition.of(before), CanonicalTaskDefinition.of(after));
    }

    public boolean isEmpty() {
        return before.equals(after);
    }

    /** Every difference, by path; what is new or gone as a whole is one. */
    public List<RevisionChange> changes() {
        List<RevisionChange> changes = new ArrayList<>();
        compare("", "", before, after, changes);
        return List.copyOf(changes);
    }

    /** Both as text, for people to compare: the canonical form, indented, secrets hidden, one member a line. */
    public String unified(String nameBefore, String nameAfter) {
        return UnifiedLines.of(
                nameBefore,
                lines(SecretMask.masked("", before, MissingNode.getInstance())),
                nameAfter,
                lines(SecretMask.masked("", after, before)));
    }

    private static List<String> lines(JsonNode node) {
        try {
            return Json.mapper()
                    .writer(A_MEMBER_A_LINE)
                    .writeValueAsString(node)
                    .lines()
                    .toList();
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a tree can always be written", e);
        }
    }

    private static void compare(
            String path, String member, JsonNode before, JsonNode after, List<RevisionChange> changes) {
        if (before.equals(after)) {
            return;
        }
        boolean named = CanonicalTaskDefinition.holdsNames(member);
        // A first environment variable is a new one, not a new environment.
        boolean members = (before.isObject() || named && before.isMissingNode())
                && (after.isObject() || named && after.isMissingNode());
        if (members) {
            TreeSet<String> names = new TreeSet<>();
            before.fieldNames().forEachRemaining(names::add);
            after.fieldNames().forEachRemaining(names::add);
            for (String name : names) {
                String inner = named ? path + "[" + name + "]" : path.isEmpty() ? name : path + "." + name;
                // Below secrets every name is a secret's.
                compare(inner, secretsBelow(member) ? member : name, before.path(name), after.path(name), changes);
            }
            return;
        }
        changes.add(new RevisionChange(
                path,
                before.isMissingNode() ? null : text(member, before, MissingNode.getInstance()),
                after.isMissingNode() ? null : text(member, after, before)));
    }

    private static boolean secretsBelow(String member) {
        return member.equals("secrets") || member.equals("secretOptions");
    }

    private static String text(String member, JsonNode node, JsonNode other) {
        JsonNode shown = SecretMask.masked(member, node, other);
        String text = shown.isValueNode() ? shown.asText() : shown.toString();
        return text.length() <= LONGEST_VALUE ? text : text.substring(0, LONGEST_VALUE) + "…";
    }
}
