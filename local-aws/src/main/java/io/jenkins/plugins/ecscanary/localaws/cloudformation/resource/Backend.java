package io.jenkins.plugins.ecscanary.localaws.cloudformation.resource;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.jenkins.plugins.ecscanary.localaws.wire.AwsError;
import io.jenkins.plugins.ecscanary.localaws.wire.InProcessCalls;
import io.jenkins.plugins.ecscanary.localaws.world.World;
import java.util.Arrays;
import java.util.Map;
import java.util.function.Consumer;

/**
 * The service behind a resource.
 *
 * @param service its signing name, such as {@code ecs}
 * @param title its name in CloudFormation's sentences, such as {@code AmazonECS}
 */
record Backend(World world, InProcessCalls calls, String service, String title) {

    JsonNode call(String operation, Object input) {
        return calls.call(service, operation, input);
    }

    /** A call that ends something; errors with one of these codes say that it has ended already. */
    void end(String operation, Object input, String... gone) {
        try {
            call(operation, input);
        } catch (AwsError e) {
            if (!Arrays.asList(gone).contains(e.code())) {
                throw e;
            }
        }
    }

    /** Whether a call finds something; an error with this code says that it does not. */
    boolean finds(String operation, Object input, String missing) {
        try {
            call(operation, input);
            return true;
        } catch (AwsError e) {
            if (e.code().equals(missing)) {
                return false;
            }
            throw e;
        }
    }

    /** What is left to be done of something just made; if that is refused, it is unmade again. */
    static void orElse(Runnable rest, Runnable undo) {
        try {
            rest.run();
        } catch (AwsError e) {
            undo.run();
            throw e;
        }
    }

    /** As CloudFormation says it of something that was there before the stack; the code is its handlers' own. */
    static AwsError exists(String type, String name) {
        return new AwsError(
                "AlreadyExists", "Resource of type '" + type + "' with identifier '" + name + "' already exists.");
    }

    /**
     * The name given in this property, or one made up: the stack's, the logical id and twelve letters or digits.
     *
     * @param longest such a name can be
     */
    String name(Wanted wanted, String property, int longest) {
        if (wanted.properties().has(property)) {
            return wanted.text(property);
        }
        String end = world.ids().nameEnd();
        int room = longest - end.length() - 2;
        String stack = wanted.stack();
        String logicalId = wanted.logicalId();
        if (stack.length() + logicalId.length() > room) {
            stack = stack.substring(0, Math.min(stack.length(), Math.max(room / 2, room - logicalId.length())));
            logicalId = logicalId.substring(0, Math.min(logicalId.length(), room - stack.length()));
        }
        return stack.replaceAll("-+$", "") + "-" + logicalId + "-" + end;
    }

    /** Brings the tags that are there to those that are wanted. */
    static void tags(JsonNode before, JsonNode after, Consumer<ArrayNode> add, Consumer<ArrayNode> remove) {
        ArrayNode added = JsonNodeFactory.instance.arrayNode();
        ArrayNode removed = JsonNodeFactory.instance.arrayNode();
        JsonNode old = before.path("Tags");
        JsonNode now = after.path("Tags");
        for (JsonNode tag : now) {
            if (!tag.equals(tagged(old, tag.path("Key").asText()))) {
                added.add(tag);
            }
        }
        for (JsonNode tag : old) {
            if (tagged(now, tag.path("Key").asText()) == null) {
                removed.add(tag.path("Key").asText());
            }
        }
        if (!removed.isEmpty()) {
            remove.accept(removed);
        }
        if (!added.isEmpty()) {
            add.accept(added);
        }
    }

    private static JsonNode tagged(JsonNode tags, String key) {
        for (JsonNode tag : tags) {
            if (tag.path("Key").asText().equals(key)) {
                return tag;
            }
        }
        return null;
    }

    /** @throws AwsError if anything but the tags is to change, of what can't be changed here */
    static void onlyTagsChange(String type, JsonNode before, JsonNode after) {
        ObjectNode old = (ObjectNode) before.deepCopy();
        ObjectNode now = (ObjectNode) after.deepCopy();
        old.remove("Tags");
        now.remove("Tags");
        if (!old.equals(now)) {
            throw AwsError.unsupported("an update of " + type + " other than of its tags");
        }
    }

    static Created created(String physicalId) {
        return new Created(physicalId, Map.of());
    }

    static JsonNode text(String value) {
        return TextNode.valueOf(value);
    }

    /** Only those members. */
    static ObjectNode only(ObjectNode from, String... members) {
        return from.deepCopy().retain(members);
    }
}
