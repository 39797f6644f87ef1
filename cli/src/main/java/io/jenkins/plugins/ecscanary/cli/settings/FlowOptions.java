package io.jenkins.plugins.ecscanary.cli.settings;

import io.jenkins.plugins.ecscanary.engine.model.DeploymentOptions;
import io.jenkins.plugins.ecscanary.engine.model.WaitFor;
import picocli.CommandLine.Option;

/** What happens around the shifting of traffic; whatever is not given is as it was. */
public final class FlowOptions {

    @Option(
            names = "--wait-for",
            paramLabel = "WHAT",
            description = "When it counts as promoted: 'completed' by AWS, its termination wait included, or already"
                    + " 'shifted', which is provisional: AWS can still roll back during that wait. Default: completed.")
    private WaitFor waitFor;

    public DeploymentOptions over(DeploymentOptions base) {
        return waitFor == null ? base : base.withWaitFor(waitFor);
    }
}
