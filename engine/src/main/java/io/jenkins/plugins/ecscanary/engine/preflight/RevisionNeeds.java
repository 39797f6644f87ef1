package io.jenkins.plugins.ecscanary.engine.preflight;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.ecscanary.engine.aws.Aws;
import io.jenkins.plugins.ecscanary.engine.aws.Aws.Identity;
import io.jenkins.plugins.ecscanary.engine.aws.Aws.TargetGroupSeen;
import io.jenkins.plugins.ecscanary.engine.aws.AwsCodeDeploy.GroupSeen;
import io.jenkins.plugins.ecscanary.engine.aws.AwsFailure;
import io.jenkins.plugins.ecscanary.engine.aws.ImageReference;
import io.jenkins.plugins.ecscanary.engine.json.Json;
import io.jenkins.plugins.ecscanary.engine.model.Check;
import io.jenkins.plugins.ecscanary.engine.model.DeploymentRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Supplier;
import java.util.stream.StreamSupport;

/**
 * What a task definition needs for its tasks to start and become healthy, beyond what {@link Preflight} looks at: roles,
 * other containers' images, log groups, secrets, and a target group that checks a port it has. Only reads. What may not be
 * looked at is warned about, since a deployment does not need the right to.
 *
 * <p>Whether roles and secrets exist is not asked: only what they are called is looked at.
 */
public final class RevisionNeeds {

    private final Aws aws;
    private final String region;
    private final Checks checks = new Checks();

    public RevisionNeeds(Aws aws, String region) {
        this.aws = aws;
        this.region = region;
    }

    /** The checks {@code roles}, {@code secrets}, {@code images}, {@code logs} and {@code health-check}; none without JSON. */
    public List<Check> check(DeploymentRequest request, Identity identity) {
        Optional<JsonNode> revision = revision(request);
        revision.ifPresent(root -> {
            Arns arns = new Arns(identity.account(), region);
            roles(root, arns);
            secrets(root, arns);
            images(root, request);
            logs(root);
            healthCheck(root, request);
        });
        return checks.made();
    }

    /** Empty where preflight has said already what is wrong with it. */
    private Optional<JsonNode> revision(DeploymentRequest request) {
        Optional<String> json = request.source() instanceof DeploymentRequest.Registered registered
                ? look("task-definition", () -> aws.taskDefinitionJson(registered.taskDefinition()))
                        .flatMap(found -> found)
                : Optional.of(((DeploymentRequest.Rendered) request.source()).json());
        try {
            return json.isEmpty() ? Optional.empty() : Optional.of(Json.mapper().readTree(json.get()));
        } catch (JsonProcessingException e) {
            return Optional.empty();
        }
    }

    private void roles(JsonNode root, Arns arns) {
        List<String> wrong = new ArrayList<>();
        for (String member : List.of("executionRoleArn", "taskRoleArn")) {
            String role = root.path(member).asText();
            if (!role.isEmpty()) {
                arns.roleProblem(role).ifPresent(problem -> wrong.add(member + " " + role + " " + problem));
            }
        }
        List<String> reasons = executionRoleFor(root);
        if (root.path("executionRoleArn").asText().isEmpty() && !reasons.isEmpty()) {
            wrong.add("executionRoleArn is missing, and ECS needs it for " + String.join(" and ", reasons));
        }
        if (wrong.isEmpty()) {
            checks.passed("roles", "the roles' names are well formed (whether they exist is not asked)");
        } else {
            checks.refused("roles", String.join("; ", wrong), "name roles of this account by their ARN");
        }
    }

    /** What Fargate does with the execution role; on instances the instance's role does some of it. */
    private static List<String> executionRoleFor(JsonNode root) {
        List<String> reasons = new ArrayList<>();
        boolean fargate = texts(root.path("requiresCompatibilities")).contains("FARGATE");
        boolean ecr = false;
        boolean logs = false;
        boolean secrets = false;
        for (JsonNode container : root.path("containerDefinitions")) {
            ecr |= inEcr(container.path("image").asText());
            logs |= container
                    .path("logConfiguration")
                    .path("logDriver")
                    .asText()
                    .equals("awslogs");
            secrets |= !container.path("secrets").isEmpty()
                    || !container.path("logConfiguration").path("secretOptions").isEmpty();
        }
        if (fargate && ecr) {
            reasons.add("images in ECR");
        }
        if (fargate && logs) {
            reasons.add("awslogs");
        }
        if (secrets) {
            reasons.add("secrets");
        }
        return reasons;
    }

