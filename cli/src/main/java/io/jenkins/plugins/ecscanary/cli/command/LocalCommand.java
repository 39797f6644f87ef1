package io.jenkins.plugins.ecscanary.cli.command;

import io.jenkins.plugins.ecscanary.cli.CliFailure;
import io.jenkins.plugins.ecscanary.cli.ExitCode;
import io.jenkins.plugins.ecscanary.cli.Surroundings;
import io.jenkins.plugins.ecscanary.cli.demo.DemoCommand;
import io.jenkins.plugins.ecscanary.cli.follow.Signals;
import io.jenkins.plugins.ecscanary.cli.local.Guide;
import io.jenkins.plugins.ecscanary.cli.local.LocalWorld;
import io.jenkins.plugins.ecscanary.localaws.LocalAws;
import io.jenkins.plugins.ecscanary.localaws.LocalAwsOptions;
import io.jenkins.plugins.ecscanary.localaws.faults.InvalidFaultException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code ecs-canary local}. */
@Command(
        name = "local",
        description = {
            "An AWS on this machine: ECS, CodeDeploy, load balancing, CloudWatch, ECR, Logs and STS on 127.0.0.1, with"
                    + " tasks that are real processes. Runs until Ctrl-C; what it prints says how to use it.",
        },
        subcommands = {LocalPushCommand.class, DemoCommand.class})
public final class LocalCommand implements Callable<Integer> {

    private static final String FIRST_TAG = "first";

    private final Surroundings surroundings;

    @Mixin
    private final LocalOptions local = new LocalOptions();

    @Option(
            names = "--speed",
            paramLabel = "N",
            defaultValue = "1",
            description = "How many times as fast its clock runs, 1 to 1000. Default: 1.")
    private double speed;

    @Option(
            names = "--reference",
            paramLabel = "JAR",
            description = "Furnish it with the reference service (two tasks behind a load balancer, with alarms and a"
                    + " CodeDeploy group), running this jar.")
    private Path reference;

    @Option(
            names = "--env",
            paramLabel = "NAME=VALUE",
            description = "Environment of the reference service's first image; may be given again.")
    private java.util.LinkedHashMap<String, String> environment;

    public LocalCommand(Surroundings surroundings) {
        this.surroundings = surroundings;
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        LocalWorld.checkedSpeed(speed);
        Path data = local.data();
        LocalAwsOptions options = local.aws(data, surroundings.console()::out);
        CountDownLatch stop = new CountDownLatch(1);
        Signals.Registration signals = surroundings.signals().listen(stop::countDown, stop::countDown);
        try {
            if (reference == null) {
                bare(options, stop);
            } else {
                furnished(options, data, LocalOptions.jar(reference), stop);
            }
        } catch (InvalidFaultException e) {
            throw new CliFailure(ExitCode.USAGE, "--fault: " + e.getMessage());
        } finally {
            signals.close();
        }
        return ExitCode.OK.code();
    }

    private void bare(LocalAwsOptions options, CountDownLatch stop) throws IOException, InterruptedException {
        try (LocalAws aws = LocalAws.start(options.withSpeed(speed))) {
            Guide.environment(Map.of(
                            "AWS_ENDPOINT_URL",
                            aws.endpoint().toString(),
                            "AWS_REGION",
                            aws.region(),
                            "AWS_ACCESS_KEY_ID",
                            LocalAwsOptions.DEFAULT_ACCESS_KEY_ID,
                            "AWS_SECRET_ACCESS_KEY",
                            LocalAwsOptions.DEFAULT_SECRET_ACCESS_KEY))
                    .forEach(surroundings.console()::out);
            surroundings.console().out(Guide.page(aws));
            stop.await();
        }
    }

    private void furnished(LocalAwsOptions options, Path data, Path jar, CountDownLatch stop)
            throws IOException, InterruptedException {
        try (LocalWorld world = LocalWorld.start(
                options, speed, LocalOptions.reference(), local.template(data), data.resolve("work"))) {
            if (world.hasService(LocalOptions.reference())) {
                surroundings.console().out("the service is as it was kept; " + jar + " is not deployed");
                world.awaitSteady();
            } else {
                world.push(jar, FIRST_TAG, environment == null ? Map.of("APP_VERSION", FIRST_TAG) : environment);
                world.serve(LocalOptions.reference(), FIRST_TAG);
            }
            Guide.environment(world.environment()).forEach(surroundings.console()::out);
            surroundings.console().out(Guide.page(world.aws()));
            Guide.service(world, jar, false).forEach(surroundings.console()::out);
            stop.await();
        }
    }
}
