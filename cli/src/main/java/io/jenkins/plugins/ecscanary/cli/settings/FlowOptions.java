package io.jenkins.plugins.ecscanary.cli.settings;

import io.jenkins.plugins.ecscanary.cli.Surroundings;
import io.jenkins.plugins.ecscanary.engine.config.AppSpecFile;
import io.jenkins.plugins.ecscanary.engine.config.DeployConfig;
import io.jenkins.plugins.ecscanary.engine.model.DeploymentOptions;
import io.jenkins.plugins.ecscanary.engine.model.WaitFor;
import java.nio.file.Path;
import picocli.CommandLine.Option;

/** What happens around the shifting of traffic; whatever is not given is as it was. */
public final class FlowOptions {

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

    /** Reads the files that are named. */
    public DeploymentOptions over(DeploymentOptions base, Surroundings surroundings) {
        DeploymentOptions options = waitFor == null ? base : base.withWaitFor(waitFor);
        return appSpec == null
                ? options
                : options.withAppSpec(AppSpecFile.read(surroundings.directory().resolve(appSpec)));
    }

    /** What deploy.config says, where it is not said here. */
    DeploymentOptions over(DeployConfig config, Surroundings surroundings) {
        DeploymentOptions options = DeploymentOptions.DEFAULT;
        options = options.withWaitFor(config.waitFor().orElse(options.waitFor()));
        if (appSpec == null && config.appSpec().isPresent()) {
            options = options.withAppSpec(AppSpecFile.read(config.appSpec().get()));
        }
        return over(options, surroundings);
    }
}
