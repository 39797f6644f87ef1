package io.jenkins.plugins.ecscanary.cli.settings;

import io.jenkins.plugins.ecscanary.cli.CliFailure;
import io.jenkins.plugins.ecscanary.cli.ExitCode;
import io.jenkins.plugins.ecscanary.cli.Surroundings;
import io.jenkins.plugins.ecscanary.cli.terminal.Figures;
import io.jenkins.plugins.ecscanary.engine.aws.AwsAccess;
import io.jenkins.plugins.ecscanary.engine.aws.Loopback;
import io.jenkins.plugins.ecscanary.engine.time.EngineTime;
import io.jenkins.plugins.ecscanary.engine.time.WallTime;
import java.net.URI;
import java.net.URISyntaxException;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** How AWS is reached; the keys come from where the AWS CLI takes them. */
public final class AwsOptions {

    @Option(
            names = "--endpoint-url",
            paramLabel = "URL",
            description = "One address for every AWS service, such as that of 'ecs-canary local'."
                    + " Default: $AWS_ENDPOINT_URL, else AWS.")
    private String endpointUrl;

    @Option(
            names = "--speed",
            paramLabel = "N",
            description =
                    "How many times as fast the clock of a local AWS runs; only with an endpoint on this machine.")
    private Double speed;

    @Mixin
    private final RoleOptions role = new RoleOptions();

    /** An AWS and its clock. */
    public record Reach(AwsAccess access, EngineTime time) {}

    /**
     * @param region as resolved by the command
     * @param configured the endpoint of deploy.config, or null
     * @param configuredRole of deploy.config, where one is read
     * @param usualSpeed where none is given
     */
    public Reach reach(
            String region,
            URI configured,
            RoleOptions.Configured configuredRole,
            double usualSpeed,
            Surroundings surroundings) {
        URI endpoint = endpoint(configured, surroundings);
        double wanted = speed == null ? usualSpeed : speed;
        if (wanted != 1 && !Loopback.is(endpoint)) {
            throw new CliFailure(
                    ExitCode.USAGE,
                    "speed " + Figures.factor(wanted) + " is only for a local AWS, and the endpoint is "
                            + (endpoint == null ? "AWS itself" : endpoint)
                            + ", whose clock runs as it does; leave --speed out, or give --endpoint-url http://127.0.0.1:…");
        }
        try {
            return new Reach(new AwsAccess(region, endpoint, null, role.role(configuredRole)), new WallTime(wanted));
        } catch (IllegalArgumentException e) {
            throw new CliFailure(ExitCode.USAGE, "--speed: " + e.getMessage(), e);
        }
    }

    /** As {@link #reach}, without a clock. */
    public AwsAccess access(
            String region, URI configured, RoleOptions.Configured configuredRole, Surroundings surroundings) {
        return new AwsAccess(region, endpoint(configured, surroundings), null, role.role(configuredRole));
    }

    private URI endpoint(URI configured, Surroundings surroundings) {
        if (endpointUrl != null) {
            return url("--endpoint-url", endpointUrl);
        }
        if (configured != null) {
            return configured;
        }
        return surroundings
                .variable("AWS_ENDPOINT_URL")
                .map(value -> url("AWS_ENDPOINT_URL", value))
                .orElse(null);
    }

    private static URI url(String name, String given) {
        try {
            URI uri = new URI(given);
            if (uri.getHost() != null && ("http".equals(uri.getScheme()) || "https".equals(uri.getScheme()))) {
                return uri;
            }
        } catch (URISyntaxException e) {
            throw notUrl(name, given, e);
        }
        throw notUrl(name, given, null);
    }

    private static CliFailure notUrl(String name, String given, Exception cause) {
        return new CliFailure(
                ExitCode.USAGE, name + " is '" + given + "', not a URL such as http://127.0.0.1:4566", cause);
    }
}
