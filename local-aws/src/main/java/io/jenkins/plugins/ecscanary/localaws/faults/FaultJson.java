package io.jenkins.plugins.ecscanary.localaws.faults;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.exc.UnrecognizedPropertyException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * A rule as a JSON object: {@code match} and {@code kind}, then what the kind has, then {@code probability} or {@code next}
 * (without either: every call).
 *
 * <pre>
 * {"match": "ecs:DescribeServices", "kind": "throttle", "probability": 0.1}
 * {"match": "codedeploy:CreateDeployment", "kind": "error", "status": 503, "when": "after", "next": 1}
 * {"match": "*", "kind": "reset", "when": "before", "probability": 0.01}
 * {"match": "elbv2:Describe*", "kind": "slow", "delay": "2s"}
 * {"match": "codedeploy:Get*", "kind": "stale", "maxAge": "30s"}
 * {"match": "*", "kind": "buckets"}
 * </pre>
 */
public final class FaultJson {

    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .disable(DeserializationFeature.ACCEPT_FLOAT_AS_INT)
            .disable(MapperFeature.ALLOW_COERCION_OF_SCALARS)
            .build();

    private FaultJson() {}

    /** @throws InvalidFaultException saying what is wrong and what would do */
    public static FaultRule parse(byte[] json) {
        try {
            Members members = JSON.readValue(json, Members.class);
            if (members == null) {
                throw new InvalidFaultException("the body is not one JSON object");
            }
            return members.rule();
        } catch (UnrecognizedPropertyException e) {
            throw new InvalidFaultException("a fault has no '" + e.getPropertyName() + "'");
        } catch (JsonMappingException e) {
            String path = e.getPath().stream()
                    .map(JsonMappingException.Reference::getFieldName)
                    .collect(Collectors.joining("."));
            throw new InvalidFaultException(
                    path.isEmpty() ? "the body is not one JSON object" : path + " is not of the expected type");
        } catch (JsonProcessingException e) {
            throw new InvalidFaultException("malformed JSON: " + e.getOriginalMessage());
        } catch (IOException e) {
            throw new InvalidFaultException("the body is not JSON in UTF-8: " + e.getMessage());
        }
    }

    /** The rule's members, and {@code id}, {@code text}, {@code matched} and {@code fired}. */
    public static ObjectNode of(FaultStatus status) {
        FaultRule rule = status.rule();
        ObjectNode node = JSON.createObjectNode();
        node.put("id", status.id()).put("text", rule.toString());
        node.put("match", rule.pattern().toString()).put("kind", rule.fault().kind());
        if (rule.fault() instanceof Fault.Failure failure) {
            node.put("status", failure.status()).put("when", text(failure.when()));
        } else if (rule.fault() instanceof Fault.Reset reset) {
            node.put("when", text(reset.when()));
        } else if (rule.fault() instanceof Fault.Slow slow) {
            node.put("delay", Span.of(slow.delay()));
        } else if (rule.fault() instanceof Fault.Stale stale) {
            node.put("maxAge", Span.of(stale.maxAge()));
        }
        if (rule.trigger() instanceof Trigger.Next next) {
            node.put("next", next.calls());
        } else if (rule.trigger() instanceof Trigger.Chance chance && !(rule.fault() instanceof Fault.Buckets)) {
            node.put("probability", chance.probability());
        }
        return node.put("matched", status.matched()).put("fired", status.fired());
    }

    private static String text(When when) {
        return when == When.BEFORE ? "before" : "after";
    }

    /** What may be there; what must depends on the kind. */
    private record Members(
            String match,
            String kind,
            Integer status,
            String when,
            String delay,
            String maxAge,
            Double probability,
            Integer next) {

        FaultRule rule() {
            OperationPattern pattern = OperationPattern.parse(needed("match", match));
            Fault fault =
                    switch (needed("kind", kind)) {
                        case "throttle" -> new Fault.Throttle();
                        case "error" -> new Fault.Failure(status == null ? 500 : status, moment());
                        case "reset" -> new Fault.Reset(moment());
                        case "slow" -> new Fault.Slow(Span.parse(needed("delay", delay)));
                        case "stale" -> new Fault.Stale(Span.parse(needed("maxAge", maxAge)));
                        case "buckets" -> new Fault.Buckets();
                        default ->
                            throw new InvalidFaultException("'" + kind
                                    + "' is no kind of fault: there are throttle, error, reset, slow, stale, buckets");
                    };
            refuseOthers();
            return new FaultRule(pattern, fault, trigger());
        }

        private Trigger trigger() {
            if (probability != null && next != null) {
                throw new InvalidFaultException("probability and next: one of the two");
            }
            if (next != null) {
                return new Trigger.Next(next);
            }
            return probability == null ? Trigger.ALWAYS : new Trigger.Chance(probability);
        }

        private When moment() {
            if (when == null || when.equals("before")) {
                return When.BEFORE;
            } else if (when.equals("after")) {
                return When.AFTER;
            }
            throw new InvalidFaultException("when is '" + when + "', not before or after");
        }

        private void refuseOthers() {
            List<String> others = new ArrayList<>();
            other(others, "status", status, "error");
            other(others, "when", when, "error", "reset");
            other(others, "delay", delay, "slow");
            other(others, "maxAge", maxAge, "stale");
            if (!others.isEmpty()) {
                throw new InvalidFaultException(kind + " has no " + String.join(", ", others));
            }
        }

        private void other(List<String> others, String name, Object value, String... kinds) {
            if (value != null && !List.of(kinds).contains(kind)) {
                others.add(name);
            }
        }

        private static String needed(String name, String value) {
            if (value == null) {
                throw new InvalidFaultException("'" + name + "' is missing");
            }
            return value;
        }
    }
}
