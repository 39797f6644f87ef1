package io.jenkins.plugins.ecscanary.cli.command;

import io.jenkins.plugins.ecscanary.cli.CliFailure;
import io.jenkins.plugins.ecscanary.cli.Deployments;
import io.jenkins.plugins.ecscanary.cli.ExitCode;
import io.jenkins.plugins.ecscanary.cli.Surroundings;
import io.jenkins.plugins.ecscanary.cli.follow.FollowSession;
import io.jenkins.plugins.ecscanary.cli.follow.Follower;
import io.jenkins.plugins.ecscanary.cli.history.HistoryFilter;
import io.jenkins.plugins.ecscanary.cli.history.RedeployTarget;
import io.jenkins.plugins.ecscanary.cli.history.Stayed;
import io.jenkins.plugins.ecscanary.cli.settings.AwsOptions;
import io.jenkins.plugins.ecscanary.cli.settings.FlowOptions;
import io.jenkins.plugins.ecscanary.cli.settings.PlanOptions;
import io.jenkins.plugins.ecscanary.cli.settings.PlanSettings;
import io.jenkins.plugins.ecscanary.cli.settings.RoleOptions;
import io.jenkins.plugins.ecscanary.cli.settings.ScanRequirementOptions;
import io.jenkins.plugins.ecscanary.cli.settings.ShowOptions;
import io.jenkins.plugins.ecscanary.cli.settings.StartedBy;
import io.jenkins.plugins.ecscanary.cli.settings.StateDirectory;
import io.jenkins.plugins.ecscanary.cli.settings.WatchingOptions;
import io.jenkins.plugins.ecscanary.engine.model.CodeDeployGroup;
import io.jenkins.plugins.ecscanary.engine.model.DeploymentRequest;
import io.jenkins.plugins.ecscanary.engine.record.Histories;
import io.jenkins.plugins.ecscanary.engine.record.RecordStore;
import io.jenkins.plugins.ecscanary.engine.record.RecordSummary;
import io.jenkins.plugins.ecscanary.engine.record.Redeploy;
import io.jenkins.plugins.ecscanary.engine.time.EngineTime;
import io.jenkins.plugins.ecscanary.engine.timeline.DeploymentEvent.Planned;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code ecs-canary redeploy}. */
@Command(
        name = "redeploy",
        description = {
            "Ships a recorded revision again: the same task definition and image, through the same canary.",
            "Where to and how it is judged is taken from the record unless options say otherwise;"
                    + " deploy.config is not read.",
            "A task before traffic is not run again unless --before-traffic says so, and a scan is not demanded again"
                    + " unless --require-scan does.",
            "Ctrl-C asks AWS to roll back and waits; a second one leaves."
        })
public final class RedeployCommand implements Callable<Integer> {

    private final Surroundings surroundings;

    @Parameters(
            index = "0",
            paramLabel = "WHAT",
            description = "A record's id, a deployment's id, a FAMILY:REVISION that the history names as shipped or as"
                    + " the original, or 'previous': what ran before what runs now.")
    private String what;

    @Option(names = "--region", description = "Look only at services in this region.")
    private String region;

    @Option(names = "--cluster", description = "Look only at services of this cluster.")
    private String cluster;

    @Option(names = "--service", description = "Look only at services of this name.")
    private String service;

    @Option(names = "--started-by", paramLabel = "WHO", description = "Who asks, for people. Default: user@host.")
    private String startedBy;

    @Option(names = "--state", paramLabel = "DIR", description = "Where records are kept. Default: as for deploy.")
    private Path state;

    @Mixin
    private final PlanOptions plan = new PlanOptions();

    @Mixin
    private final FlowOptions flow = new FlowOptions();

    @Mixin
    private final WatchingOptions watching = new WatchingOptions();

    @Mixin
    private final ScanRequirementOptions scan = new ScanRequirementOptions();

    @Mixin
    private final AwsOptions aws = new AwsOptions();

    @Mixin
    private final ShowOptions show = new ShowOptions();

    public RedeployCommand(Surroundings surroundings) {
        this.surroundings = surroundings;
    }

    @Override
    public Integer call() throws InterruptedException {
        show.check();
        Path directory = StateDirectory.of(state, surroundings);
        RecordStore records = new RecordStore(directory);
        Histories histories = new HistoryFilter(region, cluster, service).of(records.histories());
        boolean certain = histories.all().stream()
                .anyMatch(record -> what.equals(record.id()) || what.equals(record.deploymentId()));
        if (!certain && !histories.unreadable().isEmpty()) {
            // What is meant may be there, or be there as well.
            throw new CliFailure(ExitCode.FAILED, histories.unreadable().get(0).why());
        }
        List<RecordSummary> history = histories.all();
        RedeployTarget found = RedeployTarget.find(what, history);
        Planned planned = planned(records, found.record());
        AwsOptions.Reach reach = aws.reach(
                planned.service().region(), null, RoleOptions.Configured.by(startedBy), planned.speed(), surroundings);
        try (EngineTime time = reach.time();
                Deployments deployments = surroundings.engine().open(reach.access(), records, time)) {
            RedeployTarget target = what.equals(RedeployTarget.PREVIOUS)
                    ? RedeployTarget.previous(history, new Stayed(deployments))
                    : found;
            DeploymentRequest request = request(target, planned(records, target.record()));
            return new FollowSession(surroundings, show, time)
                    .follow(
                            deployments.deploy(request, StateDirectory.scans(directory, surroundings)),
                            new Follower.Interrupt.RollBack(request.startedBy()))
                    .code();
        }
    }

    private static Planned planned(RecordStore records, RecordSummary record) {
        return Redeploy.planned(records, record)
                .orElseThrow(() -> new CliFailure(
                        ExitCode.FAILED,
                        "the record " + record.id() + " does not say what was planned: its timeline is damaged"));
    }

    /** As the record has it, but for what the options say; a config that they name is instead of its traffic. */
    private DeploymentRequest request(RedeployTarget target, Planned planned) {
        DeploymentRequest again = Redeploy.of(planned, target.revision(), StartedBy.orDefault(startedBy));
        PlanSettings settings = plan.over(PlanSettings.of(planned));
        return new DeploymentRequest(
                again.cluster(),
                again.service(),
                again.source(),
                new CodeDeployGroup(
                        again.codeDeploy().application(), again.codeDeploy().group(), settings.deploymentConfig()),
                settings.deploymentConfig() == null ? again.traffic() : null,
                settings.criterion(),
                settings.alarms(),
                settings.milestones(),
                settings.timeout(),
                again.startedBy(),
                again.kind(),
                again.redeployOf(),
                scan.over(watching.over(flow.over(again.options(), surroundings))));
    }
}
