package io.jenkins.plugins.ecscanary.cli.e2e;

import io.jenkins.plugins.ecscanary.cli.Console;
import io.jenkins.plugins.ecscanary.cli.Deployments;
import io.jenkins.plugins.ecscanary.cli.EcsCanary;
import io.jenkins.plugins.ecscanary.cli.Surroundings;
import io.jenkins.plugins.ecscanary.engine.aws.AwsAccess;
import io.jenkins.plugins.ecscanary.engine.aws.AwsKeys;
import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.Optional;

/**
 * The same command line with its engine in this process: where there are many cases of what it answers, starting a JVM for
 * each would take longer than all that the command does.
 *
 * @param err all of standard error
 */
record CliHere(int exitCode, String err) {

    /** @param environment with keys, which are handed over: the engine by itself would look for this process's */
    static CliHere run(Path directory, Map<String, String> environment, String... arguments) {
        AwsKeys keys =
                new AwsKeys(environment.get("AWS_ACCESS_KEY_ID"), environment.get("AWS_SECRET_ACCESS_KEY"), null);
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        Surroundings surroundings = new Surroundings(
                Console.of(
                        new PrintStream(OutputStream.nullOutputStream()),
                        new PrintStream(err, true, StandardCharsets.UTF_8),
                        StandardCharsets.UTF_8),
                environment,
                directory,
                ZoneOffset.UTC,
                InstantSource.system(),
                Optional::empty,
                (onInterrupt, onTerminate) -> () -> {},
                (access, records, time) -> Deployments.ofEngine(
                        new AwsAccess(access.region(), access.endpoint(), () -> keys, access.role()), records, time));
        int exitCode = EcsCanary.commandLine(surroundings).execute(arguments);
        return new CliHere(exitCode, err.toString(StandardCharsets.UTF_8));
    }
}
