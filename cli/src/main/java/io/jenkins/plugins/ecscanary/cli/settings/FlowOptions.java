package io.jenkins.plugins.ecscanary.cli.settings;

import io.jenkins.plugins.ecscanary.cli.CliFailure;
import io.jenkins.plugins.ecscanary.cli.ExitCode;
import io.jenkins.plugins.ecscanary.cli.Surroundings;
import io.jenkins.plugins.ecscanary.engine.config.AppSpecFile;
import io.jenkins.plugins.ecscanary.engine.config.ConfigKey;
import io.jenkins.plugins.ecscanary.engine.config.DeployConfig;
import io.jenkins.plugins.ecscanary.engine.model.DeploymentOptions;
import io.jenkins.plugins.ecscanary.engine.model.OneOffTask;
import io.jenkins.plugins.ecscanary.engine.model.WaitFor;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import picocli.CommandLine.Option;

/** What happens around the shifting of traffic; whatever is not given is as it was. */
public final class FlowOptions {

    private static final Duration TASK_TIMEOUT = Duration.ofMinutes(30);

    @Option(
            names = "--wait-for",
            paramLabel = "WHAT",
            description = "When it counts as promoted: 'completed' by AWS, its termination wait included, or already"
                    + " 'shifted', which is provisional: AWS can still roll back during that wait. Default: completed.")
    private WaitFor waitFor;

    @Option(
            names = "--appspec",
            paramLabel = "FILE",
            description =
                    "A JSON AppSpec as AWS documents it, for its hooks, network configuration, capacity providers and"
                            + " platform version. Its task definition is left out or <TASK_DEFINITION>.")
    private Path appSpec;

    @Option(
            names = "--before-traffic",
            paramLabel = "ARG",
            description =
                    "A program, then its arguments, one an option (an ARG with a dash: --before-traffic=-v): run once as"
                            + " a task of the new revision, it has to end with 0 before a deployment is created.")
    private List<String> beforeTraffic;

    @Option(
            names = "--before-traffic-container",
            paramLabel = "NAME",
            description = "The container that runs it. Default: the one the image is for.")
    private String beforeTrafficContainer;

    @Option(
            names = "--before-traffic-timeout",
            paramLabel = "TIME",
            converter = TimeSpan.class,
            description = "When it has not ended by then, it is stopped and nothing is deployed. Default: 30m.")
    private Duration beforeTrafficTimeout;

    /** Reads the files that are named. */
    public DeploymentOptions over(DeploymentOptions base, Surroundings surroundings) {
        DeploymentOptions options = waitFor == null ? base : base.withWaitFor(waitFor);
        if (appSpec != null) {
            options = options.withAppSpec(
                    AppSpecFile.read(surroundings.directory().resolve(appSpec)));
        }
        return options.withBeforeTraffic(task(options.beforeTraffic()));
    }

    private OneOffTask task(OneOffTask base) {
        if (base == null && beforeTraffic == null) {
            if (beforeTrafficContainer != null || beforeTrafficTimeout != null) {
                throw new CliFailure(
                        ExitCode.USAGE,
                        "--before-traffic-container and --before-traffic-timeout are about a task before traffic:"
                                + " give its program with --before-traffic");
            }
            return null;
        }
        return new OneOffTask(
                beforeTrafficContainer != null ? beforeTrafficContainer : base == null ? null : base.container(),
                beforeTraffic != null ? beforeTraffic : base.command(),
                beforeTrafficTimeout != null ? beforeTrafficTimeout : base == null ? TASK_TIMEOUT : base.timeout());
    }

    /** What deploy.config says, where it is not said here. */
    DeploymentOptions over(DeployConfig config, Surroundings surroundings) {
        DeploymentOptions options = DeploymentOptions.DEFAULT;
        options = options.withWaitFor(config.waitFor().orElse(options.waitFor()));
        if (appSpec == null && config.appSpec().isPresent()) {
            options = options.withAppSpec(AppSpecFile.read(config.appSpec().get()));
        }
        return over(options.withBeforeTraffic(task(config)), surroundings);
    }

    private OneOffTask task(DeployConfig config) {
        List<String> command =
                beforeTraffic != null ? beforeTraffic : config.beforeTraffic().orElse(null);
        if (command != null) {
            return new OneOffTask(
                    config.beforeTrafficContainer().orElse(null),
                    command,
                    config.beforeTrafficTimeout().orElse(TASK_TIMEOUT));
        }
        ConfigKey alone = config.beforeTrafficContainer().isPresent()
                ? ConfigKey.BEFORE_TRAFFIC_CONTAINER
                : config.beforeTrafficTimeout().isPresent() ? ConfigKey.BEFORE_TRAFFIC_TIMEOUT_MINUTES : null;
        if (alone != null) {
            throw new CliFailure(
                    ExitCode.USAGE, config.where(alone) + ": " + alone + " says nothing without BEFORE_TRAFFIC");
        }
        return null;
    }
}
