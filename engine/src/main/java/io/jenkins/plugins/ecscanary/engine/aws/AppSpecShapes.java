package io.jenkins.plugins.ecscanary.engine.aws;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.ecscanary.engine.model.AppSpecExtras;
import io.jenkins.plugins.ecscanary.engine.text.NearestName;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * What the parts of an AppSpec for an ECS service have to look like (CodeDeploy user guide, "AppSpec 'resources' section" and
 * "AppSpec 'hooks' section for an Amazon ECS deployment"). AWS itself says nothing until a deployment has been created and
 * fails.
 */
public final class AppSpecShapes {

    /** The events that can have a hook, in the order in which they come. */
    public static final List<String> HOOKS = List.of(
            "BeforeInstall", "AfterInstall", "AfterAllowTestTraffic", "BeforeAllowTraffic", "AfterAllowTraffic");

    private static final Set<String> PUBLIC_IP = Set.of("ENABLED", "DISABLED");
    private static final Pattern PLATFORM = Pattern.compile("LATEST|[0-9]+\\.[0-9]+\\.[0-9]+");
    private static final int MOST_BASE = 100_000;
    private static final int MOST_WEIGHT = 1_000;

    private final List<String> problems = new ArrayList<>();

    private AppSpecShapes() {}

    /** Every problem, by the AppSpec's own names; empty if AWS can be given it. */
    public static List<String> problems(AppSpecExtras extras) {
        AppSpecShapes shapes = new AppSpecShapes();
        extras.hooks().forEach(shapes::hook);
        shapes.json("NetworkConfiguration", extras.networkConfiguration(), shapes::network);
        shapes.json("CapacityProviderStrategy", extras.capacityProviderStrategy(), shapes::strategy);
        String platform = extras.platformVersion();
        if (platform != null && !PLATFORM.matcher(platform).matches()) {
            shapes.wrong("PlatformVersion", "LATEST or one such as 1.4.0", "\"" + platform + "\"");
        }
        return List.copyOf(shapes.problems);
    }

    private void hook(String event, String function) {
        if (!HOOKS.contains(event)) {
            problems.add("Hooks: " + event + " is no lifecycle event with a hook" + NearestName.hint(event, HOOKS)
                    + " (there are " + String.join(", ", HOOKS) + ")");
        } else if (function == null || function.isBlank()) {
            problems.add("Hooks." + event + ": expected a Lambda function's name or ARN, got nothing");
        }
    }

    private interface Shape {
        void check(String where, JsonNode value);
    }

    private void json(String where, String text, Shape shape) {
        if (text == null) {
            return;
        }
        try {
            shape.check(where, TaskDefinitionJson.strict().readTree(text));
        } catch (JsonProcessingException e) {
            problems.add(where + ": no JSON: " + e.getOriginalMessage());
        }
    }

    private void network(String where, JsonNode network) {
        if (!object(where, network, List.of("AwsvpcConfiguration"))) {
            return;
        }
        String inner = where + ".AwsvpcConfiguration";
        JsonNode vpc = network.path("AwsvpcConfiguration");
        if (!object(inner, vpc, List.of("Subnets", "SecurityGroups", "AssignPublicIp"))) {
            return;
        }
        texts(inner + ".Subnets", vpc.path("Subnets"), true);
        texts(inner + ".SecurityGroups", vpc.path("SecurityGroups"), false);
        JsonNode publicIp = vpc.path("AssignPublicIp");
        if (!publicIp.isMissingNode() && !PUBLIC_IP.contains(publicIp.asText())) {
            wrong(inner + ".AssignPublicIp", "\"ENABLED\" or \"DISABLED\"", JsonToSdk.shown(publicIp));
        }
    }

    private void texts(String where, JsonNode values, boolean required) {
        if (values.isMissingNode() && !required) {
            return;
        }
        boolean all = values.isArray() && !(required && values.isEmpty());
        for (JsonNode value : values) {
            all &= value.isTextual() && !value.textValue().isBlank();
        }
        if (!all) {
            wrong(where, "a list of ids in quotes", JsonToSdk.shown(values));
        }
    }

    private void strategy(String where, JsonNode strategy) {
        if (!strategy.isArray() || strategy.isEmpty()) {
            wrong(where, "a list of capacity providers", JsonToSdk.shown(strategy));
            return;
        }
        for (int i = 0; i < strategy.size(); i++) {
            String item = where + "[" + i + "]";
            JsonNode provider = strategy.get(i);
            if (!object(item, provider, List.of("CapacityProvider", "Base", "Weight"))) {
                continue;
            }
            if (!provider.path("CapacityProvider").isTextual()) {
                wrong(
                        item + ".CapacityProvider",
                        "a name in quotes",
                        JsonToSdk.shown(provider.path("CapacityProvider")));
            }
            whole(item + ".Base", provider.path("Base"), MOST_BASE);
            whole(item + ".Weight", provider.path("Weight"), MOST_WEIGHT);
        }
    }

    private void whole(String where, JsonNode value, int most) {
        boolean in = value.isIntegralNumber() && value.canConvertToInt() && value.intValue() >= 0;
        if (!value.isMissingNode() && !(in && value.intValue() <= most)) {
            wrong(where, "a whole number from 0 to " + most, JsonToSdk.shown(value));
        }
    }

    private boolean object(String where, JsonNode value, List<String> known) {
        if (!value.isObject()) {
            wrong(where, "an object in braces", JsonToSdk.shown(value));
            return false;
        }
        value.fieldNames().forEachRemaining(name -> {
            if (!known.contains(name)) {
                problems.add(where + "." + name + ": unknown member" + NearestName.hint(name, known));
            }
        });
        return true;
    }

    private void wrong(String where, String expected, String got) {
        problems.add(where + ": expected " + expected + ", got " + got);
    }
}
