package io.jenkins.plugins.ecscanary.engine.taskdef;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.jenkins.plugins.ecscanary.engine.aws.TaskDefinitionJson;
import io.jenkins.plugins.ecscanary.engine.json.Json;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A task definition in the one form in which equal ones are equal, whoever wrote them: a template, or ECS describing what
 * it has registered.
 *
 * <ul>
 *   <li>lists whose items have a name (containers, environment, secrets, port mappings, mount points, volumes …) become
 *       objects by that name, sorted, since their order means nothing; other lists (a command) stay as they are;
 *   <li>what ECS adds when it answers is left out: ARN, revision, status, required attributes, compatibilities, who
 *       registered it when, and so are tags, which are no part of a revision;
 *   <li>values that ECS fills in (container cpu 0, essential, protocol tcp, the host port under awsvpc, a health check's
 *       interval, time-out and retries …) are left out, as are empty lists and objects;
 *   <li>{@code 1 vCPU} and {@code 2 GB} of the task become the numbers that ECS makes of them.
 * </ul>
 */
final class CanonicalTaskDefinition {

    /** Members whose items are told apart by another member, and that member. */
    private static final Map<String, String> NAMED = Map.ofEntries(
            Map.entry("containerDefinitions", "name"),
            Map.entry("volumes", "name"),
            Map.entry("ulimits", "name"),
            Map.entry("mountPoints", "containerPath"),
            Map.entry("volumesFrom", "sourceContainer"),
            Map.entry("devices", "hostPath"),
            Map.entry("tmpfs", "containerPath"),
            Map.entry("portMappings", "containerPort"));

    /** Members whose items are a name and a value, and what both are called. */
    private static final Map<String, List<String>> PAIRS = Map.of(
            "environment", List.of("name", "value"),
            "secrets", List.of("name", "valueFrom"),
            "secretOptions", List.of("name", "valueFrom"),
            "properties", List.of("name", "value"),
            "dependsOn", List.of("containerName", "condition"),
            "systemControls", List.of("namespace", "value"),
            "extraHosts", List.of("hostname", "ipAddress"),
            "resourceRequirements", List.of("type", "value"));

    /** Members whose own members are named by whoever wrote them. */
    private static final Set<String> FREE = Set.of("options", "dockerLabels", "driverOpts", "labels");

    /** What a member is where it is not given. */
    private static final Map<String, Set<String>> USUAL = Map.ofEntries(
            Map.entry("essential", Set.of("true")),
            Map.entry("cpu", Set.of("0")),
            Map.entry("protocol", Set.of("tcp")),
            Map.entry("hostPort", Set.of("0")),
            Map.entry("interval", Set.of("30")),
            Map.entry("timeout", Set.of("5")),
            Map.entry("retries", Set.of("3")),
            Map.entry("readOnly", Set.of("false")),
            Map.entry("privileged", Set.of("false")),
            Map.entry("readonlyRootFilesystem", Set.of("false")),
            Map.entry("interactive", Set.of("false")),
            Map.entry("pseudoTerminal", Set.of("false")),
            Map.entry("disableNetworking", Set.of("false")),
            Map.entry("initProcessEnabled", Set.of("false")),
            Map.entry("enableFaultInjection", Set.of("false")),
            Map.entry("versionConsistency", Set.of("enabled")),
            Map.entry("cpuArchitecture", Set.of("X86_64")),
            Map.entry("operatingSystemFamily", Set.of("LINUX")));

    private static final Pattern UNITS = Pattern.compile("(\\d*\\.?\\d+)\\s*(vcpu|gb)");

    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    private final boolean hostPortsFollow;

    private CanonicalTaskDefinition(boolean hostPortsFollow) {
        this.hostPortsFollow = hostPortsFollow;
    }

