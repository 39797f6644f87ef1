package io.jenkins.plugins.ecscanary.localaws.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import io.jenkins.plugins.ecscanary.localaws.world.World;
import java.util.List;

/** Calls a service's operations without a wire: JSON in, JSON out, unknown members refused. */
public final class DirectCalls {

    private static final ObjectMapper JSON = JsonMapper.builder()
            .addModule(new JavaTimeModule())
            .defaultPropertyInclusion(JsonInclude.Value.ALL_NON_NULL)
            .build();

    private final World world;
    private final List<Operation<?, ?>> operations;

    public DirectCalls(World world, ServiceApi api) {
        this.world = world;
        this.operations = api.operations();
    }

    /** @param input JSON with single quotes for convenience, formatted with {@code arguments} */
    public JsonNode call(String operation, String input, Object... arguments) {
        return invoke(find(operation), input.formatted(arguments).replace('\'', '"'));
    }

    /** Asserts that the call fails with {@code code} and a message containing {@code message}. */
    public void refused(String code, String message, String operation, String input, Object... arguments) {
        assertThatThrownBy(() -> call(operation, input, arguments))
                .asInstanceOf(type(AwsError.class))
                .satisfies(error -> assertThat(error.code()).isEqualTo(code))
                .extracting(AwsError::getMessage)
                .asString()
                .contains(message);
    }

    private Operation<?, ?> find(String name) {
        return operations.stream()
                .filter(operation -> operation.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no operation " + name));
    }

    private <I> JsonNode invoke(Operation<I, ?> operation, String input) {
        try {
            I request = JSON.readValue(input, operation.input());
            CallContext context = new CallContext("AKIATEST", world.region(), "request-1");
            return world.call(() -> JSON.valueToTree(operation.handler().handle(request, context)));
        } catch (JsonProcessingException e) {
            throw new AssertionError("not a valid input for " + operation.name() + ": " + input, e);
        }
    }
}
