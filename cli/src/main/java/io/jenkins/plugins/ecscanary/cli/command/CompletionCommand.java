package io.jenkins.plugins.ecscanary.cli.command;

import io.jenkins.plugins.ecscanary.cli.ExitCode;
import io.jenkins.plugins.ecscanary.cli.Surroundings;
import java.util.concurrent.Callable;
import picocli.AutoComplete;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code ecs-canary completion}. */
@Command(
        name = "completion",
        description = {
            "Prints a script by which a shell completes commands and options.",
            "bash: source <(ecs-canary completion bash)",
            "zsh:  source <(ecs-canary completion zsh)"
        })
public final class CompletionCommand implements Callable<Integer> {

    private final Surroundings surroundings;

    /** For whom. */
    enum Shell {
        bash,
        zsh
    }

    @Spec
    private CommandSpec spec;

    @Parameters(index = "0", arity = "0..1", defaultValue = "bash", description = "bash or zsh. Default: bash.")
    private Shell shell;

    public CompletionCommand(Surroundings surroundings) {
        this.surroundings = surroundings;
    }

    @Override
    public Integer call() {
        // zsh runs bash's completion functions once it is told to, which has to come first.
        if (shell == Shell.zsh) {
            surroundings.console().out("autoload -U +X compinit && compinit");
            surroundings.console().out("autoload -U +X bashcompinit && bashcompinit");
        }
        AutoComplete.bash(spec.root().name(), spec.root().commandLine()).lines().forEach(surroundings.console()::out);
        return ExitCode.OK.code();
    }
}
