package io.jenkins.plugins.ecscanary.engine.aws;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** CodeDeploy's application specification for an ECS service, in its JSON form. */
final class AppSpec {

    private AppSpec() {}

    static String json(String taskDefinitionArn, String containerName, int containerPort) {
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
        return root.toString();
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
