package io.jenkins.plugins.ecscanary.cli.demo;

import io.jenkins.plugins.ecscanary.cli.CliFailure;
import io.jenkins.plugins.ecscanary.cli.ExitCode;
import io.jenkins.plugins.ecscanary.cli.Surroundings;
import io.jenkins.plugins.ecscanary.cli.follow.Signals;
import io.jenkins.plugins.ecscanary.cli.local.Guide;
import io.jenkins.plugins.ecscanary.cli.local.LocalWorld;
import io.jenkins.plugins.ecscanary.cli.local.StackFile;
import io.jenkins.plugins.ecscanary.cli.terminal.Figures;
import io.jenkins.plugins.ecscanary.engine.aws.Aws;
import io.jenkins.plugins.ecscanary.engine.aws.AwsAccess;
import io.jenkins.plugins.ecscanary.engine.aws.AwsKeys;
import io.jenkins.plugins.ecscanary.engine.aws.SdkAws;
import io.jenkins.plugins.ecscanary.localaws.LocalAwsOptions;
import io.jenkins.plugins.ecscanary.localaws.reference.ReferenceSettings;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code ecs-canary local demo}: what {@code bin/demo} runs once everything is built. */
@Command(
        name = "demo",
        description = "Three deployments on a local AWS under steady traffic: promoted, rolled back, redeployed."
                + " Exit code 0 only if everything came as it must.")
public final class DemoCommand implements Callable<Integer> {

    private static final String FIRST = "1.0.0";
    private static final String LOG = "aws.log";

    private final Surroundings surroundings;

    @Option(names = "--app", paramLabel = "JAR", required = true, description = "The sample service's runnable jar.")
    private Path app;

    @Option(
            names = "--out",
            paramLabel = "DIR",
            required = true,
            description = "For what is left behind; emptied first.")
    private Path out;

    @Option(
            names = "--task-definition-template",
            paramLabel = "FILE",
            required = true,
            description = "The service's task definition.")
    private Path taskDefinition;

    @Option(
            names = "--template",
            paramLabel = "FILE",
            description = "The CloudFormation template of what there is to deploy to. Default: made without one.")
    private Path template;

    @Option(
            names = "--speed",
            paramLabel = "N",
            defaultValue = "15",
            description = "How many times as fast AWS's clock runs. Default: 15, about three minutes in all.")
    private double speed;

    @Option(
            names = "--rate",
            paramLabel = "N",
            defaultValue = "200",
            description = "Requests a second, of wall-clock time. Default: 200.")
    private int rate;

    @Option(names = "--serve", description = "Stay up afterwards, for exploring, until Ctrl-C.")
    private boolean serve;

    public DemoCommand(Surroundings surroundings) {
        this.surroundings = surroundings;
    }

    @Override
    public Integer call() throws IOException {
        LocalWorld.checkedSpeed(speed);
        Thread main = Thread.currentThread();
        Signals.Registration signals = surroundings.signals().listen(main::interrupt, main::interrupt);
        try (PrintWriter log = log()) {
            LocalAwsOptions options = LocalAwsOptions.in(out.resolve("aws")).withLog(log::println);
            say("starting a local AWS with version " + FIRST + " (its log: " + out.resolve(LOG) + ")");
            LocalWorld world = world(options);
            // For ends that are not asked for politely, such as a closed terminal.
            Thread atExit = new Thread(world::close, "close-local-aws");
            Runtime.getRuntime().addShutdownHook(atExit);
            try {
                return (perform(world) ? ExitCode.OK : ExitCode.FAILED).code();
            } finally {
                world.close();
                forget(atExit);
            }
        } catch (InterruptedException e) {
            throw new CliFailure(ExitCode.FAILED, "stopped before the end", e);
        } finally {
            signals.close();
        }
    }

    /** With version 1.0.0 serving. */
    private LocalWorld world(LocalAwsOptions options) throws IOException, InterruptedException {
        Path work = out.resolve("work");
        Map<String, String> first = Map.of("APP_VERSION", FIRST);
        if (template != null) {
            return LocalWorld.fromStack(options, speed, StackFile.read(template), taskDefinition, work, app, first);
        }
        ReferenceSettings settings = ReferenceSettings.defaults();
        LocalWorld world = LocalWorld.start(options, speed, settings, taskDefinition, work);
        try {
            world.push(app, FIRST, first);
            world.serve(settings, FIRST);
            return world;
        } catch (IOException | InterruptedException | RuntimeException e) {
            world.close();
            throw e;
        }
    }

    private PrintWriter log() throws IOException {
        new Artifacts(out).clear();
        return new PrintWriter(Files.newBufferedWriter(out.resolve(LOG)), true);
    }

    private static void forget(Thread hook) {
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException e) {
            // The process is ending already, and the hook does no harm.
        }
    }

    private boolean perform(LocalWorld world) throws IOException, InterruptedException {
        world.push(app, "2.0.0", Map.of("APP_VERSION", "2.0.0"));
        world.push(app, "3.0.0", Map.of("APP_VERSION", "3.0.0", "FAULT_ERROR_RATE", "0.05"));
        say("the service: " + world.productionUrl() + " at " + rate + " requests a second, AWS: " + world.endpoint()
                + ", its clock " + Figures.factor(speed) + " times as fast");
        return play(world);
    }

    private boolean play(LocalWorld world) throws IOException, InterruptedException {
        AwsKeys keys =
                new AwsKeys(LocalAwsOptions.DEFAULT_ACCESS_KEY_ID, LocalAwsOptions.DEFAULT_SECRET_ACCESS_KEY, null);
        try (Aws aws = SdkAws.open(new AwsAccess(world.region(), world.endpoint(), () -> keys));
                Demo demo = new Demo(world, aws, out, rate, this::say)) {
            boolean right = demo.run();
            if (serve) {
                explore(world);
            }
            return right;
        }
    }

    private void explore(LocalWorld world) {
        say("");
        say("staying up until Ctrl-C");
        Guide.environment(world.environment()).forEach(this::say);
        Guide.service(world, app, true).forEach(this::say);
        try {
            new CountDownLatch(1).await();
        } catch (InterruptedException e) {
            // By the signal that was waited for: this is the regular end.
        }
    }

    private void say(String line) {
        surroundings.console().out(line);
    }
}
