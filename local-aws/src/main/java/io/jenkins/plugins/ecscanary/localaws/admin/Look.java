package io.jenkins.plugins.ecscanary.localaws.admin;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import io.jenkins.plugins.ecscanary.localaws.wire.AwsError;
import io.jenkins.plugins.ecscanary.localaws.wire.InProcessCalls;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * One look around, by the services' own operations and no other knowledge of them. Between two calls something may go
 * away: what can't be seen is missing in the picture and is said.
 */
final class Look {

    /** Nobody reads more; pages beyond are left out. */
    private static final int MOST_PAGES = 20;

    private final InProcessCalls calls;
    private final List<String> problems = new ArrayList<>();

    Look(InProcessCalls calls) {
        this.calls = calls;
    }

    List<String> problems() {
        return List.copyOf(problems);
    }

    boolean can(String service, String operation) {
        return calls.has(service, operation);
    }

    /** The answer, or a missing node. */
    JsonNode ask(String service, String operation, Map<String, ?> input) {
        try {
            return calls.call(service, operation, input);
        } catch (AwsError e) {
            problems.add(service + " " + operation + ": " + e.code() + ": " + e.getMessage());
            return MissingNode.getInstance();
        }
    }

    /**
     * The items of all pages.
     *
     * @param items the member of the answer that has them
     * @param token the member of the answer that names the next page
     * @param next the member of the input that asks for it
     */
    List<JsonNode> all(
            String service, String operation, Map<String, ?> input, String items, String token, String next) {
        List<JsonNode> all = new ArrayList<>();
        Map<String, Object> asked = new HashMap<>(input);
        for (int page = 0; page < MOST_PAGES; page++) {
            JsonNode answer = ask(service, operation, asked);
            answer.path(items).forEach(all::add);
            if (!answer.path(token).isTextual()) {
                break;
            }
            asked.put(next, answer.path(token).asText());
        }
        return all;
    }

    /** The last part of an ARN, such as {@code web:3}. */
    static String shortName(JsonNode arn) {
        String text = arn.asText();
        return text.substring(text.lastIndexOf('/') + 1);
    }
}
