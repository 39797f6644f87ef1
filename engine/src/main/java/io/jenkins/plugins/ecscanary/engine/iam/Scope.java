package io.jenkins.plugins.ecscanary.engine.iam;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.jenkins.plugins.ecscanary.engine.aws.ImageReference;
import io.jenkins.plugins.ecscanary.engine.aws.RoleToAssume;
import io.jenkins.plugins.ecscanary.engine.model.CodeDeployGroup;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * What permissions are needed on, as far as it is known without asking AWS.
 *
 * @param account twelve digits
 * @param codeDeploy application, group and, if it is not the group's own, config
 * @param taskDefinition JSON of the task definition to register, or null where it is not known
 * @param image repository, with or without tag, or null where it is not known
 * @param role to assume, or null
 */
public record Scope(
        String region,
        String account,
        String cluster,
        String service,
        CodeDeployGroup codeDeploy,
        String taskDefinition,
        String image,
        RoleToAssume role) {

    private static final ObjectMapper JSON = new ObjectMapper();

    /** @throws IllegalArgumentException if the account is none, the image has no name for one, the task definition is no JSON */
    public Scope {
        Objects.requireNonNull(region, "region");
        Objects.requireNonNull(cluster, "cluster");
        Objects.requireNonNull(service, "service");
        Objects.requireNonNull(codeDeploy, "codeDeploy");
        if (!account.matches("[0-9]{12}")) {
            throw new IllegalArgumentException("'" + account + "' is no AWS account: it has twelve digits");
        }
        if (image != null) {
            ImageReference.parse(image);
        }
        if (taskDefinition != null) {
            read(taskDefinition);
        }
    }

    /** {@code arn:<partition>:<service>:<region>:<account>:<rest>}. */
    String arn(String awsService, String rest) {
        return "arn:" + partition(region) + ":" + awsService + ":" + region + ":" + account + ":" + rest;
    }

    /** Of task definitions; any where it is not known. */
    String family() {
        return taskDefinition == null ? "*" : json().path("family").asText("*");
    }

    /** The task and execution roles, which whoever registers the task definition passes on to ECS. */
    List<String> taskRoles() {
        if (taskDefinition == null) {
            return List.of("arn:" + partition(region) + ":iam::" + account + ":role/*");
        }
        Set<String> roles = new LinkedHashSet<>();
        for (String member : List.of("executionRoleArn", "taskRoleArn")) {
            String role = json().path(member).asText();
            if (!role.isEmpty()) {
                // ECS takes a role's bare name too.
                roles.add(
                        role.startsWith("arn:")
                                ? role
                                : "arn:" + partition(region) + ":iam::" + account + ":role/" + role);
            }
        }
        return List.copyOf(roles);
    }

    List<String> logStreams() {
        if (taskDefinition == null) {
            return List.of(arn("logs", "log-group:*:log-stream:*"));
        }
        Set<String> streams = new LinkedHashSet<>();
        for (JsonNode container : json().path("containerDefinitions")) {
            String group =
                    container.at("/logConfiguration/options/awslogs-group").asText();
            if (!group.isEmpty()) {
                streams.add(arn("logs", "log-group:" + group + ":log-stream:*"));
            }
        }
        return List.copyOf(streams);
    }

    /** Nothing to ask where the image is not in ECR. */
    List<String> repositories() {
        if (image == null) {
            return List.of(arn("ecr", "repository/*"));
        }
        Optional<ImageReference.Ecr> ecr = ImageReference.parse(image).ecr();
        List<String> repositories = new ArrayList<>();
        ecr.ifPresent(known -> repositories.add("arn:" + partition(known.region()) + ":ecr:" + known.region() + ":"
                + known.account() + ":repository/" + known.repository()));
        return repositories;
    }

    private JsonNode json() {
        return read(taskDefinition);
    }

    private static JsonNode read(String json) {
        try {
            return JSON.readTree(json);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("the task definition is no JSON: " + e.getOriginalMessage(), e);
        }
    }

    private static String partition(String region) {
        if (region.startsWith("cn-")) {
            return "aws-cn";
        }
        return region.startsWith("us-gov-") ? "aws-us-gov" : "aws";
    }
}
