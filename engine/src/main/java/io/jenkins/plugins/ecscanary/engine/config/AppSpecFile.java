package io.jenkins.plugins.ecscanary.engine.config;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.jenkins.plugins.ecscanary.engine.aws.AppSpecShapes;
import io.jenkins.plugins.ecscanary.engine.model.AppSpecExtras;
import io.jenkins.plugins.ecscanary.engine.text.NearestName;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * An AppSpec for an ECS service in JSON, as AWS documents it. What is deployed is not in it: the task definition is left out
 * or written {@code <TASK_DEFINITION>}, container and port may be placeholders in angle brackets. What is not known is an
 * error, so that nothing in it is lost.
 */
public final class AppSpecFile {

    private static final ObjectMapper JSON = new ObjectMapper()
            .enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

    private static final String TASK_DEFINITION = "<TASK_DEFINITION>";

    private final List<String> problems = new ArrayList<>();
    private final Map<String, String> hooks = new TreeMap<>();
    private String network;
    private String strategy;
    private String platform;
    private String container;
    private Integer port;

    private AppSpecFile() {}

    /** @throws ConfigException with every problem in it */
    public static AppSpecExtras read(Path file) {
        try {
            return parse(file.toString(), Files.readString(file));
        } catch (NoSuchFileException e) {
            throw new ConfigException(List.of(file + ": there is no such file; create it or name another"));
        } catch (IOException e) {
            throw new ConfigException(List.of(file + ": cannot be read as UTF-8 text: " + e));
        }
    }

    /**
     * @param name of the file, for messages
     * @throws ConfigException with every problem in it
     */
    static AppSpecExtras parse(String name, String text) {
        AppSpecFile spec = new AppSpecFile();
        try {
            spec.root(JSON.readTree(text));
        } catch (JsonProcessingException e) {
            throw new ConfigException(List.of(name + ":" + e.getLocation().getLineNr() + ":"
                    + e.getLocation().getColumnNr() + ": no JSON: " + e.getOriginalMessage()
                    + " (an AppSpec in YAML has to be written as JSON)"));
        }
        AppSpecExtras extras =
                new AppSpecExtras(spec.hooks, spec.network, spec.strategy, spec.platform, spec.container, spec.port);
        spec.problems.addAll(AppSpecShapes.problems(extras));
        if (!spec.problems.isEmpty()) {
            throw new ConfigException(
                    spec.problems.stream().map(problem -> name + ": " + problem).toList());
        }
        return extras;
    }

    private void root(JsonNode root) {
        if (!members("the AppSpec", root, List.of("version", "Resources", "Hooks"))) {
            return;
        }
        JsonNode version = root.path("version");
        if (!version.asText().matches("0(\\.0)?")) {
            problems.add("version: expected 0.0, got " + shown(version));
        }
        JsonNode resources = root.path("Resources");
        if (!resources.isArray() || resources.size() != 1) {
            problems.add("Resources: expected a list of one TargetService, got " + shown(resources));
        } else if (members("Resources[0]", resources.get(0), List.of("TargetService"))) {
            service(resources.get(0).path("TargetService"));
        }
        if (root.has("Hooks")) {
            hooks(root.get("Hooks"));
        }
    }

    private void service(JsonNode service) {
        if (!members("TargetService", service, List.of("Type", "Properties"))) {
            return;
        }
        if (!service.path("Type").asText().equals("AWS::ECS::Service")) {
            problems.add("Type: expected \"AWS::ECS::Service\", got " + shown(service.path("Type")));
        }
        JsonNode properties = service.path("Properties");
        if (properties.isMissingNode()
                || !members(
                        "Properties",
                        properties,
                        List.of(
                                "TaskDefinition",
                                "LoadBalancerInfo",
                                "PlatformVersion",
                                "NetworkConfiguration",
                                "CapacityProviderStrategy"))) {
            return;
        }
        JsonNode taskDefinition = properties.path("TaskDefinition");
        if (!taskDefinition.isMissingNode() && !taskDefinition.asText().equals(TASK_DEFINITION)) {
            problems.add("TaskDefinition: it is what is deployed; leave it out or write \"" + TASK_DEFINITION
                    + "\", got " + shown(taskDefinition));
        }
        if (properties.has("LoadBalancerInfo")) {
            loadBalancer(properties.get("LoadBalancerInfo"));
        }
        if (properties.has("PlatformVersion")) {
            platform = properties.get("PlatformVersion").asText();
        }
        network = json(properties.path("NetworkConfiguration"));
        strategy = json(properties.path("CapacityProviderStrategy"));
    }

    private void loadBalancer(JsonNode info) {
        if (!members("LoadBalancerInfo", info, List.of("ContainerName", "ContainerPort"))) {
            return;
        }
        JsonNode name = info.path("ContainerName");
        if (!name.isMissingNode() && !placeholder(name)) {
            if (name.isTextual() && !name.textValue().isBlank()) {
                container = name.textValue();
            } else {
                problems.add("ContainerName: expected a name in quotes, got " + shown(name));
            }
        }
        JsonNode number = info.path("ContainerPort");
        if (!number.isMissingNode() && !placeholder(number)) {
            if (number.isIntegralNumber() && number.canConvertToInt()) {
                port = number.intValue();
            } else {
                problems.add("ContainerPort: expected a whole number, got " + shown(number));
            }
        }
    }

    private static boolean placeholder(JsonNode value) {
        return value.isTextual() && value.textValue().matches("<[A-Z0-9_]+>");
    }

    private void hooks(JsonNode list) {
        if (!list.isArray()) {
            problems.add("Hooks: expected a list of objects such as {\"BeforeAllowTraffic\": \"my-function\"}, got "
                    + shown(list));
            return;
        }
        for (JsonNode item : list) {
            if (!item.isObject()) {
                problems.add("Hooks: expected an object in braces, got " + shown(item));
                continue;
            }
            item.properties().forEach(hook -> {
                if (!hook.getValue().isTextual()) {
                    problems.add("Hooks." + hook.getKey() + ": expected a Lambda function's name or ARN in quotes, got "
                            + shown(hook.getValue()));
                } else if (hooks.put(hook.getKey(), hook.getValue().textValue()) != null) {
                    problems.add("Hooks." + hook.getKey() + ": given twice");
                }
            });
        }
    }

    private boolean members(String where, JsonNode value, List<String> known) {
        if (!value.isObject()) {
            problems.add(where + ": expected an object in braces, got " + shown(value));
            return false;
        }
        value.fieldNames().forEachRemaining(name -> {
            if (!known.contains(name)) {
                problems.add(where + ": unknown member " + name + NearestName.hint(name, known));
            }
        });
        return true;
    }

    private static String json(JsonNode value) {
        return value.isMissingNode() ? null : value.toString();
    }

    private static String shown(JsonNode value) {
        String text = value.isMissingNode() ? "nothing" : value.toString();
        return text.length() <= 60 ? text : text.substring(0, 60) + "…";
    }
}
