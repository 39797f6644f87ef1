package io.jenkins.plugins.ecscanary.localaws.wire;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;

/** AWS JSON 1.0 and 1.1: {@code X-Amz-Target: <prefix>.<operation>} and a JSON body. */
final class JsonProtocol implements WireProtocol {

    private static final String TARGET = "x-amz-target";
    private static final ObjectMapper ERRORS = new ObjectMapper();

    private final RecordMappers mappers = RecordMappers.json();

    @Override
    public boolean speaks(WireRequest request) {
        return request.header(TARGET) != null;
    }

    @Override
    public Target target(WireRequest request, Catalog catalog) {
        String target = request.header(TARGET);
        int dot = target.lastIndexOf('.');
        String prefix = dot < 0 ? target : target.substring(0, dot);
        ServiceApi api = catalog.byJsonTarget(prefix)
                .orElseThrow(() -> unknownOperation("local-aws has no service behind X-Amz-Target " + target));
        return new Target(api, dot < 0 ? "" : target.substring(dot + 1));
    }

    @Override
    public JsonNode input(WireRequest request, Target target) {
        if (!request.mediaType().startsWith("application/x-amz-json-1.")) {
            throw new AwsError(
                    "SerializationException",
                    "Content-Type is '" + request.mediaType() + "', not application/x-amz-json-1.1");
        }
        if (request.body().length == 0) {
            return JsonNodeFactory.instance.objectNode();
        }
        try {
            JsonNode tree = mapper(target.api()).readTree(request.body());
            if (!tree.isObject()) {
                throw new AwsError("SerializationException", "the body is not a JSON object");
            }
            return tree;
        } catch (JsonProcessingException e) {
            throw new AwsError("SerializationException", "malformed JSON: " + e.getOriginalMessage());
        } catch (IOException e) {
            throw new AwsError("SerializationException", "the body is not JSON in UTF-8: " + e.getMessage());
        }
    }

    @Override
    public ObjectMapper mapper(ServiceApi api) {
        return mappers.of(api);
    }

    @Override
    public WireAnswer answer(WireRequest request, Target target, Object output, String requestId) {
        try {
            byte[] body = output == null
                    ? "{}".getBytes(StandardCharsets.UTF_8)
                    : mapper(target.api()).writeValueAsBytes(output);
            return new WireAnswer(200, contentType(request), Map.of(), body);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("output of " + target.operation(), e);
        }
    }

    @Override
    public WireAnswer error(WireRequest request, Optional<ServiceApi> api, AwsError error, String requestId) {
        byte[] body = ERRORS.createObjectNode()
                .put("__type", error.code())
                .put("message", error.getMessage())
                .toString()
                .getBytes(StandardCharsets.UTF_8);
        return new WireAnswer(error.status(), contentType(request), Map.of("x-amzn-ErrorType", error.code()), body);
    }

    @Override
    public AwsError authentication(AuthFailure failure, String message) {
        return new AwsError(failure.jsonCode(), message);
    }

    @Override
    public AwsError throttled() {
        return new AwsError("ThrottlingException", "Rate exceeded");
    }

    @Override
    public AwsError unknownOperation(String message) {
        return new AwsError("UnknownOperationException", message);
    }

    private static String contentType(WireRequest request) {
        return "application/x-amz-json-1.0".equals(request.mediaType())
                ? "application/x-amz-json-1.0"
                : "application/x-amz-json-1.1";
    }
}
