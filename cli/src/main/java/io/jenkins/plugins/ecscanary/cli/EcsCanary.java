package io.jenkins.plugins.ecscanary.cli;

import io.jenkins.plugins.ecscanary.cli.command.CompletionCommand;
import io.jenkins.plugins.ecscanary.cli.command.DeployCommand;
import io.jenkins.plugins.ecscanary.cli.command.DiffCommand;
import io.jenkins.plugins.ecscanary.cli.command.HistoryCommand;
import io.jenkins.plugins.ecscanary.cli.command.IamCommand;
import io.jenkins.plugins.ecscanary.cli.command.LocalCommand;
import io.jenkins.plugins.ecscanary.cli.command.PromoteCommand;
import io.jenkins.plugins.ecscanary.cli.command.RedeployCommand;
import io.jenkins.plugins.ecscanary.cli.command.ReplayCommand;
import io.jenkins.plugins.ecscanary.cli.command.RollbackCommand;
import io.jenkins.plugins.ecscanary.cli.command.ScanCommand;
import io.jenkins.plugins.ecscanary.cli.command.StatusCommand;
import io.jenkins.plugins.ecscanary.cli.command.VerifyCommand;
import io.jenkins.plugins.ecscanary.cli.command.WatchCommand;
import java.util.Arrays;
import java.util.stream.Collectors;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.Model.UsageMessageSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ScopeType;

/** {@code ecs-canary}: the engine at a terminal. */
@Command(
        name = "ecs-canary",
        description = "Canary deployments to Amazon ECS: watched live, rolled back by themselves when they go wrong.",
        versionProvider = EcsCanary.Version.class,
        mixinStandardHelpOptions = true,
        scope = ScopeType.INHERIT,
        subcommands = {
            DeployCommand.class,
            WatchCommand.class,
            PromoteCommand.class,
            RollbackCommand.class,
            RedeployCommand.class,
            HistoryCommand.class,
            ReplayCommand.class,
            StatusCommand.class,
            VerifyCommand.class,
            DiffCommand.class,
            ScanCommand.class,
            IamCommand.class,
            CompletionCommand.class,
            LocalCommand.class
        })
public final class EcsCanary {

    @Option(
            names = "--verbose",
            scope = ScopeType.INHERIT,
            description = "Log what is going on to standard error, and errors with their stack traces.")
    private boolean verbose;

    private EcsCanary() {}

    /** Runs a command line and ends the process with its {@link ExitCode}. */
    public static void main(String[] args) {
        System.exit(commandLine(Surroundings.ofProcess()).execute(args));
    }

    /** The whole command line, ready to execute. */
    public static CommandLine commandLine(Surroundings surroundings) {
        EcsCanary top = new EcsCanary();
        CommandLine commandLine = new CommandLine(top, new CommandFactory(surroundings))
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setOut(surroundings.console().outWriter())
                .setErr(surroundings.console().errWriter())
                .setExecutionStrategy(parsed -> {
                    Logging.configure(top.verbose);
                    return new CommandLine.RunLast().execute(parsed);
                });
        ErrorMessages errors = new ErrorMessages(() -> top.verbose);
        commandLine.setParameterExceptionHandler(errors).setExecutionExceptionHandler(errors);
        describeExitCodes(commandLine);
        return commandLine;
    }

    private static void describeExitCodes(CommandLine commandLine) {
        UsageMessageSpec usage = commandLine.getCommandSpec().usageMessage();
        usage.exitCodeListHeading("%nExit codes:%n");
        usage.exitCodeList(Arrays.stream(ExitCode.values())
                .collect(Collectors.toMap(
                        code -> String.valueOf(code.code()),
                        ExitCode::meaning,
                        (one, other) -> one,
                        java.util.LinkedHashMap::new)));
        commandLine.getSubcommands().values().forEach(EcsCanary::describeExitCodes);
    }

    /** The version in the jar's manifest. */
    static final class Version implements IVersionProvider {
        @Override
        public String[] getVersion() {
            String version = EcsCanary.class.getPackage().getImplementationVersion();
            return new String[] {"ecs-canary " + (version == null ? "(not from a jar)" : version)};
        }
    }
}
