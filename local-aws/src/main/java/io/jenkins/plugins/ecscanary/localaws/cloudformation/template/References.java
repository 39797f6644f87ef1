package io.jenkins.plugins.ecscanary.localaws.cloudformation.template;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** What a template's parts name: that all of it is there is checked before anything is evaluated. */
final class References {

    private final Template template;

    References(Template template) {
        this.template = template;
    }

    /** Told of every name that is met. */
    interface Visitor {
        void ref(String name);

        /** @param inSub whether it is a variable of an Fn::Sub */
        void attribute(String logicalId, String attribute, boolean inSub);

        void condition(String name);
    }

    static void walk(JsonNode node, Visitor visitor) {
        Optional<Function> found = Function.of(node);
        if (found.isEmpty()) {
            node.forEach(child -> walk(child, visitor));
            return;
        }
        Function function = found.get();
        switch (function.name()) {
            case Function.REF -> {
                if (!function.argument().isTextual()) {
                    throw Invalid.format("every Ref object must have a single String value.");
                }
                visitor.ref(function.argument().textValue());
            }
            case Function.GET_ATT -> visitor.attribute(function.attribute()[0], function.attribute()[1], false);
            case Function.SUB -> sub(function, visitor);
            case Function.IF -> {
                visitor.condition(function.ifCondition());
                walk(function.branch(true), visitor);
                walk(function.branch(false), visitor);
            }
            default -> function.argument().forEach(child -> walk(child, visitor));
        }
    }

    private static void sub(Function function, Visitor visitor) {
        JsonNode own = function.subVariables();
        for (String variable : function.subText().variables()) {
            String[] parts = variable.split("\\.", 2);
            if (own.has(variable)) {
                continue;
            }
            if (parts.length == 2) {
                visitor.attribute(parts[0], parts[1], true);
            } else {
                visitor.ref(variable);
            }
        }
        own.forEach(value -> walk(value, visitor));
    }

    /** @throws io.jenkins.plugins.ecscanary.localaws.wire.AwsError ValidationError, naming what there is not */
    void check() {
        template.conditions().forEach((name, node) -> conditions(node));
        Set<String> unresolved = new TreeSet<>();
        for (ResourceDeclaration resource : template.resources().values()) {
            named(resource.condition(), "Resources");
            for (String name : resource.dependsOn()) {
                if (!template.resources().containsKey(name)) {
                    unresolved.add(name);
                }
            }
            walk(resource.properties(), new Checker("Resources", unresolved));
        }
        refuse(unresolved, "Resources");
        Set<String> inOutputs = new TreeSet<>();
        template.outputs().values().forEach(output -> {
            named(output.condition(), "Outputs");
            walk(output.value(), new Checker("Outputs", inOutputs));
        });
        refuse(inOutputs, "Outputs");
    }

    private static void refuse(Set<String> unresolved, String block) {
        if (!unresolved.isEmpty()) {
            throw Invalid.format(
                    "Unresolved resource dependencies " + unresolved + " in the " + block + " block of the template");
        }
    }

    private void named(String condition, String block) {
        if (condition != null && !template.conditions().containsKey(condition)) {
            throw Invalid.format(
                    "Unresolved condition dependency " + condition + " in the " + block + " block of the template");
        }
    }

    /** Conditions may name parameters and one another, no resources. */
    private void conditions(JsonNode node) {
        if (node.isObject() && node.size() == 1 && node.path("Condition").isTextual()) {
            named(node.get("Condition").textValue(), "Conditions");
            return;
        }
        Optional<Function> function = Function.of(node);
        if (function.isPresent() && function.get().name().equals(Function.REF)) {
            String name = function.get().argument().asText();
            if (!template.parameters().containsKey(name) && !Pseudo.NAMES.contains(name)) {
                throw Invalid.format("Unresolved dependencies [" + name
                        + "]. Cannot reference resources in the Conditions block of the template");
            }
            return;
        }
        if (function.isPresent() && function.get().name().equals(Function.GET_ATT)) {
            throw Invalid.template("Cannot use Fn::GetAtt in the Conditions block of the template");
        }
        node.forEach(this::conditions);
    }

    /** @param unresolved gets the names of what is neither parameter nor resource */
    private final class Checker implements Visitor {
        private final String block;
        private final Set<String> unresolved;

        private Checker(String block, Set<String> unresolved) {
            this.block = block;
            this.unresolved = unresolved;
        }

        @Override
        public void ref(String name) {
            if (!template.parameters().containsKey(name)
                    && !template.resources().containsKey(name)
                    && !Pseudo.NAMES.contains(name)) {
                unresolved.add(name);
            }
        }

        @Override
        public void attribute(String logicalId, String attribute, boolean inSub) {
            if (!template.resources().containsKey(logicalId)) {
                throw Invalid.template(
                        inSub
                                ? "instance of Fn::Sub references invalid resource attribute " + logicalId + "."
                                        + attribute
                                : "instance of Fn::GetAtt references undefined resource " + logicalId);
            }
        }

        @Override
        public void condition(String name) {
            named(name, block);
        }
    }
}
