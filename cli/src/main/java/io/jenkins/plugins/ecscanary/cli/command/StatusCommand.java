package io.jenkins.plugins.ecscanary.cli.command;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.jenkins.plugins.ecscanary.cli.Deployments;
import io.jenkins.plugins.ecscanary.cli.ExitCode;
import io.jenkins.plugins.ecscanary.cli.Surroundings;
import io.jenkins.plugins.ecscanary.cli.settings.AwsOptions;
import io.jenkins.plugins.ecscanary.cli.settings.PlaceOptions;
import io.jenkins.plugins.ecscanary.cli.settings.StateDirectory;
import io.jenkins.plugins.ecscanary.cli.terminal.StatusLines;
import io.jenkins.plugins.ecscanary.engine.json.Json;
import io.jenkins.plugins.ecscanary.engine.record.RecordStore;
import io.jenkins.plugins.ecscanary.engine.status.ServiceStatus;
import io.jenkins.plugins.ecscanary.engine.time.EngineTime;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code ecs-canary status}. */
@Command(
        name = "status",
        description = {
            "What is going on with a service now: weights, tasks, health, alarms, the active or last deployment, and who"
                    + " deployed last from here.",
            "Exit code 0 if nothing is wrong, 9 if something is: weights that nobody is shifting, targets that are not"
                    + " healthy, an alarm in ALARM."
        })
public final class StatusCommand implements Callable<Integer> {

    private final Surroundings surroundings;

    @Mixin
    private final PlaceOptions place = new PlaceOptions();

    @Mixin
    private final AwsOptions aws = new AwsOptions();

    @Option(names = "--json", description = "All of it as one JSON object.")
    private boolean json;

    @Option(names = "--state", paramLabel = "DIR", description = "Where records are kept. Default: as for deploy.")
    private Path state;

    public StatusCommand(Surroundings surroundings) {
        this.surroundings = surroundings;
    }

    @Override
    public Integer call() throws JsonProcessingException {
        PlaceOptions.Place where = place.resolve(surroundings);
        RecordStore records = new RecordStore(StateDirectory.of(state, surroundings));
        AwsOptions.Reach reach = aws.reach(where.region(), where.endpoint(), where.role(), 1, surroundings);
        ServiceStatus status;
        try (EngineTime time = reach.time();
                Deployments deployments = surroundings.engine().open(reach.access(), records, time)) {
            status = deployments.status(where.cluster(), where.service(), where.codeDeploy());
        }
        if (json) {
            surroundings.console().out(Json.mapper().writeValueAsString(status));
        } else {
            new StatusLines(surroundings.zone()).of(status).forEach(surroundings.console()::out);
        }
        return (status.problems().isEmpty() ? ExitCode.OK : ExitCode.NOT_WELL).code();
    }
}
