package io.jenkins.plugins.ecscanary.cli.settings;

import io.jenkins.plugins.ecscanary.cli.CliFailure;
import io.jenkins.plugins.ecscanary.cli.ExitCode;
import io.jenkins.plugins.ecscanary.cli.Surroundings;
import io.jenkins.plugins.ecscanary.engine.config.DeployConfig;
import io.jenkins.plugins.ecscanary.engine.model.DeploymentRequest;
import io.jenkins.plugins.ecscanary.engine.taskdef.TaskDefinitionTemplate;
import io.jenkins.plugins.ecscanary.engine.taskdef.TemplateValue;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import picocli.CommandLine.Option;

/** Where the new revision comes from: a template and an image, or a task definition that is registered already. */
public final class SourceOptions {

    private static final String IMAGE = "IMAGE";

    @Option(
            names = "--image",
            paramLabel = "IMAGE",
            description = "REPOSITORY:TAG or REPOSITORY@sha256:…; :TAG or @sha256:… with IMAGE_REPOSITORY in"
                    + " deploy.config. Fills the template's $${IMAGE}. A tag is resolved and deployed by digest.")
    private String image;

    @Option(
            names = "--task-definition-template",
            paramLabel = "FILE",
            description = "Task definition JSON with $${NAME} placeholders. Default: deploy.config.")
    private Path template;

    @Option(
            names = "--set",
            paramLabel = "NAME=VALUE",
            description = "A value for the template, before TASKDEF_NAME in deploy.config; may be given again.")
    private LinkedHashMap<String, String> values;

    @Option(
            names = "--container",
            paramLabel = "NAME",
            description =
                    "The container the image is for. Default: the only one, else the one with $${IMAGE}; of several"
                            + " the one that the load balancer sends requests to.")
    private String container;

    @Option(
            names = "--task-definition",
            paramLabel = "ARN",
            description = "ARN or FAMILY:REVISION of a registered task definition, instead of a template.")
    private String taskDefinition;

    DeploymentRequest.Source resolve(Optional<DeployConfig> config, Surroundings surroundings) {
        if (taskDefinition != null) {
            if (image != null || template != null || values != null) {
                throw new CliFailure(
                        ExitCode.USAGE,
                        "--task-definition names a whole revision: leave --image, --task-definition-template and --set"
                                + " out, or leave --task-definition out");
            }
            return new DeploymentRequest.Registered(taskDefinition, null, container(config));
        }
        if (image == null) {
            throw new CliFailure(
                    ExitCode.USAGE,
                    "what is to be deployed? Give --image for a template, or --task-definition for a registered revision");
        }
        Path file = Optional.ofNullable(template)
                .map(surroundings.directory()::resolve)
                .or(() -> config.flatMap(DeployConfig::taskDefinitionTemplate))
                .orElseThrow(() -> new CliFailure(
                        ExitCode.USAGE,
                        "which task definition? Give --task-definition-template, or TASK_DEFINITION_TEMPLATE=… in"
                                + " deploy.config"));
        String reference = reference(config);
        String json = TaskDefinitionTemplate.read(file).fill(values(config, reference));
        return new DeploymentRequest.Rendered(json, reference, container(config));
    }

    private String container(Optional<DeployConfig> config) {
        return Optional.ofNullable(container)
                .or(() -> config.flatMap(DeployConfig::container))
                .orElse(null);
    }

    /**
     * The template filled in, with any image where none is given.
     *
     * @return empty where no template is named
     */
    Optional<String> taskDefinition(Optional<DeployConfig> config, Surroundings surroundings) {
        if (taskDefinition != null) {
            return Optional.empty();
        }
        String reference = image == null ? repository(config).orElse("image") : reference(config);
        return Optional.ofNullable(template)
                .map(surroundings.directory()::resolve)
                .or(() -> config.flatMap(DeployConfig::taskDefinitionTemplate))
                .map(file -> TaskDefinitionTemplate.read(file).fill(values(config, reference)));
    }

    /** The repository that images come from, or the image given. */
    Optional<String> repository(Optional<DeployConfig> config) {
        return image == null ? config.flatMap(DeployConfig::imageRepository) : Optional.of(reference(config));
    }

    private String reference(Optional<DeployConfig> config) {
        if (!image.startsWith(":") && !image.startsWith("@")) {
            return image;
        }
        return config.flatMap(DeployConfig::imageRepository)
                        .orElseThrow(() -> new CliFailure(
                                ExitCode.USAGE,
                                "--image " + image + " is of which repository? Give REPOSITORY" + image
                                        + ", or IMAGE_REPOSITORY=… in deploy.config"))
                + image;
    }

    private Map<String, TemplateValue> values(Optional<DeployConfig> config, String reference) {
        Map<String, TemplateValue> all = new TreeMap<>();
        config.ifPresent(given -> all.putAll(given.templateValues()));
        if (values != null) {
            values.forEach((name, value) -> all.put(name, new TemplateValue(value, "--set " + name)));
        }
        all.put(IMAGE, new TemplateValue(reference, "--image"));
        return all;
    }
}
