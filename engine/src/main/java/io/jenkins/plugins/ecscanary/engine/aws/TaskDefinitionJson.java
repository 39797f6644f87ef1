package io.jenkins.plugins.ecscanary.engine.aws;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import software.amazon.awssdk.services.ecs.model.RegisterTaskDefinitionRequest;

/**
 * A task definition as the ECS API takes it in JSON (and {@code aws ecs register-task-definition --cli-input-json}).
 *
 * <p>Nothing in it is lost on the way to AWS: a member the API does not know, or one of the wrong type, is an error. Only
 * the members that ECS itself adds when it describes a task definition are left out, so that its answer can be given back.
 */
public final class TaskDefinitionJson {

    /** In the answer to ecs:DescribeTaskDefinition, not in the request. */
    public static final Set<String> ADDED_BY_ECS = Set.of(
            "taskDefinitionArn",
            "revision",
            "status",
            "requiresAttributes",
            "compatibilities",
            "registeredAt",
            "registeredBy",
            "deregisteredAt");

    private static final List<String> REQUIRED = List.of("family", "containerDefinitions");

    private static final ObjectMapper JSON = new ObjectMapper()
            .enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS);

    private TaskDefinitionJson() {}

    /** Reads JSON that people have written: a member twice, or something after the end, is an error. */
    static ObjectMapper strict() {
        return JSON;
    }

    /**
     * What the API would not take, every problem of it, such as
     * {@code containerDefinitions[0].portMappings[0].containerPort: expected a whole number, got "x"}.
     *
     * @return empty if it can be sent; AWS may still refuse what the values mean
     */
    public static List<String> problems(String json) {
        return fill(RegisterTaskDefinitionRequest.builder(), json);
    }

    /** @throws AwsFailure of kind INVALID with all {@link #problems} */
    static RegisterTaskDefinitionRequest request(String json) {
        RegisterTaskDefinitionRequest.Builder request = RegisterTaskDefinitionRequest.builder();
        List<String> problems = fill(request, json);
        if (!problems.isEmpty()) {
            throw AwsFailure.of(
                    AwsFailure.Kind.INVALID,
                    "the task definition cannot be registered: " + String.join("; ", problems));
        }
        return request.build();
    }

    private static List<String> fill(RegisterTaskDefinitionRequest.Builder request, String json) {
        JsonNode root;
        try {
            root = JSON.readTree(json);
        } catch (JsonProcessingException e) {
            return List.of("line " + e.getLocation().getLineNr() + ", column "
                    + e.getLocation().getColumnNr() + ": no JSON: " + e.getOriginalMessage());
        }
        if (!(root instanceof ObjectNode object)) {
            return List.of("expected an object in braces, got " + JsonToSdk.shown(root));
        }
        if (object.has("taskDefinition") && !object.has("family")) {
            return List.of("taskDefinition: give only what is inside this member");
        }
        List<String> problems = new ArrayList<>(JsonToSdk.fill(request, object.without(ADDED_BY_ECS)));
        REQUIRED.stream()
                .filter(member -> !object.hasNonNull(member))
                .forEach(member -> problems.add(member + ": missing"));
        return List.copyOf(problems);
    }
}
