package io.jenkins.plugins.ecscanary.cli.settings;

import io.jenkins.plugins.ecscanary.cli.CliFailure;
import io.jenkins.plugins.ecscanary.cli.ExitCode;
import io.jenkins.plugins.ecscanary.engine.aws.RoleToAssume;
import io.jenkins.plugins.ecscanary.engine.config.DeployConfig;
import java.util.Optional;
import picocli.CommandLine.Option;

/** The role that calls are made as, if any. */
public final class RoleOptions {

    @Option(
            names = "--role-arn",
            paramLabel = "ARN",
            description = "A role to assume for all calls; its keys are renewed for as long as needed.")
    private String roleArn;

    @Option(names = "--external-id", paramLabel = "ID", description = "What the role's trust policy asks for.")
    private String externalId;

    @Option(
            names = "--role-session-name",
            paramLabel = "NAME",
            description = "Who acts as the role, for CloudTrail. Default: who starts it.")
    private String sessionName;

    /**
     * What deploy.config says about it; each member may be null.
     *
     * @param startedBy whom the session is named after where nothing else is said, or null for user@host
     */
    public record Configured(String roleArn, String externalId, String sessionName, String startedBy) {

        /** Where no deploy.config is read. */
        public static final Configured NOTHING = by(null);

        /** Where no deploy.config is read; whom the session is named after, or null for user@host. */
        public static Configured by(String startedBy) {
            return new Configured(null, null, null, startedBy);
        }

        static Configured of(Optional<DeployConfig> config, String startedBy) {
            return new Configured(
                    config.flatMap(DeployConfig::roleArn).orElse(null),
                    config.flatMap(DeployConfig::externalId).orElse(null),
                    config.flatMap(DeployConfig::roleSessionName).orElse(null),
                    startedBy);
        }
    }

    Optional<RoleToAssume> role(Configured configured) {
        String arn = first(roleArn, configured.roleArn());
        String external = first(externalId, configured.externalId());
        String session = first(sessionName, configured.sessionName());
        if (arn == null) {
            if (external != null || session != null) {
                throw new CliFailure(
                        ExitCode.USAGE,
                        (external != null ? "an external id" : "a role session name")
                                + " is given, but no role: give --role-arn, or ROLE_ARN=… in deploy.config, or leave it out");
            }
            return Optional.empty();
        }
        try {
            return Optional.of(new RoleToAssume(
                    arn,
                    external,
                    session == null ? RoleToAssume.sessionName(StartedBy.orDefault(configured.startedBy())) : session,
                    RoleToAssume.USUAL_DURATION));
        } catch (IllegalArgumentException e) {
            throw new CliFailure(ExitCode.USAGE, "the role to assume: " + e.getMessage(), e);
        }
    }

    private static String first(String given, String configured) {
        return given == null ? configured : given;
    }
}
