package io.jenkins.plugins.ecscanary.engine.preflight;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.jenkins.plugins.ecscanary.engine.aws.Aws;
import io.jenkins.plugins.ecscanary.engine.aws.Aws.LoadBalancerSeen;
import io.jenkins.plugins.ecscanary.engine.aws.Aws.TaskDefinitionSeen;
import io.jenkins.plugins.ecscanary.engine.aws.TaskDefinitionJson;
import io.jenkins.plugins.ecscanary.engine.model.DeploymentRequest.Registered;
import io.jenkins.plugins.ecscanary.engine.model.DeploymentRequest.Rendered;
import io.jenkins.plugins.ecscanary.engine.model.OneOffTask;
import io.jenkins.plugins.ecscanary.engine.text.NearestName;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** Can the revision be registered, or deployed as it is registered, and does it fit the service? */
final class RevisionChecks {

    private static final ObjectMapper JSON = new ObjectMapper();

    private final Aws aws;
    private final Checks checks;
    private final ImageChecks images;
    private final OneOffTask task;

    /** @param task that has to succeed before traffic shifts, or null */
    RevisionChecks(Aws aws, Checks checks, ImageChecks images, OneOffTask task) {
        this.task = task;
        this.aws = aws;
        this.checks = checks;
        this.images = images;
    }

    /** @param lb the service's, or null if it could not be read */
    Optional<ImageChecks.Image> rendered(Rendered source, LoadBalancerSeen lb) {
        var problems = TaskDefinitionJson.problems(source.json());
        if (!problems.isEmpty()) {
            checks.refused(
                    "template",
                    "the task definition made of the template cannot be registered: " + String.join("; ", problems),
                    "correct the template or the values put into it");
            return images.deployable(source.image());
        }
        checks.passed("template", "the task definition made of the template is complete");
        Map<String, JsonNode> containers = containers(source.json());
        oneOff(task, containers.keySet());
        if (lb != null) {
            container(source, containers, lb);
        }
        return images.deployable(source.image());
    }

    /**
     * The container whose command the task before traffic replaces.
     *
     * @param there the revision's containers
     */
    private void oneOff(OneOffTask task, Collection<String> there) {
        if (task == null || task.container() == null) {
            return;
        }
        if (there.contains(task.container())) {
            checks.passed("before-traffic", "container " + task.container() + " with " + task.command());
        } else {
            checks.refused(
                    "before-traffic",
                    "the task before traffic is to run in container " + task.container()
                            + ", which is not in the revision" + NearestName.hint(task.container(), there),
                    "it has " + String.join(", ", there));
        }
    }

    private void container(Rendered source, Map<String, JsonNode> containers, LoadBalancerSeen lb) {
        String name = source.container();
        if (name == null && containers.size() != 1) {
            checks.refused(
                    "container",
                    "the task definition has the containers " + String.join(", ", containers.keySet())
                            + ", and it is not said which of them the image is for",
                    "name the container");
            return;
        }
        String chosen = name == null ? containers.keySet().iterator().next() : name;
        if (missing(chosen, containers.keySet(), "the task definition made of the template", lb)) {
            return;
        }
        JsonNode container = containers.get(chosen);
        boolean port = false;
        for (JsonNode mapping : container.path("portMappings")) {
            port |= mapping.path("containerPort").asInt() == lb.containerPort();
        }
        String image = container.path("image").asText();
        if (!image.equals(source.image())) {
            checks.refused(
                    "container",
                    "container " + chosen + " has the image \"" + image + "\", not the one to deploy, "
                            + source.image(),
                    "let the template take the image from a placeholder");
        } else if (!port) {
            checks.refused(
                    "container",
                    "container " + chosen + " maps no port " + lb.containerPort()
                            + ", to which the service's load balancer sends requests",
                    "add a port mapping with containerPort " + lb.containerPort());
        } else {
            checks.passed("container", "container " + chosen + ", port " + lb.containerPort());
        }
    }

    private boolean missing(String name, Collection<String> there, String where, LoadBalancerSeen lb) {
        if (!there.contains(name)) {
            checks.refused(
                    "container",
                    where + " has no container " + name + NearestName.hint(name, there),
                    "it has " + String.join(", ", there));
            return true;
        }
        if (!name.equals(lb.containerName())) {
            checks.refused(
                    "container",
                    "the image is for container " + name
                            + ", but the service's load balancer sends requests to container " + lb.containerName(),
                    "name the container " + lb.containerName() + ", whose image is deployed");
            return true;
        }
        return false;
    }

    /** @param lb the service's, or null if it could not be read */
    Optional<ImageChecks.Image> registered(Registered source, LoadBalancerSeen lb) {
        Optional<Optional<TaskDefinitionSeen>> answer =
                checks.ask("revision", () -> aws.taskDefinition(source.taskDefinition()));
        if (answer.isEmpty()) {
            return Optional.empty();
        }
        if (answer.get().isEmpty()) {
            checks.refused(
                    "revision",
                    "there is no task definition " + source.taskDefinition(),
                    "check its name, and the account and region");
            return Optional.empty();
        }
        TaskDefinitionSeen seen = answer.get().get();
        if (!"ACTIVE".equals(seen.status())) {
            checks.refused(
                    "revision",
                    "task definition " + source.taskDefinition() + " is " + seen.status()
                            + ", and only an ACTIVE one can be deployed",
                    "deploy its image again instead, which registers a new revision");
        } else {
            checks.passed("revision", "task definition " + source.taskDefinition() + " is ACTIVE");
        }
        oneOff(task, seen.images().keySet());
        if (lb == null || missing(lb.containerName(), seen.images().keySet(), "task definition " + seen.arn(), lb)) {
            return Optional.empty();
        }
        checks.passed("container", "container " + lb.containerName() + ", port " + lb.containerPort());
        return images.stillThere(seen.images().get(lb.containerName()), source.digest());
    }

    private static Map<String, JsonNode> containers(String json) {
        Map<String, JsonNode> containers = new LinkedHashMap<>();
        try {
            JSON.readTree(json)
                    .path("containerDefinitions")
                    .forEach(container -> containers.put(container.path("name").asText(), container));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("TaskDefinitionJson has read it", e);
        }
        return containers;
    }
}
