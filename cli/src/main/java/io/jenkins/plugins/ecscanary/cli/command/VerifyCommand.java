package io.jenkins.plugins.ecscanary.cli.command;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.jenkins.plugins.ecscanary.cli.Deployments;
import io.jenkins.plugins.ecscanary.cli.ExitCode;
import io.jenkins.plugins.ecscanary.cli.Surroundings;
import io.jenkins.plugins.ecscanary.cli.settings.AwsOptions;
import io.jenkins.plugins.ecscanary.cli.settings.DeployOptions;
import io.jenkins.plugins.ecscanary.cli.settings.StateDirectory;
import io.jenkins.plugins.ecscanary.cli.terminal.CleanText;
import io.jenkins.plugins.ecscanary.engine.json.Json;
import io.jenkins.plugins.ecscanary.engine.model.Check;
import io.jenkins.plugins.ecscanary.engine.model.Check.CheckOutcome;
import io.jenkins.plugins.ecscanary.engine.record.RecordStore;
import io.jenkins.plugins.ecscanary.engine.time.EngineTime;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code ecs-canary verify}. */
@Command(
        name = "verify",
        description = {
            "Checks whether a deployment could start, and whether the new revision has what it needs: roles, images, log"
                    + " groups, secrets, health checks. Takes what deploy takes; changes nothing.",
            "Exit code 0 if it could, 5 if something is in the way."
        })
public final class VerifyCommand implements Callable<Integer> {

    private final Surroundings surroundings;

    @Mixin
    private final DeployOptions deploy = new DeployOptions();

    @Mixin
    private final AwsOptions aws = new AwsOptions();

    @Option(names = "--json", description = "The checks, one JSON object a line.")
    private boolean json;

    @Option(
            names = "--state",
            paramLabel = "DIR",
            description = "Where records and scans are kept. Default: as for deploy.")
    private Path state;

    public VerifyCommand(Surroundings surroundings) {
        this.surroundings = surroundings;
    }

    @Override
    public Integer call() throws JsonProcessingException {
        DeployOptions.Wanted wanted = deploy.resolve(surroundings);
        AwsOptions.Reach reach = aws.reach(wanted.region(), wanted.endpoint(), wanted.role(), 1, surroundings);
        Path directory = StateDirectory.of(state, surroundings);
        RecordStore records = new RecordStore(directory);
        List<Check> checks;
        try (EngineTime time = reach.time();
                Deployments deployments = surroundings.engine().open(reach.access(), records, time)) {
            checks = deployments.verify(wanted.request(), StateDirectory.scans(directory, surroundings));
        }
        int width =
                checks.stream().mapToInt(check -> check.name().length()).max().orElse(0);
        for (Check check : checks) {
            surroundings.console().out(json ? Json.mapper().writeValueAsString(check) : line(check, width));
            if (!json && check.remedy() != null) {
                surroundings.console().out(" ".repeat(width + 10) + "-> " + CleanText.of(check.remedy()));
            }
        }
        long refused = count(checks, CheckOutcome.REFUSED);
        if (!json) {
            surroundings.console().out(summary(checks.size(), refused, count(checks, CheckOutcome.WARNED)));
        }
        return (refused == 0 ? ExitCode.OK : ExitCode.REFUSED).code();
    }

    private static String line(Check check, int width) {
        String outcome =
                switch (check.outcome()) {
                    case PASSED -> "ok      ";
                    case WARNED -> "warning ";
                    case REFUSED -> "REFUSED ";
                };
        return outcome + check.name() + " ".repeat(width - check.name().length() + 2) + CleanText.of(check.detail());
    }

    private static String summary(int all, long refused, long warned) {
        String warnings = warned == 0 ? "" : ", " + warned + (warned == 1 ? " warning" : " warnings");
        return refused == 0
                ? all + " checks, nothing is in the way of a deployment" + warnings
                : all + " checks, " + refused + " in the way of a deployment" + warnings;
    }

    private static long count(List<Check> checks, CheckOutcome outcome) {
        return checks.stream().filter(check -> check.outcome() == outcome).count();
    }
}
