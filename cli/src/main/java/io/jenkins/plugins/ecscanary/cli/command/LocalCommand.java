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
import io.jenkins.plugins.ecscanary.localaws.cloudformation.StackTemplate;
import io.jenkins.plugins.ecscanary.localaws.faults.InvalidFaultException;
import io.jenkins.plugins.ecscanary.localaws.wire.AwsError;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code ecs-canary local}. */
@Command(
        name = "local",
        description = {
            "An AWS on this machine: ECS, CodeDeploy, load balancing, CloudWatch, ECR, Logs, CloudFormation and STS on"
                    + " 127.0.0.1, with tasks that are real processes. Runs until Ctrl-C; what it prints says how to use it.",
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
        Optional<StackTemplate> stack = local.stack();
        Path data = local.data();
        LocalAwsOptions options = local.aws(data, surroundings.console()::out);
        CountDownLatch stop = new CountDownLatch(1);
        Signals.Registration signals = surroundings.signals().listen(stop::countDown, stop::countDown);
        try {
            if (reference == null) {
                bare(stack.map(options::withTemplate).orElse(options), stack, stop);
            } else {
                furnished(options, stack, data, LocalOptions.jar(reference), stop);
            }
        } catch (InvalidFaultException e) {
            throw new CliFailure(ExitCode.USAGE, "--fault: " + e.getMessage());
        } catch (AwsError e) {
            throw new CliFailure(ExitCode.USAGE, "--template: " + e.getMessage(), e);
        } finally {
            signals.close();
        }
        return ExitCode.OK.code();
    }

    private void bare(LocalAwsOptions options, Optional<StackTemplate> stack, CountDownLatch stop)
            throws IOException, InterruptedException {
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
            stack.ifPresent(template -> aws.stackAtRest(template.stackName())
                    .thenAccept(status -> surroundings.console().out("stack " + template.stackName() + ": " + status)));
            stop.await();
        }
    }

    private void furnished(
            LocalAwsOptions options, Optional<StackTemplate> stack, Path data, Path jar, CountDownLatch stop)
            throws IOException, InterruptedException {
        Path template = local.taskDefinitionTemplate(data);
        Path work = data.resolve("work");
        Map<String, String> first = environment == null ? Map.of("APP_VERSION", FIRST_TAG) : environment;
        if (stack.isPresent()) {
            try (LocalWorld world = LocalWorld.fromStack(options, speed, stack.get(), template, work, jar, first)) {
                guide(world, jar);
                stop.await();
            }
            return;
        }
        try (LocalWorld world = LocalWorld.start(options, speed, LocalOptions.reference(), template, work)) {
            if (world.hasService(LocalOptions.reference())) {
                surroundings.console().out("the service is as it was kept; " + jar + " is not deployed");
                world.awaitSteady();
            } else {
                world.push(jar, FIRST_TAG, first);
                world.serve(LocalOptions.reference(), FIRST_TAG);
            }
            guide(world, jar);
            stop.await();
        }
    }

    private void guide(LocalWorld world, Path jar) {
        Guide.environment(world.environment()).forEach(surroundings.console()::out);
        surroundings.console().out(Guide.page(world.aws()));
        Guide.service(world, jar, false).forEach(surroundings.console()::out);
    }
}
