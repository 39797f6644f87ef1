package io.jenkins.plugins.ecscanary.cli.command;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.jenkins.plugins.ecscanary.cli.CliFailure;
import io.jenkins.plugins.ecscanary.cli.Deployments;
import io.jenkins.plugins.ecscanary.cli.ExitCode;
import io.jenkins.plugins.ecscanary.cli.Surroundings;
import io.jenkins.plugins.ecscanary.cli.settings.AwsOptions;
import io.jenkins.plugins.ecscanary.cli.settings.DeployOptions;
import io.jenkins.plugins.ecscanary.cli.settings.StateDirectory;
import io.jenkins.plugins.ecscanary.cli.terminal.CleanText;
import io.jenkins.plugins.ecscanary.engine.Comparison;
import io.jenkins.plugins.ecscanary.engine.json.Json;
import io.jenkins.plugins.ecscanary.engine.record.RecordStore;
import io.jenkins.plugins.ecscanary.engine.time.EngineTime;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code ecs-canary diff}. */
@Command(
        name = "diff",
        description = {
            "What a deployment would change: the task definition made of the template, beside the revision that serves."
                    + " Takes what deploy takes; changes nothing.",
            "Compared without order, without what ECS adds, and with ECS's defaults; what may be a secret is hidden."
        })
public final class DiffCommand implements Callable<Integer> {

    private final Surroundings surroundings;

    @Mixin
    private final DeployOptions deploy = new DeployOptions();

    @Mixin
    private final AwsOptions aws = new AwsOptions();

    @Option(
            names = "--with",
            paramLabel = "WHICH",
            defaultValue = Comparison.SERVING,
            description =
                    "What to compare with: 'serving', 'latest' (the family's newest registered revision), or an ARN"
                            + " or FAMILY:REVISION. Default: serving.")
    private String with;

    @Option(names = "--exit-code", description = "Exit with 10 if they differ, for scripts.")
    private boolean exitCode;

    @Option(names = "--json", description = "Which ones were compared and every change, as one JSON object.")
    private boolean json;

    public DiffCommand(Surroundings surroundings) {
        this.surroundings = surroundings;
    }

    @Override
    public Integer call() throws JsonProcessingException {
        DeployOptions.Wanted wanted = deploy.resolve(surroundings);
        AwsOptions.Reach reach = aws.reach(wanted.region(), wanted.endpoint(), wanted.role(), 1, surroundings);
        RecordStore records = new RecordStore(StateDirectory.of(null, surroundings));
        Comparison comparison;
        try (EngineTime time = reach.time();
                Deployments deployments = surroundings.engine().open(reach.access(), records, time)) {
            comparison = deployments.compare(wanted.request(), with);
        } catch (IllegalArgumentException e) {
            throw new CliFailure(ExitCode.USAGE, e.getMessage(), e);
        }
        if (json) {
            surroundings.console().out(Json.mapper().writeValueAsString(comparison));
        } else if (comparison.changes().isEmpty()) {
            surroundings
                    .console()
                    .out(CleanText.of(comparison.after() + " changes nothing against " + comparison.before()));
        } else {
            comparison.unified().lines().map(CleanText::of).forEach(surroundings.console()::out);
        }
        boolean different = !comparison.changes().isEmpty();
        return (exitCode && different ? ExitCode.DIFFERENT : ExitCode.OK).code();
    }
}
