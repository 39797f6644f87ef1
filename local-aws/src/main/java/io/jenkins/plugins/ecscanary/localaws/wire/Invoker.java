package io.jenkins.plugins.ecscanary.localaws.wire;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.exc.UnrecognizedPropertyException;
import io.jenkins.plugins.ecscanary.localaws.world.World;
import java.util.stream.Collectors;

/** Binds a request's tree to an operation's input record and runs the operation holding the world's lock. */
final class Invoker {

    private final World world;

    Invoker(World world) {
        this.world = world;
    }

    /** @throws AwsError what the operation refuses, a member it does not know, or a value of the wrong type */
    <I, O> O invoke(Operation<I, O> operation, JsonNode input, ObjectMapper mapper, CallContext context) {
        I bound = bind(operation, input, mapper);
        return world.call(() -> operation.handler().handle(bound, context));
    }

    private static <I> I bind(Operation<I, ?> operation, JsonNode input, ObjectMapper mapper) {
        try {
            return mapper.treeToValue(input, operation.input());
        } catch (UnrecognizedPropertyException e) {
            throw new AwsError(
                    "NotImplementedByLocalAws",
                    "local-aws does not support parameter " + path(e) + " of " + operation.name());
        } catch (JsonMappingException e) {
            if (e.getCause() instanceof AwsError refused) {
                throw refused;
            }
            throw new AwsError(
                    "SerializationException",
                    "parameter " + path(e) + " of " + operation.name() + ": " + e.getOriginalMessage());
        } catch (JsonProcessingException e) {
            throw new AwsError("SerializationException", operation.name() + ": " + e.getOriginalMessage());
        }
    }

    /** {@code Metrics[0].MetricStat.Period}. */
    private static String path(JsonMappingException e) {
        String path = e.getPath().stream()
                .map(step -> step.getFieldName() != null ? "." + step.getFieldName() : "[" + step.getIndex() + "]")
                .collect(Collectors.joining());
        return path.startsWith(".") ? path.substring(1) : path;
    }
}
