package io.jenkins.plugins.ecscanary.localaws.wire;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.dataformat.cbor.databind.CBORMapper;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Smithy RPC v2 CBOR: {@code /service/<service>/operation/<operation>} and a CBOR body. */
final class CborProtocol implements WireProtocol {

    private static final String MARK = "smithy-protocol";
    private static final String NAME = "rpc-v2-cbor";
    private static final String TYPE = "application/cbor";
    private static final Pattern PATH = Pattern.compile("/service/([A-Za-z0-9_.]+)/operation/([A-Za-z0-9_]+)");
    private static final CBORMapper ERRORS = new CBORMapper();

    private final RecordMappers mappers = RecordMappers.cbor();

    @Override
    public boolean speaks(WireRequest request) {
        return NAME.equals(request.header(MARK));
    }

    @Override
    public Target target(WireRequest request, Catalog catalog) {
        Matcher path = PATH.matcher(request.path());
        if (!path.matches()) {
            throw unknownOperation("path " + request.path() + " is not /service/<service>/operation/<operation>");
        }
        // A client may put the name space before the service: com.amazonaws.cloudwatch.GraniteService…
        String service = path.group(1).substring(path.group(1).lastIndexOf('.') + 1);
        ServiceApi api = catalog.byCborService(service)
                .orElseThrow(() -> unknownOperation("local-aws has no service " + service + " in RPC v2 CBOR"));
        return new Target(api, path.group(2));
    }

    @Override
    public JsonNode input(WireRequest request, Target target) {
        if (request.body().length == 0) {
            return JsonNodeFactory.instance.objectNode();
        }
        if (!TYPE.equals(request.mediaType())) {
            throw new AwsError("SerializationException", "Content-Type is '" + request.mediaType() + "', not " + TYPE);
        }
        try {
            JsonNode tree = mapper(target.api()).readTree(request.body());
            if (!tree.isObject()) {
                throw new AwsError("SerializationException", "the body is not a CBOR map");
            }
            return tree;
        } catch (JsonProcessingException e) {
            throw new AwsError("SerializationException", "malformed CBOR: " + e.getOriginalMessage());
        } catch (IOException e) {
            throw new AwsError("SerializationException", "malformed CBOR: " + e.getMessage());
        }
    }

    @Override
    public ObjectMapper mapper(ServiceApi api) {
        return mappers.of(api);
    }

    @Override
    public WireAnswer answer(WireRequest request, Target target, Object output, String requestId) {
        try {
            byte[] body = mapper(target.api()).writeValueAsBytes(output == null ? Map.of() : output);
            return new WireAnswer(200, TYPE, Map.of(MARK, NAME), body);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("output of " + target.operation(), e);
        }
    }

    @Override
    public WireAnswer error(WireRequest request, Optional<ServiceApi> api, AwsError error, String requestId) {
        try {
            byte[] body = ERRORS.writeValueAsBytes(
                    ERRORS.createObjectNode().put("__type", error.code()).put("message", error.getMessage()));
            String kind = error.status() < 500 ? "Sender" : "Receiver";
            return new WireAnswer(
                    error.status(), TYPE, Map.of(MARK, NAME, "x-amzn-query-error", error.code() + ";" + kind), body);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("writing CBOR into memory", e);
        }
    }

    @Override
    public AwsError authentication(AuthFailure failure, String message) {
        return new AwsError(403, failure.queryCode(), message);
    }

    @Override
    public AwsError throttled() {
        return new AwsError("Throttling", "Rate exceeded");
    }

    @Override
    public AwsError unknownOperation(String message) {
        return new AwsError("UnknownOperationException", message);
    }
}
