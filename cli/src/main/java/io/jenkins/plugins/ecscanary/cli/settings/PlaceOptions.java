package io.jenkins.plugins.ecscanary.cli.settings;

import io.jenkins.plugins.ecscanary.cli.CliFailure;
import io.jenkins.plugins.ecscanary.cli.ExitCode;
import io.jenkins.plugins.ecscanary.cli.Surroundings;
import io.jenkins.plugins.ecscanary.engine.config.DeployConfig;
import io.jenkins.plugins.ecscanary.engine.model.CodeDeployGroup;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import picocli.CommandLine.Option;

/** Which service: options first, then deploy.config, then what is usual. */
public final class PlaceOptions {

    static final String CONFIG = "deploy.config";

    @Option(
            names = "--config",
            paramLabel = "FILE",
            description = "KEY=VALUE lines with what is not given here. Default: ./deploy.config where it exists.")
    private Path configFile;

    @Option(names = "--region", description = "Default: deploy.config, $AWS_REGION, $AWS_DEFAULT_REGION.")
    private String region;

    @Option(names = "--cluster", description = "The ECS cluster's name.")
    private String cluster;

    @Option(names = "--service", description = "The ECS service's name.")
    private String service;

    @Option(
            names = "--application",
            description = "CodeDeploy application. Default: AppECS-CLUSTER-SERVICE, as the AWS CLI has it.")
    private String application;

    @Option(
            names = "--group",
            description = "CodeDeploy deployment group. Default: DgpECS-CLUSTER-SERVICE, as the AWS CLI has it.")
    private String group;

    /**
     * A service.
     *
     * @param codeDeploy application and group, without a config
     * @param config what else there is in deploy.config
     */
    public record Place(
            String region, String cluster, String service, CodeDeployGroup codeDeploy, Optional<DeployConfig> config) {

        /** The endpoint of deploy.config, or null. */
        public URI endpoint() {
            return config.flatMap(DeployConfig::endpoint).orElse(null);
        }

        /** The role of deploy.config. */
        public RoleOptions.Configured role() {
            return RoleOptions.Configured.of(config, null);
        }
    }

    /** Merges; nothing is asked of AWS. */
    public Place resolve(Surroundings surroundings) {
        Optional<DeployConfig> config = config(surroundings);
        String inRegion = Optional.ofNullable(region)
                .or(() -> config.flatMap(DeployConfig::region))
                .or(() -> surroundings.variable("AWS_REGION"))
                .or(() -> surroundings.variable("AWS_DEFAULT_REGION"))
                .orElseThrow(() -> missing("region", "--region", "REGION", " (or set AWS_REGION)"));
        String inCluster = Optional.ofNullable(cluster)
                .or(() -> config.flatMap(DeployConfig::cluster))
                .orElseThrow(() -> missing("cluster", "--cluster", "CLUSTER", ""));
        String ofService = Optional.ofNullable(service)
                .or(() -> config.flatMap(DeployConfig::service))
                .orElseThrow(() -> missing("service", "--service", "SERVICE", ""));
        CodeDeployGroup codeDeploy = new CodeDeployGroup(
                Optional.ofNullable(application)
                        .or(() -> config.flatMap(DeployConfig::codeDeployApplication))
                        .orElse("AppECS-" + inCluster + "-" + ofService),
                Optional.ofNullable(group)
                        .or(() -> config.flatMap(DeployConfig::codeDeployGroup))
                        .orElse("DgpECS-" + inCluster + "-" + ofService),
                null);
        return new Place(inRegion, inCluster, ofService, codeDeploy, config);
    }

    private Optional<DeployConfig> config(Surroundings surroundings) {
        if (configFile != null) {
            return Optional.of(DeployConfig.read(surroundings.directory().resolve(configFile)));
        }
        Path usual = surroundings.directory().resolve(CONFIG);
        return Files.exists(usual) ? Optional.of(DeployConfig.read(usual)) : Optional.empty();
    }

    private static CliFailure missing(String what, String option, String key, String also) {
        return new CliFailure(
                ExitCode.USAGE, "which " + what + "? Give " + option + ", or " + key + "=… in " + CONFIG + also);
    }
}