    /** @throws IllegalArgumentException if it is no JSON object */
    static ObjectNode of(String json) {
        JsonNode root;
        try {
            root = Json.mapper().readTree(json);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("the task definition is no JSON: " + e.getOriginalMessage(), e);
        }
        if (!(root instanceof ObjectNode object)) {
            throw new IllegalArgumentException("the task definition is no JSON object");
        }
        ObjectNode own = object.deepCopy().without(TaskDefinitionJson.ADDED_BY_ECS);
        own.remove("tags"); // no part of the revision
        inUnits(own, "cpu");
        inUnits(own, "memory");
        boolean follow =
                Set.of("awsvpc", "host").contains(own.path("networkMode").asText());
        return new CanonicalTaskDefinition(follow).object(own);
    }

    /** Whether the members of this member are names, not words of the API. */
    static boolean holdsNames(String member) {
        return NAMED.containsKey(member) || PAIRS.containsKey(member) || FREE.contains(member);
    }

    private static void inUnits(ObjectNode task, String member) {
        Matcher units = UNITS.matcher(task.path(member).asText().strip().toLowerCase(Locale.ROOT));
        if (units.matches()) {
            task.put(
                    member,
                    new BigDecimal(units.group(1))
                            .multiply(BigDecimal.valueOf(1024))
                            .stripTrailingZeros()
                            .toPlainString());
        }
    }

    private ObjectNode object(ObjectNode given) {
        ObjectNode canonical = JSON.objectNode();
        sorted(given).forEach((member, value) -> {
            if (!usual(member, value)) {
                JsonNode node = member(member, value);
                if (!node.isNull() && !(node.isContainerNode() && node.isEmpty())) {
                    canonical.set(member, node);
                }
            }
        });
        return canonical;
    }

    private boolean usual(String member, JsonNode value) {
        return value.isValueNode()
                && (USUAL.getOrDefault(member, Set.of()).contains(value.asText())
                        || (hostPortsFollow && member.equals("hostPort")));
    }

    private JsonNode member(String member, JsonNode value) {
        if (value instanceof ArrayNode list && PAIRS.containsKey(member)) {
            List<String> pair = PAIRS.get(member);
            return byName(list, pair.get(0), item -> item.path(pair.get(1)));
        } else if (value instanceof ArrayNode list && NAMED.containsKey(member)) {
            String name = NAMED.get(member);
            return byName(
                    list, name, item -> object(((ObjectNode) item).deepCopy().without(name)));
        } else if (member.equals("requiresCompatibilities") && value instanceof ArrayNode list) {
            ArrayNode sorted = JSON.arrayNode();
            List<String> items = new ArrayList<>();
            list.forEach(item -> items.add(item.asText()));
            items.stream().sorted().forEach(sorted::add);
            return sorted;
        } else if (value instanceof ObjectNode object) {
            if (!FREE.contains(member)) {
                return object(object);
            }
            ObjectNode free = JSON.objectNode();
            sorted(object).forEach(free::set);
            return free;
        } else if (value instanceof ArrayNode list) {
            ArrayNode items = JSON.arrayNode();
            list.forEach(item -> items.add(item instanceof ObjectNode object ? object(object) : item));
            return items;
        }
        return value;
    }

    /** A second item of the same name (the same port over tcp and udp, say) is told apart by its place. */
    private static ObjectNode byName(
            ArrayNode list, String name, java.util.function.Function<JsonNode, JsonNode> content) {
        Map<String, JsonNode> items = new TreeMap<>();
        for (JsonNode item : list) {
            if (!item.isObject()) {
                continue; // no item of such a list; ECS takes none and preflight says so
            }
            String key = item.path(name).asText();
            for (int i = 2; items.containsKey(key); i++) {
                key = item.path(name).asText() + "#" + i;
            }
            JsonNode value = content.apply(item);
            items.put(key, value.isMissingNode() ? TextNode.valueOf("") : value);
        }
        ObjectNode named = JSON.objectNode();
        items.forEach(named::set);
        return named;
    }

    private static Map<String, JsonNode> sorted(ObjectNode object) {
        Map<String, JsonNode> members = new TreeMap<>();
        object.properties().forEach(member -> members.put(member.getKey(), member.getValue()));
        return members;
    }
}
