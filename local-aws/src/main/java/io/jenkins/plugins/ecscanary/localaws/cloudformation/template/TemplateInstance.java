package io.jenkins.plugins.ecscanary.localaws.cloudformation.template;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** A template with values for its parameters: which resources there are, and which need which others. Immutable. */
public final class TemplateInstance {

    private final Template template;
    private final Map<String, JsonNode> parameters;
    private final Pseudo pseudo;
    private final Conditions conditions;
    private final Map<String, Set<String>> dependencies = new LinkedHashMap<>();

    private TemplateInstance(Template template, Map<String, JsonNode> parameters, Pseudo pseudo) {
        this.template = template;
        this.parameters = parameters;
        this.pseudo = pseudo;
        this.conditions = new Conditions(template, parameters, pseudo);
    }

    /**
     * @param parameters a value for each, as text
     * @throws io.jenkins.plugins.ecscanary.localaws.wire.AwsError ValidationError if resources need one another in a circle,
     *     or one that is not there under these conditions
     */
    public static TemplateInstance of(Template template, Map<String, String> parameters, Pseudo pseudo) {
        Map<String, JsonNode> values = new LinkedHashMap<>();
        parameters.forEach((name, value) ->
                values.put(name, template.parameters().get(name).node(value)));
        TemplateInstance instance = new TemplateInstance(template, values, pseudo);
        template.conditions().keySet().forEach(instance.conditions::test);
        instance.connect();
        return instance;
    }

    private void connect() {
        Set<String> unresolved = new TreeSet<>();
        List<ResourceDeclaration> active = template.resources().values().stream()
                .filter(resource -> conditions.test(resource.condition()))
                .toList();
        active.forEach(resource -> dependencies.put(resource.logicalId(), new LinkedHashSet<>()));
        for (ResourceDeclaration resource : active) {
            Set<String> needs = dependencies.get(resource.logicalId());
            // DependsOn of one that is not there under these conditions is passed over, as on AWS.
            resource.dependsOn().stream().filter(dependencies::containsKey).forEach(needs::add);
            References.walk(conditions.pruned(resource.properties()), new Collector(needs, unresolved));
        }
        refuse(unresolved, "Resources");
        outputs()
                .forEach(output -> References.walk(
                        conditions.pruned(output.value()), new Collector(new LinkedHashSet<>(), unresolved)));
        refuse(unresolved, "Outputs");
        Set<String> circle = circle();
        if (!circle.isEmpty()) {
            throw Invalid.request("Circular dependency between resources: " + circle);
        }
    }

    private static void refuse(Set<String> unresolved, String block) {
        if (!unresolved.isEmpty()) {
            throw Invalid.format(
                    "Unresolved resource dependencies " + unresolved + " in the " + block + " block of the template");
        }
    }

    /** Those left when again and again those are taken away that need none of the rest, or that none of the rest needs. */
    private Set<String> circle() {
        Set<String> left = new LinkedHashSet<>(dependencies.keySet());
        boolean changed = true;
        while (changed) {
            changed = left.removeIf(id -> Collections.disjoint(dependencies.get(id), left))
                    | left.removeIf(id -> left.stream()
                            .noneMatch(other -> dependencies.get(other).contains(id)));
        }
        return left;
    }

    public Template template() {
        return template;
    }

    /** The resources that are there under the conditions, each after those it needs. */
    public List<ResourceDeclaration> resources() {
        List<ResourceDeclaration> ordered = new ArrayList<>();
        Set<String> placed = new LinkedHashSet<>();
        while (placed.size() < dependencies.size()) {
            for (Map.Entry<String, Set<String>> resource : dependencies.entrySet()) {
                if (!placed.contains(resource.getKey()) && placed.containsAll(resource.getValue())) {
                    placed.add(resource.getKey());
                    ordered.add(template.resources().get(resource.getKey()));
                }
            }
        }
        return ordered;
    }

    public boolean has(String logicalId) {
        return dependencies.containsKey(logicalId);
    }

    /** What has to be there before it. */
    public Set<String> dependencies(String logicalId) {
        return Collections.unmodifiableSet(dependencies.get(logicalId));
    }

    /** A resource's properties, evaluated. */
    public ObjectNode properties(String logicalId, ResourceValues values) {
        return (ObjectNode)
                evaluation(values).of(template.resources().get(logicalId).properties());
    }

    /** The outputs that are there under the conditions. */
    public List<Template.OutputDeclaration> outputs() {
        return template.outputs().values().stream()
                .filter(output -> conditions.test(output.condition()))
                .toList();
    }

    /** An output's value, evaluated: text, or unknown. */
    public JsonNode output(Template.OutputDeclaration output, ResourceValues values) {
        JsonNode value = evaluation(values).of(output.value());
        if (!value.isValueNode() || value.isMissingNode() || value.isNull()) {
            throw Invalid.format("Output " + output.key()
                    + " is malformed. The Value field of every Outputs member must" + " evaluate to a String.");
        }
        return value;
    }

    private Evaluation evaluation(ResourceValues values) {
        return new Evaluation(template, parameters, pseudo, conditions, values);
    }

    /** Which resources are met, and which of them are not there. */
    private final class Collector implements References.Visitor {
        private final Set<String> needs;
        private final Set<String> missing;

        private Collector(Set<String> needs, Set<String> missing) {
            this.needs = needs;
            this.missing = missing;
        }

        @Override
        public void ref(String name) {
            if (template.resources().containsKey(name)) {
                (dependencies.containsKey(name) ? needs : missing).add(name);
            }
        }

        @Override
        public void attribute(String logicalId, String attribute, boolean inSub) {
            ref(logicalId);
        }

        @Override
        public void condition(String name) {
            // What an Fn::If does not take is pruned.
        }
    }
}
