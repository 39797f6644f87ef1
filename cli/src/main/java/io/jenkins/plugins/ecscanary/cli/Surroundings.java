package io.jenkins.plugins.ecscanary.cli;

import io.jenkins.plugins.ecscanary.cli.follow.Signals;
import io.jenkins.plugins.ecscanary.cli.terminal.Screen;
import java.nio.charset.Charset;
import java.nio.file.Path;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Everything outside that a command uses, so that it can be run with others in a test.
 *
 * @param directory where relative paths start
 * @param clock this machine's, which is not AWS's
 * @param screen opens the terminal, if standard output is one
 * @param engine opens the engine
 */
public record Surroundings(
        Console console,
        Map<String, String> environment,
        Path directory,
        ZoneId zone,
        InstantSource clock,
        Supplier<Optional<Screen>> screen,
        Signals signals,
        Deployments.Opener engine) {

    public Surroundings {
        environment = Map.copyOf(environment);
    }

    /** This process's own. */
    public static Surroundings ofProcess() {
        return new Surroundings(
                Console.of(System.out, System.err, Charset.defaultCharset()),
                System.getenv(),
                Path.of(""),
                ZoneId.systemDefault(),
                InstantSource.system(),
                Screen::open,
                Signals.ofProcess(),
                Deployments::ofEngine);
    }

    /** An environment variable, unless it is empty. */
    public Optional<String> variable(String name) {
        return Optional.ofNullable(environment.get(name)).filter(value -> !value.isBlank());
    }
}
