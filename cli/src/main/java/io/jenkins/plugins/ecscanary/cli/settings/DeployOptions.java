package io.jenkins.plugins.ecscanary.cli.settings;

import io.jenkins.plugins.ecscanary.cli.CliFailure;
import io.jenkins.plugins.ecscanary.cli.ExitCode;
import io.jenkins.plugins.ecscanary.cli.Surroundings;
import io.jenkins.plugins.ecscanary.engine.aws.RoleToAssume;
import io.jenkins.plugins.ecscanary.engine.config.DeployConfig;
import io.jenkins.plugins.ecscanary.engine.iam.Scope;
import io.jenkins.plugins.ecscanary.engine.model.CodeDeployGroup;
import io.jenkins.plugins.ecscanary.engine.model.Criterion;
import io.jenkins.plugins.ecscanary.engine.model.DeploymentOptions;
import io.jenkins.plugins.ecscanary.engine.model.DeploymentRequest;
import java.net.URI;
import java.util.Optional;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** What is deployed where: options first, then deploy.config, then what is usual. */
public final class DeployOptions {

    @Mixin
    private final PlaceOptions place = new PlaceOptions();

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

    @Mixin
    private final WatchingOptions watching = new WatchingOptions();

    @Mixin
    private final ScanRequirementOptions scan = new ScanRequirementOptions();

    /**
     * What is asked for, and where.
     *
     * @param endpoint of deploy.config, or null
     * @param role of deploy.config
     */
    public record Wanted(DeploymentRequest request, String region, URI endpoint, RoleOptions.Configured role) {}

    /** Merges; nothing is asked of AWS, and everything that can be wrong with the input is found here. */
    public Wanted resolve(Surroundings surroundings) {
        PlaceOptions.Place where = place.resolve(surroundings);
        Optional<DeployConfig> config = where.config();
        PlanSettings settings = plan.over(planOf(config));
        DeploymentRequest request = new DeploymentRequest(
                where.cluster(),
                where.service(),
                source.resolve(config, surroundings),
                codeDeploy(where, settings),
                null,
                settings.criterion(),
                settings.alarms(),
                settings.milestones(),
                settings.timeout(),
                StartedBy.orDefault(startedBy),
                "deploy",
                null,
                optionsOf(config, surroundings));
        return new Wanted(
                request, where.region(), where.endpoint(), RoleOptions.Configured.of(config, request.startedBy()));
    }

    /**
     * What a policy for deploying this is about.
     *
     * @param account as given, or null for that of the role
     * @param role of the command line
     */
    public PolicyWanted policy(String account, RoleOptions role, Surroundings surroundings) {
        PlaceOptions.Place where = place.resolve(surroundings);
        Optional<DeployConfig> config = where.config();
        RoleToAssume assumed =
                role.role(RoleOptions.Configured.of(config, startedBy)).orElse(null);
        if (account == null && assumed == null) {
            throw new CliFailure(
                    ExitCode.USAGE,
                    "which AWS account? Give --account with its twelve digits: CodeDeploy takes no wildcard there");
        }
        try {
            return new PolicyWanted(
                    new Scope(
                            where.region(),
                            account == null ? assumed.account() : account,
                            where.cluster(),
                            where.service(),
                            codeDeploy(where, plan.over(planOf(config))),
                            source.taskDefinition(config, surroundings).orElse(null),
                            source.repository(config).orElse(null),
                            assumed),
                    optionsOf(config, surroundings));
        } catch (IllegalArgumentException e) {
            throw new CliFailure(ExitCode.USAGE, e.getMessage(), e);
        }
    }

    /** @param options what a deployment would do by deploy.config and the command line */
    public record PolicyWanted(Scope scope, DeploymentOptions options) {}

    private static CodeDeployGroup codeDeploy(PlaceOptions.Place where, PlanSettings settings) {
        return new CodeDeployGroup(
                where.codeDeploy().application(), where.codeDeploy().group(), settings.deploymentConfig());
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

    private DeploymentOptions optionsOf(Optional<DeployConfig> config, Surroundings surroundings) {
        DeploymentOptions usual = config.map(given -> flow.over(given, surroundings)
                        .withCreateAlarms(given.createAlarms().orElse(false))
                        .withTaskLogs(given.taskLogs().orElse(false))
                        .withRequireScan(given.requireScan().orElse(null)))
                .orElseGet(() -> flow.over(DeploymentOptions.DEFAULT, surroundings));
        return scan.over(watching.over(usual.withKeepRevisions(keepRevisions(config))));
    }
}
