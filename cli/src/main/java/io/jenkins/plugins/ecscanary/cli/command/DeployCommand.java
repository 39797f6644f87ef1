package io.jenkins.plugins.ecscanary.cli.command;

import io.jenkins.plugins.ecscanary.cli.Deployments;
import io.jenkins.plugins.ecscanary.cli.Surroundings;
import io.jenkins.plugins.ecscanary.cli.follow.FollowSession;
import io.jenkins.plugins.ecscanary.cli.follow.Follower;
import io.jenkins.plugins.ecscanary.cli.settings.AwsOptions;
import io.jenkins.plugins.ecscanary.cli.settings.DeployOptions;
import io.jenkins.plugins.ecscanary.cli.settings.ShowOptions;
import io.jenkins.plugins.ecscanary.cli.settings.StateDirectory;
import io.jenkins.plugins.ecscanary.engine.record.RecordStore;
import io.jenkins.plugins.ecscanary.engine.time.EngineTime;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code ecs-canary deploy}. */
@Command(
        name = "deploy",
        description = {
            "Deploys a new revision to an ECS service, shifting traffic step by step, and follows it to its verdict.",
            "Everything is checked before anything is created. The same command given again after a crash finds the"
                    + " deployment it had begun and goes on with it.",
            "Ctrl-C asks AWS to roll back and waits; a second one leaves. A termination signal leaves: AWS goes on by"
                    + " itself, and 'ecs-canary watch' follows it again."
        })
public final class DeployCommand implements Callable<Integer> {

    private final Surroundings surroundings;

    @Mixin
    private final DeployOptions deploy = new DeployOptions();

    @Mixin
    private final AwsOptions aws = new AwsOptions();

    @Mixin
    private final ShowOptions show = new ShowOptions();

    @Option(
            names = "--state",
            paramLabel = "DIR",
            description =
                    "Where records are kept. Default: $XDG_STATE_HOME/ecs-canary, else ~/.local/state/ecs-canary.")
    private Path state;

    public DeployCommand(Surroundings surroundings) {
        this.surroundings = surroundings;
    }

    @Override
    public Integer call() throws InterruptedException {
        show.check();
        DeployOptions.Wanted wanted = deploy.resolve(surroundings);
        Path directory = StateDirectory.of(state, surroundings);
        RecordStore records = new RecordStore(directory);
        AwsOptions.Reach reach = aws.reach(wanted.region(), wanted.endpoint(), wanted.role(), 1, surroundings);
        try (EngineTime time = reach.time();
                Deployments deployments = surroundings.engine().open(reach.access(), records, time)) {
            return new FollowSession(surroundings, show, time)
                    .follow(
                            deployments.deploy(wanted.request(), StateDirectory.scans(directory, surroundings)),
                            new Follower.Interrupt.RollBack(wanted.request().startedBy()))
                    .code();
        }
    }
}