    private void secrets(JsonNode root, Arns arns) {
        List<String> wrong = new ArrayList<>();
        int count = 0;
        for (JsonNode container : root.path("containerDefinitions")) {
            List<JsonNode> all = new ArrayList<>();
            container.path("secrets").forEach(all::add);
            container.path("logConfiguration").path("secretOptions").forEach(all::add);
            for (JsonNode secret : all) {
                count++;
                // Never the value: someone may have put the secret itself there.
                arns.secretProblem(secret.path("valueFrom").asText())
                        .ifPresent(problem ->
                                wrong.add("secret " + secret.path("name").asText() + " of container "
                                        + container.path("name").asText() + " " + problem));
            }
        }
        if (!wrong.isEmpty()) {
            checks.refused(
                    "secrets",
                    String.join("; ", wrong),
                    "give valueFrom the ARN of a secret in Secrets Manager, or the ARN or name of a parameter");
        } else if (count > 0) {
            checks.passed(
                    "secrets",
                    count + (count == 1 ? " secret is" : " secrets are")
                            + " well formed (whether they exist is not asked)");
        }
    }

    /** Of the containers that preflight has not looked at. */
    private void images(JsonNode root, DeploymentRequest request) {
        Set<String> others = new TreeSet<>();
        root.path("containerDefinitions")
                .forEach(container -> others.add(container.path("image").asText()));
        if (request.source() instanceof DeploymentRequest.Rendered rendered) {
            others.remove(rendered.image());
        }
        for (String image : others) {
            if (!inEcr(image)) {
                checks.passed("images", image + " is not in ECR, so it was not checked");
                continue;
            }
            look("images", () -> aws.imageDigest(image)).ifPresent(digest -> {
                if (digest.isPresent()) {
                    checks.passed("images", image + " is in ECR");
                } else {
                    checks.refused(
                            "images",
                            "image " + image + " is not in ECR any more, or never was",
                            "push it, or check its name and tag");
                }
            });
        }
    }

    private void logs(JsonNode root) {
        Set<String> groups = new TreeSet<>();
        for (JsonNode container : root.path("containerDefinitions")) {
            JsonNode log = container.path("logConfiguration");
            if (!log.path("logDriver").asText().equals("awslogs")) {
                continue;
            }
            JsonNode options = log.path("options");
            String group = options.path("awslogs-group").asText();
            String name = container.path("name").asText();
            String where = options.path("awslogs-region").asText(region);
            if (group.isEmpty()) {
                checks.refused(
                        "logs",
                        "container " + name + " logs with awslogs and no awslogs-group",
                        "name the log group in logConfiguration.options");
            } else if (options.path("awslogs-create-group").asText().equals("true")) {
                checks.passed("logs", "container " + name + " has its log group " + group + " created if need be");
            } else if (!where.equals(region)) {
                checks.passed("logs", "log group " + group + " is in " + where + ", so it was not checked");
            } else {
                groups.add(group);
            }
        }
        groups.forEach(group -> look("logs", () -> aws.logGroupExists(group)).ifPresent(there -> {
            if (there) {
                checks.passed("logs", "log group " + group + " exists");
            } else {
                checks.refused(
                        "logs",
                        "there is no log group " + group + ", and no task starts without it",
                        "create it: aws logs create-log-group --log-group-name " + group);
            }
        }));
    }

    private void healthCheck(JsonNode root, DeploymentRequest request) {
        Optional<List<TargetGroupSeen>> pair = look("health-check", () -> aws.deploymentGroup(request.codeDeploy())
                .map(GroupSeen::targetGroups)
                .map(aws::targetGroups)
                .orElse(List.of()));
        Set<String> ports = new TreeSet<>();
        for (JsonNode container : root.path("containerDefinitions")) {
            container
                    .path("portMappings")
                    .forEach(port -> ports.add(port.path("containerPort").asText()));
        }
        boolean ownAddress = root.path("networkMode").asText().equals("awsvpc");
        for (TargetGroupSeen group : pair.orElse(List.of())) {
            String port = group.healthCheckPort();
            if (ownAddress && group.targetType() != null && !group.targetType().equals("ip")) {
                checks.refused(
                        "health-check",
                        "target group " + group.name() + " takes targets of type " + group.targetType()
                                + ", but tasks with networkMode awsvpc are of type ip",
                        "create the target group with target type ip");
            } else if (ownAddress && port != null && !port.equals("traffic-port") && !ports.contains(port)) {
                checks.refused(
                        "health-check",
                        "target group " + group.name() + " checks health on port " + port
                                + ", which no container maps (mapped: " + String.join(", ", ports) + ")",
                        "let it check the traffic port, or add the port mapping");
            } else {
                checks.passed(
                        "health-check",
                        "target group " + group.name() + " checks "
                                + (group.healthCheckPath() == null ? "" : group.healthCheckPath() + " on ")
                                + ("traffic-port".equals(port) || port == null ? "the traffic port" : "port " + port));
            }
        }
    }

    /** Empty, and warned about, if it could not be looked at. */
    private <T> Optional<T> look(String name, Supplier<T> call) {
        try {
            return Optional.of(call.get());
        } catch (AwsFailure e) {
            checks.warned(name, "not looked at: " + e.getMessage(), null);
            return Optional.empty();
        }
    }

    private static boolean inEcr(String image) {
        try {
            return ImageReference.parse(image).ecr().isPresent();
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    private static List<String> texts(JsonNode list) {
        return StreamSupport.stream(list.spliterator(), false)
                .map(JsonNode::asText)
                .toList();
    }
}
