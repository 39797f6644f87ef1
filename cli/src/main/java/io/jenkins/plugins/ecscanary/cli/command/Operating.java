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
import io.jenkins.plugins.ecscanary.cli.settings.StartedBy;
import io.jenkins.plugins.ecscanary.cli.settings.StateDirectory;
import io.jenkins.plugins.ecscanary.engine.Running;
import io.jenkins.plugins.ecscanary.engine.record.RecordStore;
import io.jenkins.plugins.ecscanary.engine.record.RecordSummary;
import io.jenkins.plugins.ecscanary.engine.time.EngineTime;
import io.jenkins.plugins.ecscanary.engine.view.ViewFold;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/**
 * Does something to a recorded deployment, from whichever terminal, and follows it to its verdict. Where another process
 * follows it already, that one is asked, and tells who it was; where none does, this one takes it over. A deployment whose
 * verdict is provisional has no owner any more: AWS is asked, and that is all.
 */
abstract class Operating implements Callable<Integer> {

    private final Surroundings surroundings;
    private final String deed;

    @Parameters(
            index = "0",
            arity = "0..1",
            paramLabel = "ID",
            description = "A record's or a deployment's id. Default: the only unfinished record.")
    private String id;

    @Option(names = "--note", paramLabel = "TEXT", description = "Why, for the timeline.")
    private String note;

    @Option(names = "--by", paramLabel = "WHO", description = "Who asks, for the timeline. Default: user@host.")
    private String who;

    @Option(names = "--state", paramLabel = "DIR", description = "Where records are kept. Default: as for deploy.")
    private Path state;

    @Mixin
    private final AwsOptions aws = new AwsOptions();

    @Mixin
    private final ShowOptions show = new ShowOptions();

    /** @param deed in the infinitive, such as {@code roll back} */
    Operating(Surroundings surroundings, String deed) {
        this.surroundings = surroundings;
        this.deed = deed;
    }

    /** Asks AWS whether it can be done now, and answers how; throws a {@link CliFailure} saying why not. */
    abstract Deed check(Deployments deployments, RecordSummary record);

    /** What the process answers its caller with when the deployment has this exit code. */
    abstract ExitCode exitCode(ExitCode ofVerdict);

    /** Who wants it and why. */
    record Operator(String who, String note) {}

    /** The thing to do. */
    interface Deed {

        void live(Running running, Operator operator);

        void afterwards(Deployments deployments, String recordId, Operator operator);
    }

    @Override
    public Integer call() throws InterruptedException {
        show.check();
        Path directory = StateDirectory.of(state, surroundings);
        RecordStore records = new RecordStore(directory);
        RecordSummary record = id == null ? theUnfinished(records, directory) : NamedRecord.of(id, records, directory);
        if (record.verdict() != null && !record.verdict().provisional()) {
            throw nothingToDo(name(record) + " has ended: " + record.verdict().outcome() + " at "
                    + record.verdict().at());
        }
        Operator operator = new Operator(StartedBy.orDefault(who), note);
        double speed = ViewFold.fold(records.timeline(record.id())).speed();
        AwsOptions.Reach reach =
                aws.reach(record.service().region(), null, RoleOptions.Configured.by(who), speed, surroundings);
        try (EngineTime time = reach.time();
                Deployments deployments = surroundings.engine().open(reach.access(), records, time)) {
            Deed todo = check(deployments, record);
            if (record.verdict() != null) {
                todo.afterwards(deployments, record.id(), operator);
                surroundings
                        .console()
                        .out("asked AWS to " + deed + " " + name(record)
                                + "; its record is closed with a provisional verdict and does not follow it");
                return ExitCode.OK.code();
            }
            Running running = deployments.watch(record.id());
            todo.live(running, operator);
            return exitCode(new FollowSession(surroundings, show, time).follow(running, new Follower.Interrupt.Leave()))
                    .code();
        }
    }

    CliFailure nothingToDo(String why) {
        return new CliFailure(ExitCode.FAILED, "there is nothing to " + deed + ": " + why);
    }

    static String name(RecordSummary record) {
        return record.deploymentId() == null ? record.id() : record.deploymentId();
    }

    /** Of several none is chosen: the wrong one would be acted upon. */
    private RecordSummary theUnfinished(RecordStore records, Path directory) {
        List<RecordSummary> unfinished = records.history().stream()
                .filter(record -> record.verdict() == null)
                .toList();
        if (unfinished.isEmpty()) {
            throw new CliFailure(
                    ExitCode.USAGE,
                    "no deployment in " + directory + " is unfinished; name the one to " + deed
                            + " ('ecs-canary history' lists them)");
        }
        if (unfinished.size() > 1) {
            throw new CliFailure(
                    ExitCode.USAGE,
                    "which deployment? Unfinished are "
                            + unfinished.stream()
                                    .map(record -> name(record) + " of "
                                            + record.service().cluster() + "/"
                                            + record.service().service())
                                    .collect(Collectors.joining(", ")));
        }
        return unfinished.get(0);
    }
}
