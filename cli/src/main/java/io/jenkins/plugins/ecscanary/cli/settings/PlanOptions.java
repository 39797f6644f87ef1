package io.jenkins.plugins.ecscanary.cli.settings;

import io.jenkins.plugins.ecscanary.cli.CliFailure;
import io.jenkins.plugins.ecscanary.cli.ExitCode;
import io.jenkins.plugins.ecscanary.engine.model.Criterion;
import java.time.Duration;
import java.util.List;
import picocli.CommandLine.Option;

/** How traffic is to be shifted and judged; whatever is not given is as it was. */
public final class PlanOptions {

    @Option(
            names = "--deployment-config",
            paramLabel = "NAME",
            description = "CodeDeploy deployment config. Default: the deployment group's own.")
    private String deploymentConfig;

    @Option(
            names = "--threshold",
            paramLabel = "PERCENT",
            description =
                    "Success rate wanted. Default: 99.5. It is what --create-alarms makes alarms for; without an alarm"
                            + " that sees the replacement nothing is stopped below it, and the verdict says so.")
    private Double threshold;

    @Option(
            names = "--datapoints",
            paramLabel = "N",
            description = "How many periods below the threshold are one too many. Default: 2.")
    private Integer datapoints;

    @Option(
            names = "--min-requests",
            paramLabel = "N",
            description = "Requests in a period below which nothing is judged by it. Default: 50.")
    private Integer minRequests;

    @Option(
            names = "--alarm",
            paramLabel = "NAME",
            description = "A further CloudWatch alarm that stops the deployment; may be given again.")
    private List<String> alarms;

    @Option(
            names = "--milestones",
            paramLabel = "WEIGHT",
            split = ",",
            description = "Weights at which a phase is reported. Default: 10,20,50,70,100.")
    private List<Integer> milestones;

    @Option(
            names = "--timeout",
            paramLabel = "TIME",
            converter = TimeSpan.class,
            description = "From start to verdict (90s, 45m, 2h); when it passes, the deployment is rolled back."
                    + " Default: 2h.")
    private Duration timeout;

    public PlanSettings over(PlanSettings base) {
        return new PlanSettings(
                deploymentConfig == null ? base.deploymentConfig() : deploymentConfig,
                criterion(base.criterion()),
                alarms == null ? base.alarms() : alarms,
                milestones == null ? base.milestones() : rising(milestones),
                timeout == null ? base.timeout() : timeout);
    }

    private Criterion criterion(Criterion base) {
        try {
            return new Criterion(
                    threshold == null ? base.threshold() : threshold,
                    datapoints == null ? base.datapoints() : datapoints,
                    minRequests == null ? base.minRequests() : minRequests,
                    base.period());
        } catch (IllegalArgumentException e) {
            throw new CliFailure(ExitCode.USAGE, e.getMessage(), e);
        }
    }

    private static List<Integer> rising(List<Integer> weights) {
        int previous = 0;
        for (int weight : weights) {
            if (weight <= previous || weight > 100) {
                throw new CliFailure(
                        ExitCode.USAGE, "--milestones " + weights + " do not rise from above 0 to at most 100");
            }
            previous = weight;
        }
        return weights;
    }
}
