package io.jenkins.plugins.ecscanary.localaws.wire;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;

/** AWS Query: a form with {@code Action} and {@code Version}, answered in XML. */
final class QueryProtocol implements WireProtocol {

    private final RecordMappers mappers = RecordMappers.query();

    @Override
    public boolean speaks(WireRequest request) {
        return "application/x-www-form-urlencoded".equals(request.mediaType());
    }

    @Override
    public Target target(WireRequest request, Catalog catalog) {
        ObjectNode form = form(request);
        String action = form.path("Action").asText();
        String version = form.path("Version").asText();
        if (action.isEmpty()) {
            throw new AwsError("MissingAction", "the form has no parameter Action");
        }
        ServiceApi api = catalog.byQueryVersion(version)
                .orElseThrow(() -> unknownOperation(
                        "local-aws has no service with Version '" + version + "' (Action " + action + ")"));
        return new Target(api, action);
    }

    @Override
    public JsonNode input(WireRequest request, Target target) {
        ObjectNode form = form(request);
        form.remove("Action");
        form.remove("Version");
        return form;
    }

    private static ObjectNode form(WireRequest request) {
        return QueryForm.parse(new String(request.body(), StandardCharsets.UTF_8));
    }

    @Override
    public ObjectMapper mapper(ServiceApi api) {
        return mappers.of(api);
    }

    @Override
    public WireAnswer answer(WireRequest request, Target target, Object output, String requestId) {
        JsonNode result = output == null
                ? JsonNodeFactory.instance.objectNode()
                : mapper(target.api()).valueToTree(output);
        byte[] body = QueryXml.answer(target.api().xmlNamespace(), target.operation(), result, requestId);
        return new WireAnswer(200, "text/xml", Map.of(), body);
    }

    @Override
    public WireAnswer error(WireRequest request, Optional<ServiceApi> api, AwsError error, String requestId) {
        String namespace =
                api.map(ServiceApi::xmlNamespace).orElse("http://webservices.amazon.com/AWSFault/2005-15-09");
        return new WireAnswer(error.status(), "text/xml", Map.of(), QueryXml.error(namespace, error, requestId));
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
        return new AwsError("InvalidAction", message);
    }
}
