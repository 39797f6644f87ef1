package io.jenkins.plugins.ecscanary.cli.command;

import io.jenkins.plugins.ecscanary.cli.CliFailure;
import io.jenkins.plugins.ecscanary.cli.ExitCode;
import io.jenkins.plugins.ecscanary.cli.Surroundings;
import io.jenkins.plugins.ecscanary.cli.settings.DeployOptions;
import io.jenkins.plugins.ecscanary.cli.settings.RoleOptions;
import io.jenkins.plugins.ecscanary.engine.iam.Feature;
import io.jenkins.plugins.ecscanary.engine.iam.Permission;
import io.jenkins.plugins.ecscanary.engine.iam.Permissions;
import io.jenkins.plugins.ecscanary.engine.iam.Policy;
import io.jenkins.plugins.ecscanary.engine.model.DeploymentOptions;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code ecs-canary iam}. */
@Command(
        name = "iam",
        description = {
            "Prints the IAM policy that is needed to deploy what deploy.config and the options say; nothing is asked of AWS.",
            "It takes deploy's options, because what is deployed and how says what has to be allowed."
        })
public final class IamCommand implements Callable<Integer> {

    private final Surroundings surroundings;

    @Option(
            names = "--feature",
            paramLabel = "FEATURE",
            split = ",",
            description = "What has to be possible; may be given again: deploy, redeploy, watch, roll-back, promote,"
                    + " inspect, before-traffic, retention, image-checks, require-scan, override-alarms, create-alarms, task-logs, assume-role (for the identity that assumes the role)."
                    + " Default: what deploy.config and the options turn on.")
    private List<String> features;

    @Option(
            names = "--account",
            paramLabel = "DIGITS",
            description = "The AWS account the service is in. Default: that of the role to assume.")
    private String account;

    @Option(
            names = "--explain",
            description = "Instead of the policy: each action, what it is for, and which call needs it.")
    private boolean explain;

    @Mixin
    private final DeployOptions deploy = new DeployOptions();

    @Mixin
    private final RoleOptions role = new RoleOptions();

    public IamCommand(Surroundings surroundings) {
        this.surroundings = surroundings;
    }

    @Override
    public Integer call() {
        DeployOptions.PolicyWanted wanted = deploy.policy(account, role, surroundings);
        Set<Feature> asked = features == null ? usual(wanted.options()) : named(features);
        if (explain) {
            Permissions.of(asked).stream().map(IamCommand::line).sorted().forEach(surroundings.console()::out);
            return ExitCode.OK.code();
        }
        if (asked.equals(Set.of(Feature.ASSUME_ROLE)) && wanted.scope().role() == null) {
            throw new CliFailure(
                    ExitCode.USAGE, "which role? Give --role-arn, or ROLE_ARN=… in deploy.config: none is assumed yet");
        }
        surroundings.console().out(Policy.json(asked, wanted.scope()));
        return ExitCode.OK.code();
    }

    /** All that these settings make happen; assuming the role is another identity's business. */
    private static Set<Feature> usual(DeploymentOptions options) {
        Set<Feature> usual = EnumSet.of(
                Feature.DEPLOY,
                Feature.REDEPLOY,
                Feature.WATCH,
                Feature.ROLL_BACK,
                Feature.PROMOTE,
                Feature.INSPECT,
                Feature.IMAGE_CHECKS,
                Feature.OVERRIDE_ALARMS);
        if (options.keepRevisions() != null) {
            usual.add(Feature.RETENTION);
        }
        if (options.beforeTraffic() != null) {
            usual.add(Feature.BEFORE_TRAFFIC);
        }
        if (options.createAlarms()) {
            usual.add(Feature.CREATE_ALARMS);
        }
        if (options.taskLogs()) {
            usual.add(Feature.TASK_LOGS);
        }
        if (options.requireScan() != null) {
            usual.add(Feature.REQUIRE_SCAN);
        }
        return usual;
    }

    private static Set<Feature> named(List<String> labels) {
        try {
            return labels.stream()
                    .map(Feature::of)
                    .collect(Collectors.toCollection(() -> EnumSet.noneOf(Feature.class)));
        } catch (IllegalArgumentException e) {
            throw new CliFailure(ExitCode.USAGE, "--feature: " + e.getMessage(), e);
        }
    }

    private static String line(Permission permission) {
        String features =
                permission.features().stream().sorted().map(Feature::label).collect(Collectors.joining(", "));
        String why = permission.implied() == null
                ? "called by " + permission.call()
                : permission.implied() + (permission.call() == null ? "" : " (" + permission.call() + ")");
        return permission.action() + ": " + features + "; " + why;
    }
}
