package io.jenkins.plugins.ecscanary.jenkins.scan.step;

import hudson.EnvVars;
import hudson.FilePath;
import hudson.Launcher;
import hudson.Proc;
import io.jenkins.plugins.ecscanary.engine.scan.KnownBadReleases;
import io.jenkins.plugins.ecscanary.engine.scan.ScanFailure;
import io.jenkins.plugins.ecscanary.engine.scan.TrivyCommand;
import io.jenkins.plugins.ecscanary.engine.scan.TrivyEnvironment;
import io.jenkins.plugins.ecscanary.engine.scan.TrivyVersion;
import io.jenkins.plugins.ecscanary.jenkins.step.PlainText;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import jenkins.util.Timer;

/**
 * Trivy where the step runs, whatever that is: the context's launcher starts it, in the context's directory and environment, with
 * an argument list; without those of Trivy's variables with which it would find less than the step asks for. Each of its processes
 * has a variable of its own in its environment, by which it and its children are found when they have to be stopped.
 */
final class TrivyProgram {

    /** Holds the scan's id. */
    static final String COOKIE = "ECS_CANARY_SCAN";

    private static final Duration FOR_VERSION = Duration.ofMinutes(2);
    private static final int LINES_IN_LOG = 200;

    /** Of env, and of shells, for a program that is not there. */
    private static final int NOT_THERE = 127;

    private final String program;
    private final String configuration;
    private final Launcher launcher;
    private final FilePath directory;
    private final EnvVars environment;
    private final String id;
    private final String place;

    /**
     * @param program its path, or its name on the PATH
     * @param configuration a file there that holds {@link TrivyCommand#CONFIGURATION}
     * @param id of the scan
     * @param place where that is, for people
     */
    TrivyProgram(
            String program,
            String configuration,
            Launcher launcher,
            FilePath directory,
            EnvVars environment,
            String id,
            String place) {
        this.program = program;
        this.configuration = configuration;
        this.launcher = launcher;
        this.directory = directory;
        this.environment = environment;
        this.id = id;
        this.place = place;
    }

    String path() {
        return program;
    }

    String configuration() {
        return configuration;
    }

    /** Variables of Trivy's that the step's environment has and that are kept from it. */
    List<String> withheld() {
        return TrivyEnvironment.withheld(environment);
    }

    /**
     * What it says it is.
     *
     * @throws GateClosed if it is not there, is something else, or must not be used
     */
    String version() throws GateClosed, InterruptedException {
        ToolOutput output = new ToolOutput(line -> {}, 0);
        int exit;
        try {
            exit = run(TrivyCommand.version(program, configuration), Map.of(), output, FOR_VERSION);
        } catch (IOException e) {
            throw new GateClosed(LostNode.or(launcher, place, missing(e.getMessage())), e);
        }
        if (exit == NOT_THERE) {
            throw new GateClosed(missing(Messages.TrivyProgram_NotOnPath()));
        }
        TrivyVersion version = TrivyVersion.parse(String.join("\n", output.last()))
                .orElseThrow(() -> new GateClosed(missing(
                        exit == 0 ? Messages.TrivyProgram_SomethingElse() : ScanFailure.explain(exit, output.last()))));
        String refusal = KnownBadReleases.refusal(version.version()).orElse(null);
        if (refusal != null) {
            throw new GateClosed(Messages.TrivyProgram_Refused(refusal, place, program));
        }
        return version.version();
    }

    private String missing(String why) {
        return Messages.TrivyProgram_Missing(program, place, PlainText.of(why));
    }

    /**
     * Runs it to its end.
     *
     * @param command its arguments, itself among them
     * @param extra further variables of its environment
     * @param most it is stopped then
     * @param told gets what it says
     * @throws GateClosed if it fails, saying why
     */
    void run(List<String> command, Map<String, String> extra, Duration most, Consumer<String> told)
            throws GateClosed, InterruptedException {
        ToolOutput output = new ToolOutput(told, LINES_IN_LOG);
        int exit;
        try {
            exit = run(command, extra, output, most);
        } catch (IOException e) {
            String why = Messages.TrivyProgram_NotRun(place, PlainText.of(e.getMessage()));
            throw new GateClosed(LostNode.or(launcher, place, why), e);
        }
        if (exit != 0) {
            throw new GateClosed(Messages.TrivyProgram_Failed(ScanFailure.explain(exit, output.last())));
        }
    }

    private int run(List<String> command, Map<String, String> extra, ToolOutput output, Duration most)
            throws IOException, InterruptedException, GateClosed {
        for (String argument : command) {
            if (argument.indexOf('$') >= 0) {
                // Launchers put variables in its place, and one of them may be a secret.
                throw new GateClosed(Messages.TrivyProgram_Dollar(PlainText.of(argument)));
            }
        }
        EnvVars variables = new EnvVars(environment);
        variables.putAll(TrivyEnvironment.over(environment)); // a launcher takes away what is empty
        variables.putAll(extra);
        variables.put(COOKIE, id);
        Proc process = launcher.launch()
                .cmds(found(command))
                .envs(variables)
                .pwd(directory)
                .stdout(output)
                .quiet(true)
                .start();
        Alarm alarm = new Alarm(most);
        try {
            return process.join();
        } catch (InterruptedException e) {
            boolean late = alarm.off();
            stop();
            if (late) {
                throw new GateClosed(Messages.TrivyProgram_TooLong(most.toSeconds()), e);
            }
            throw e;
        } finally {
            alarm.off();
        }
    }

    /**
     * Java looks for a program on the PATH that it was itself started with. What {@code withEnv} and {@code tools} have put there,
     * and what there is in a container, env finds: it is a program, and no shell.
     */
    private List<String> found(List<String> command) {
        if (!launcher.isUnix() || program.indexOf('/') >= 0) {
            return command;
        }
        List<String> found = new ArrayList<>(command.size() + 1);
        found.add("env");
        found.addAll(command);
        return found;
    }

    /** Ends whatever it has started. */
    void stop() throws IOException, InterruptedException {
        launcher.kill(Map.of(COOKIE, id));
    }

    /** Interrupts the thread that made it, unless it is put off before. */
    private static final class Alarm {
        private final Thread thread = Thread.currentThread();
        private final ScheduledFuture<?> clock;
        private boolean rung;
        private boolean off;

        Alarm(Duration after) {
            clock = Timer.get().schedule(this::ring, after.toMillis(), TimeUnit.MILLISECONDS);
        }

        private synchronized void ring() {
            if (!off) {
                rung = true;
                thread.interrupt();
            }
        }

        /** @return whether it has rung; then the thread is not interrupted by it any more */
        synchronized boolean off() {
            clock.cancel(false);
            if (rung && !off) {
                Thread.interrupted();
            }
            off = true;
            return rung;
        }
    }
}
