package io.jenkins.plugins.ecscanary.cli.command;

import io.jenkins.plugins.ecscanary.cli.CliFailure;
import io.jenkins.plugins.ecscanary.cli.Deployments;
import io.jenkins.plugins.ecscanary.cli.ExitCode;
import io.jenkins.plugins.ecscanary.cli.Surroundings;
import io.jenkins.plugins.ecscanary.cli.follow.FollowSession;
import io.jenkins.plugins.ecscanary.cli.follow.Follower;
import io.jenkins.plugins.ecscanary.cli.history.NamedRecord;
import io.jenkins.plugins.ecscanary.cli.settings.AwsOptions;
import io.jenkins.plugins.ecscanary.cli.settings.RoleOptions;
import io.jenkins.plugins.ecscanary.cli.settings.ShowOptions;
import io.jenkins.plugins.ecscanary.cli.settings.StateDirectory;
import io.jenkins.plugins.ecscanary.engine.record.RecordStore;
import io.jenkins.plugins.ecscanary.engine.record.RecordSummary;
import io.jenkins.plugins.ecscanary.engine.time.EngineTime;
import io.jenkins.plugins.ecscanary.engine.view.ViewFold;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code ecs-canary watch}. */
@Command(
        name = "watch",
        description = {
            "Follows a deployment to its verdict: one whose process is gone is taken over, one that another process"
                    + " follows is looked at, a finished one is replayed.",
            "Ctrl-C leaves; the deployment goes on."
        })
public final class WatchCommand implements Callable<Integer> {

    private final Surroundings surroundings;

    @Parameters(
            index = "0",
            arity = "0..1",
            paramLabel = "ID",
            description = "A record's or a deployment's id. Default: the newest unfinished record.")
    private String id;

    @Option(names = "--state", paramLabel = "DIR", description = "Where records are kept. Default: as for deploy.")
    private Path state;

    @Mixin
    private final AwsOptions aws = new AwsOptions();

    @Mixin
    private final ShowOptions show = new ShowOptions();

    public WatchCommand(Surroundings surroundings) {
        this.surroundings = surroundings;
    }

    @Override
    public Integer call() throws InterruptedException {
        show.check();
        Path directory = StateDirectory.of(state, surroundings);
        RecordStore records = new RecordStore(directory);
        RecordSummary record =
                id == null ? newestUnfinished(records, directory) : NamedRecord.of(id, records, directory);
        double recordedSpeed = ViewFold.fold(records.timeline(record.id())).speed();
        // Looking back at a finished one needs no AWS, so it does not matter which one is there now.
        boolean finished = record.verdict() != null;
        AwsOptions.Reach reach = aws.reach(
                record.service().region(),
                null,
                RoleOptions.Configured.NOTHING,
                finished ? 1 : recordedSpeed,
                surroundings);
        try (EngineTime time = reach.time();
                Deployments deployments = surroundings.engine().open(reach.access(), records, time)) {
            return new FollowSession(surroundings, show, time)
                    .follow(deployments.watch(record.id()), new Follower.Interrupt.Leave())
                    .code();
        }
    }

    private static RecordSummary newestUnfinished(RecordStore records, Path directory) {
        return records.history().stream()
                .filter(record -> record.verdict() == null)
                .findFirst()
                .orElseThrow(() -> new CliFailure(
                        ExitCode.USAGE,
                        "no deployment in " + directory + " is unfinished; name one to look back at it"
                                + " ('ecs-canary history' lists them)"));
    }
}
