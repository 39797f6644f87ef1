package io.jenkins.plugins.ecscanary.engine.aws;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.ecscanary.engine.model.AppSpecExtras;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** CodeDeploy's application specification for an ECS service, in its JSON form. */
final class AppSpec {

    private AppSpec() {}

    /** @param extras without {@link AppSpecShapes#problems} */
    static String json(String taskDefinitionArn, String containerName, int containerPort, AppSpecExtras extras) {
        ObjectNode root = JsonNodeFactory.instance.objectNode();
        root.put("version", 0.0);
        ObjectNode service = root.putArray("Resources").addObject().putObject("TargetService");
        service.put("Type", "AWS::ECS::Service");
        ObjectNode properties = service.putObject("Properties");
        properties.put("TaskDefinition", taskDefinitionArn);
        properties
                .putObject("LoadBalancerInfo")
                .put("ContainerName", containerName)
                .put("ContainerPort", containerPort);
        if (extras.platformVersion() != null) {
            properties.put("PlatformVersion", extras.platformVersion());
        }
        put(properties, "NetworkConfiguration", extras.networkConfiguration());
        put(properties, "CapacityProviderStrategy", extras.capacityProviderStrategy());
        if (!extras.hooks().isEmpty()) {
            ArrayNode hooks = root.putArray("Hooks");
            AppSpecShapes.HOOKS.stream().filter(extras.hooks()::containsKey).forEach(event -> hooks.addObject()
                    .put(event, extras.hooks().get(event)));
        }
        return root.toString();
    }

    private static void put(ObjectNode properties, String name, String json) {
        if (json == null) {
            return;
        }
        try {
            properties.set(name, TaskDefinitionJson.strict().readTree(json));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("preflight has read the AppSpec's " + name, e);
        }
    }

    static String sha256(String content) {
        try {
            return HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-256").digest(content.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
