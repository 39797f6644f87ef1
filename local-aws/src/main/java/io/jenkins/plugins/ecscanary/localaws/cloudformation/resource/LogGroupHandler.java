package io.jenkins.plugins.ecscanary.localaws.cloudformation.resource;

import static io.jenkins.plugins.ecscanary.localaws.cloudformation.resource.Structure.asItIs;
import static io.jenkins.plugins.ecscanary.localaws.cloudformation.resource.Structure.lowerCamel;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.ecscanary.localaws.wire.AwsError;
import java.util.Map;
import java.util.Set;

/** {@code AWS::Logs::LogGroup}. */
final class LogGroupHandler implements ResourceHandler {

    private static final String TYPE = "AWS::Logs::LogGroup";

    private static final Structure PROPERTIES = lowerCamel()
            .text("LogGroupName", "KmsKeyId", "LogGroupClass")
            .whole("RetentionInDays")
            .with("Tags", Shape.list(asItIs().text("Key", "Value")));

    private final Backend logs;

    private LogGroupHandler(Backend logs) {
        this.logs = logs;
    }

    static ResourceType type(Backend logs) {
        return new ResourceType(
                TYPE,
                PROPERTIES,
                Set.of(),
                Set.of("LogGroupName"),
                "LogGroupName",
                Set.of("Arn"),
                new LogGroupHandler(logs));
    }

    @Override
    public String service() {
        return logs.title();
    }

    @Override
    public Created create(Wanted wanted) {
        String name = logs.name(wanted, "LogGroupName", 512);
        ObjectNode input = Backend.only(PROPERTIES.wire(wanted.properties()), "kmsKeyId", "logGroupClass");
        input.set("tags", tags(wanted.properties().path("Tags")));
        logs.call("CreateLogGroup", input.put("logGroupName", name));
        Backend.orElse(
                () -> retain(name, wanted.properties()),
                () -> logs.call("DeleteLogGroup", Map.of("logGroupName", name)));
        return new Created(name, Map.of("Arn", Backend.text(arn(name) + ":*")));
    }

    private static ObjectNode tags(JsonNode list) {
        ObjectNode tags = JsonNodeFactory.instance.objectNode();
        list.forEach(tag -> tags.set(tag.path("Key").asText(), tag.path("Value")));
        return tags;
    }

    private void retain(String name, JsonNode properties) {
        if (properties.has("RetentionInDays")) {
            logs.call(
                    "PutRetentionPolicy",
                    Map.of("logGroupName", name, "retentionInDays", properties.get("RetentionInDays")));
        } else {
            logs.call("DeleteRetentionPolicy", Map.of("logGroupName", name));
        }
    }

    private String arn(String name) {
        return logs.world().arn("logs", "log-group:" + name);
    }

    @Override
    public Created update(Existing existing, Wanted wanted) {
        for (String fixed : Set.of("KmsKeyId", "LogGroupClass")) {
            if (ResourceType.differs(existing.properties(), wanted.properties(), fixed)) {
                throw AwsError.unsupported("an update of " + fixed + " of " + TYPE);
            }
        }
        String name = existing.physicalId();
        retain(name, wanted.properties());
        Backend.tags(
                existing.properties(),
                wanted.properties(),
                added -> logs.call("TagResource", Map.of("resourceArn", arn(name), "tags", tags(added))),
                removed -> logs.call("UntagResource", Map.of("resourceArn", arn(name), "tagKeys", removed)));
        return new Created(name, existing.attributes());
    }

    @Override
    public void destroy(Existing existing) {
        logs.end("DeleteLogGroup", Map.of("logGroupName", existing.physicalId()), "ResourceNotFoundException");
    }
}
