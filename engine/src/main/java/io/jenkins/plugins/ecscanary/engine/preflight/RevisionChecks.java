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

    /**
     * What is to be deployed.
     *
     * @param container the one the image is for, or null where it is not known
     * @param pulled the image as tasks pull it: what is registered already may name it by a tag
     */
    record Chosen(String container, ImageChecks.Image image, String pulled) {}

    /** @param lb the service's, or null if it could not be read */
    Optional<Chosen> rendered(Rendered source, LoadBalancerSeen lb) {
        var problems = TaskDefinitionJson.problems(source.json());
        String container = null;
        if (!problems.isEmpty()) {
            checks.refused(
                    "template",
                    "the task definition made of the template cannot be registered: " + String.join("; ", problems),
                    "correct the template or the values put into it");
        } else {
            checks.passed("template", "the task definition made of the template is complete");
            oneOff(task, containers(source.json()).keySet());
            container = lb == null ? null : container(source, containers(source.json()), lb);
        }
        String chosen = container;
        return images.deployable(source.image()).map(image -> new Chosen(chosen, image, image.reference()));
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

    /** @return null if it has been refused */
    private String container(Rendered source, Map<String, JsonNode> containers, LoadBalancerSeen lb) {
        Map<String, String> named = new LinkedHashMap<>();
        containers.forEach(
                (name, container) -> named.put(name, container.path("image").asText()));
        Containers all = new Containers(named, "the task definition made of the template");
        Containers.Choice choice = all.lacks(lb.containerName())
                .orElseGet(() -> all.choose(source.container(), source.image()::equals, lb.containerName()));
        if (choice.container() == null) {
            checks.refused("container", choice.problem(), choice.remedy());
            return null;
        }
        String chosen = choice.container();
        boolean port = false;
        for (JsonNode mapping : containers.get(lb.containerName()).path("portMappings")) {
            port |= mapping.path("containerPort").asInt() == lb.containerPort();
        }
        if (!named.get(chosen).equals(source.image())) {
            checks.refused(
                    "container",
                    "container " + chosen + " has the image \"" + named.get(chosen) + "\", not the one to deploy, "
                            + source.image(),
                    "let the template take the image from a placeholder");
        } else if (!port) {
            checks.refused(
                    "container",
                    "container " + lb.containerName() + " maps no port " + lb.containerPort()
                            + ", to which the service's load balancer sends requests",
                    "add a port mapping with containerPort " + lb.containerPort());
        } else {
            passed(chosen, lb);
        }
        return chosen;
    }

    private void passed(String chosen, LoadBalancerSeen lb) {
        checks.passed(
                "container",
                chosen.equals(lb.containerName())
                        ? "container " + chosen + ", port " + lb.containerPort()
                        : "the image is for container " + chosen + "; requests go to container " + lb.containerName()
                                + ", port " + lb.containerPort());
    }

    /** @param lb the service's, or null if it could not be read */
    Optional<Chosen> registered(Registered source, LoadBalancerSeen lb) {
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
        if (lb == null) {
            return Optional.empty();
        }
        Containers all = new Containers(seen.images(), "task definition " + seen.arn());
        Containers.Choice choice = all.lacks(lb.containerName())
                .orElseGet(() -> all.choose(
                        source.container() == null && !oneHas(source.digest(), seen)
                                ? lb.containerName()
                                : source.container(),
                        image -> has(source.digest(), image),
                        lb.containerName()));
        if (choice.container() == null) {
            checks.refused("container", choice.problem(), choice.remedy());
            return Optional.empty();
        }
        passed(choice.container(), lb);
        String pulled = seen.images().get(choice.container());
        return images.stillThere(pulled, source.digest()).map(image -> new Chosen(choice.container(), image, pulled));
    }

    /** Of a digest that none or several have nothing can be concluded. */
    private static boolean oneHas(String digest, TaskDefinitionSeen seen) {
        return seen.images().values().stream()
                        .filter(image -> has(digest, image))
                        .count()
                == 1;
    }

    private static boolean has(String digest, String image) {
        return digest != null && image.endsWith("@" + digest);
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
