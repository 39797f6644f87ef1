package io.jenkins.plugins.ecscanary.cli;

import io.jenkins.plugins.ecscanary.cli.terminal.CleanText;
import io.jenkins.plugins.ecscanary.engine.config.ConfigException;
import io.jenkins.plugins.ecscanary.engine.taskdef.TemplateException;
import java.io.PrintWriter;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;
import picocli.CommandLine;
import picocli.CommandLine.IExecutionExceptionHandler;
import picocli.CommandLine.IParameterExceptionHandler;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.UnmatchedArgumentException;

/** One clear message on standard error for whatever goes wrong; the stack trace only for those who ask. */
final class ErrorMessages implements IParameterExceptionHandler, IExecutionExceptionHandler {

    private final BooleanSupplier verbose;

    ErrorMessages(BooleanSupplier verbose) {
        this.verbose = verbose;
    }

    @Override
    public int handleParseException(ParameterException e, String[] args) {
        CommandLine command = e.getCommandLine();
        PrintWriter err = command.getErr();
        err.println("ecs-canary: " + CleanText.of(e.getMessage()));
        if (!UnmatchedArgumentException.printSuggestions(e, err)) {
            err.println("Try '" + command.getCommandSpec().qualifiedName() + " --help'.");
        }
        trace(e, err);
        return ExitCode.USAGE.code();
    }

    @Override
    public int handleExecutionException(Exception e, CommandLine command, ParseResult parsed) {
        PrintWriter err = command.getErr();
        String message =
                e.getMessage() == null ? "internal error: " + e.getClass().getName() : e.getMessage();
        err.println("ecs-canary: " + message.lines().map(CleanText::of).collect(Collectors.joining("\n  ")));
        trace(e, err);
        return exitCode(e).code();
    }

    private static ExitCode exitCode(Exception e) {
        if (e instanceof CliFailure failure) {
            return failure.exitCode();
        }
        return e instanceof ConfigException || e instanceof TemplateException ? ExitCode.USAGE : ExitCode.FAILED;
    }

    private void trace(Exception e, PrintWriter err) {
        if (verbose.getAsBoolean()) {
            e.printStackTrace(err);
        }
    }
}
