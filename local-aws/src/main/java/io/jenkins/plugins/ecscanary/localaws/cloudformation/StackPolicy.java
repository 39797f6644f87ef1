package io.jenkins.plugins.ecscanary.localaws.cloudformation;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.jenkins.plugins.ecscanary.localaws.cloudformation.template.Invalid;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * What an update may do to which resources. Where there is a policy, what no statement allows is denied, and a denial wins.
 * Conditions on the resource's type are understood, no others. AWS looks when a resource's turn comes, and so does this.
 */
final class StackPolicy {

    private static final Set<String> MEMBERS =
            Set.of("Effect", "Action", "NotAction", "Principal", "Resource", "NotResource", "Condition");

    private final List<JsonNode> statements;

    private StackPolicy(List<JsonNode> statements) {
        this.statements = statements;
    }

    /** What an update would do to a resource. */
    enum Action {
        MODIFY("Update:Modify"),
        REPLACE("Update:Replace"),
        DELETE("Update:Delete");

        private final String spelled;

        Action(String spelled) {
            this.spelled = spelled;
        }
    }

    /**
     * @param text null for no policy, which allows everything
     * @throws io.jenkins.plugins.ecscanary.localaws.wire.AwsError ValidationError if it is none
     */
    static StackPolicy parse(String text) {
        if (text == null) {
            return new StackPolicy(List.of());
        }
        JsonNode tree;
        try {
            tree = new ObjectMapper().readTree(text);
        } catch (JsonProcessingException e) {
            throw invalid("it is not JSON: " + e.getOriginalMessage());
        }
        List<JsonNode> statements = new ArrayList<>();
        tree.path("Statement").forEach(statements::add);
        if (statements.isEmpty()) {
            throw invalid("it has no Statement");
        }
        statements.forEach(StackPolicy::check);
        return new StackPolicy(statements);
    }

    private static void check(JsonNode statement) {
        statement.fieldNames().forEachRemaining(member -> {
            if (!MEMBERS.contains(member)) {
                throw invalid("a statement has no " + member);
            }
        });
        if (!Set.of("Allow", "Deny").contains(statement.path("Effect").asText())) {
            throw invalid("a statement's Effect is Allow or Deny");
        }
        if (!"*".equals(statement.path("Principal").asText())) {
            throw invalid("a statement's Principal is *");
        }
        if (statement.has("Action") == statement.has("NotAction")
                || statement.has("Resource") == statement.has("NotResource")) {
            throw invalid("a statement has Action or NotAction, and Resource or NotResource");
        }
        statement.path("Condition").properties().forEach(operator -> {
            boolean known = Set.of("StringEquals", "StringLike").contains(operator.getKey())
                    && operator.getValue().size() == 1
                    && operator.getValue().has("ResourceType");
            if (!known) {
                throw Invalid.unsupported("the condition " + operator.getKey() + " " + operator.getValue()
                        + " in a stack policy; only StringEquals and StringLike of ResourceType");
            }
        });
    }

    private static RuntimeException invalid(String why) {
        return Invalid.request("Error validating stack policy: " + why);
    }

    /** Why it is denied, in CloudFormation's words as far as they are known; empty if it is not. */
    Optional<String> denial(Action action, StackResource resource) {
        if (statements.isEmpty()) {
            return Optional.empty();
        }
        boolean allowed = false;
        for (int i = 0; i < statements.size(); i++) {
            JsonNode statement = statements.get(i);
            if (!applies(statement, action, resource)) {
                continue;
            }
            if (statement.path("Effect").asText().equals("Deny")) {
                return Optional.of("Action denied by stack policy: Statement [#" + (i + 1) + "] does not allow ["
                        + action.spelled + "] for resource [LogicalResourceId/" + resource.logicalId() + "]");
            }
            allowed = true;
        }
        return allowed
                ? Optional.empty()
                : Optional.of("Action denied by stack policy: no statement allows [" + action.spelled
                        + "] for resource [LogicalResourceId/" + resource.logicalId() + "]");
    }

    private static boolean applies(JsonNode statement, Action action, StackResource resource) {
        String logical = "LogicalResourceId/" + resource.logicalId();
        boolean acts = statement.has("Action")
                ? matches(statement.get("Action"), action.spelled)
                : !matches(statement.get("NotAction"), action.spelled);
        boolean names = statement.has("Resource")
                ? matches(statement.get("Resource"), logical)
                : !matches(statement.get("NotResource"), logical);
        boolean typed = true;
        for (JsonNode operator : statement.path("Condition")) {
            typed &= matches(operator.path("ResourceType"), resource.type());
        }
        return acts && names && typed;
    }

    /** One pattern or a list of them; {@code *} is anything. */
    private static boolean matches(JsonNode patterns, String value) {
        if (patterns.isArray()) {
            for (JsonNode pattern : patterns) {
                if (matches(pattern, value)) {
                    return true;
                }
            }
            return false;
        }
        StringBuilder regex = new StringBuilder();
        for (String part : patterns.asText().split("\\*", -1)) {
            regex.append(regex.isEmpty() ? "" : ".*").append("\\Q").append(part).append("\\E");
        }
        return Pattern.matches(regex.toString(), value);
    }
}
