package io.jenkins.plugins.ecscanary.cli.settings;

import io.jenkins.plugins.ecscanary.cli.CliFailure;
import io.jenkins.plugins.ecscanary.cli.ExitCode;
import io.jenkins.plugins.ecscanary.cli.Surroundings;
import io.jenkins.plugins.ecscanary.engine.config.DeployConfig;
import io.jenkins.plugins.ecscanary.engine.model.CodeDeployGroup;
import io.jenkins.plugins.ecscanary.engine.model.Criterion;
import io.jenkins.plugins.ecscanary.engine.model.DeploymentOptions;
import io.jenkins.plugins.ecscanary.engine.model.DeploymentRequest;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** What is deployed where: options first, then deploy.config, then what is usual. */
public final class DeployOptions {

    private static final String CONFIG = "deploy.config";

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

    @Option(names = "--started-by", paramLabel = "WHO", description = "Who asks, for people. Default: user@host.")
    private String startedBy;

    @Option(
            names = "--keep-revisions",
            paramLabel = "N",
            description = "After a promotion, deregister the family's old revisions beyond the newest N (2 or more);"
                    + " never what serves, what a record here names or what others registered. Default: keep all.")
    private Integer keepRevisions;

    @Mixin
    private final SourceOptions source = new SourceOptions();

    @Mixin
    private final PlanOptions plan = new PlanOptions();

    @Mixin
    private final FlowOptions flow = new FlowOptions();

    /**
     * What is asked for, and where.
     *
     * @param endpoint of deploy.config, or null
     */
    public record Wanted(DeploymentRequest request, String region, URI endpoint) {}

    /** Merges; nothing is asked of AWS, and everything that can be wrong with the input is found here. */
    public Wanted resolve(Surroundings surroundings) {
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
        PlanSettings settings = plan.over(planOf(config));
        CodeDeployGroup codeDeploy = new CodeDeployGroup(
                Optional.ofNullable(application)
                        .or(() -> config.flatMap(DeployConfig::codeDeployApplication))
                        .orElse("AppECS-" + inCluster + "-" + ofService),
                Optional.ofNullable(group)
                        .or(() -> config.flatMap(DeployConfig::codeDeployGroup))
                        .orElse("DgpECS-" + inCluster + "-" + ofService),
                settings.deploymentConfig());
        DeploymentRequest request = new DeploymentRequest(
                inCluster,
                ofService,
                source.resolve(config, surroundings),
                codeDeploy,
                null,
                settings.criterion(),
                settings.alarms(),
                settings.milestones(),
                settings.timeout(),
                StartedBy.orDefault(startedBy),
                "deploy",
                null,
                config.map(given -> flow.over(given, surroundings))
                        .orElseGet(() -> flow.over(DeploymentOptions.DEFAULT, surroundings))
                        .withKeepRevisions(keepRevisions(config)));
        return new Wanted(
                request, inRegion, config.flatMap(DeployConfig::endpoint).orElse(null));
    }

    private Integer keepRevisions(Optional<DeployConfig> config) {
        if (keepRevisions != null && keepRevisions < 2) {
            throw new CliFailure(
                    ExitCode.USAGE,
                    "--keep-revisions is " + keepRevisions
                            + ", but at least 2 stay: the serving revision and the one before");
        }
        return Optional.ofNullable(keepRevisions)
                .or(() -> config.flatMap(DeployConfig::keepRevisions))
                .orElse(null);
    }

    private Optional<DeployConfig> config(Surroundings surroundings) {
        if (configFile != null) {
            return Optional.of(DeployConfig.read(surroundings.directory().resolve(configFile)));
        }
        Path usual = surroundings.directory().resolve(CONFIG);
        return Files.exists(usual) ? Optional.of(DeployConfig.read(usual)) : Optional.empty();
    }

    private static PlanSettings planOf(Optional<DeployConfig> config) {
        PlanSettings usual = PlanSettings.DEFAULT;
        return config.map(given -> new PlanSettings(
                        given.codeDeployConfig().orElse(null),
                        new Criterion(
                                given.successRateThreshold()
                                        .orElse(usual.criterion().threshold()),
                                given.successRateDatapoints()
                                        .orElse(usual.criterion().datapoints()),
                                given.minRequests().orElse(usual.criterion().minRequests()),
                                usual.criterion().period()),
                        given.alarms().orElse(usual.alarms()),
                        given.milestones().orElse(usual.milestones()),
                        given.timeout().orElse(usual.timeout())))
                .orElse(usual);
    }

    private static CliFailure missing(String what, String option, String key, String also) {
        return new CliFailure(
                ExitCode.USAGE, "which " + what + "? Give " + option + ", or " + key + "=… in " + CONFIG + also);
    }
}
