package io.jenkins.plugins.ecscanary.cli.settings;

import io.jenkins.plugins.ecscanary.engine.model.DeploymentOptions;
import picocli.CommandLine.Option;

/** What a deployment is watched by and what is kept of its failures; whatever is not given is as it was. */
public final class WatchingOptions {

    @Option(
            names = "--create-alarms",
            negatable = true,
            description = "Create a success-rate alarm for each target group that has none. Default: none is created.")
    private Boolean createAlarms;

    @Option(
            names = "--task-logs",
            negatable = true,
            description = "Record the last log lines of tasks that fail. Default: no, since logs may hold secrets.")
    private Boolean taskLogs;

    public DeploymentOptions over(DeploymentOptions base) {
        DeploymentOptions options = createAlarms == null ? base : base.withCreateAlarms(createAlarms);
        return taskLogs == null ? options : options.withTaskLogs(taskLogs);
    }
}
