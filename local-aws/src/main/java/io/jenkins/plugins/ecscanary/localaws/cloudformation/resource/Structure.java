package io.jenkins.plugins.ecscanary.localaws.cloudformation.resource;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.ecscanary.localaws.cloudformation.template.Evaluation;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;

/** An object with known members, and what they are called by the service. */
final class Structure implements Shape {

    private final Map<String, Member> members = new LinkedHashMap<>();
    private final UnaryOperator<String> naming;

    private record Member(Shape shape, String wireName) {}

    private Structure(UnaryOperator<String> naming) {
        this.naming = naming;
    }

    /** For services whose members begin with a small letter: ECS, CodeDeploy, ECR, Logs. */
    static Structure lowerCamel() {
        return new Structure(Structure::lower);
    }

    /** For services whose members are called as CloudFormation's: ELBv2, CloudWatch. */
    static Structure asItIs() {
        return new Structure(UnaryOperator.identity());
    }

    static String lower(String name) {
        return Character.toLowerCase(name.charAt(0)) + name.substring(1);
    }

    Structure text(String... names) {
        return each(Scalar.TEXT, names);
    }

    Structure texts(String... names) {
        return each(new ListOf(Scalar.TEXT), names);
    }

    Structure whole(String... names) {
        return each(Scalar.WHOLE, names);
    }

    Structure number(String... names) {
        return each(Scalar.NUMBER, names);
    }

    Structure truth(String... names) {
        return each(Scalar.TRUTH, names);
    }

    /** Anything, judged by the service. */
    Structure tree(String... names) {
        return each(naming.apply("A").equals("A") ? Tree.AS_IT_IS : Tree.LOWER_CAMEL, names);
    }

    Structure each(Shape shape, String... names) {
        for (String name : names) {
            with(name, shape);
        }
        return this;
    }

    Structure with(String name, Shape shape) {
        return named(name, naming.apply(name), shape);
    }

    /** @param wireName what the service calls it */
    Structure named(String name, String wireName, Shape shape) {
        members.put(name, new Member(shape, wireName));
        return this;
    }

    Set<String> names() {
        return members.keySet();
    }

    @Override
    public JsonNode read(JsonNode value, String path) {
        if (value == Evaluation.UNKNOWN) {
            return value;
        }
        if (!value.isObject()) {
            throw Mismatch.type(path, "JSONObject", value);
        }
        ObjectNode read = JsonNodeFactory.instance.objectNode();
        for (Map.Entry<String, JsonNode> given : value.properties()) {
            Member member = members.get(given.getKey());
            if (member == null) {
                throw new Mismatch(
                        path,
                        "extraneous key [" + given.getKey() + "] is not permitted; local-aws supports "
                                + members.keySet());
            }
            if (!given.getValue().isNull()) {
                read.set(given.getKey(), member.shape.read(given.getValue(), path + "/" + given.getKey()));
            }
        }
        return read;
    }

    @Override
    public ObjectNode wire(JsonNode value) {
        ObjectNode wire = JsonNodeFactory.instance.objectNode();
        value.properties().forEach(given -> {
            Member member = members.get(given.getKey());
            wire.set(member.wireName, member.shape.wire(given.getValue()));
        });
        return wire;
    }
}
