package io.jenkins.plugins.ecscanary.cli.settings;

import io.jenkins.plugins.ecscanary.cli.CliFailure;
import io.jenkins.plugins.ecscanary.cli.ExitCode;
import io.jenkins.plugins.ecscanary.cli.Surroundings;
import io.jenkins.plugins.ecscanary.engine.aws.AwsAccess;
import io.jenkins.plugins.ecscanary.engine.time.EngineTime;
import io.jenkins.plugins.ecscanary.engine.time.WallTime;
import java.net.URI;
import java.net.URISyntaxException;
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
            description = "How many times as fast the clock of a local AWS runs; only with an endpoint on this machine.")
    private Double speed;

    /** @param region as resolved by the command */
    public AwsAccess access(String region, Surroundings surroundings) {
        return new AwsAccess(region, endpoint(surroundings), null);
    }

    /** @param recorded the speed a record was made with, used where none is given; 1 for none */
    public EngineTime time(double recorded, Surroundings surroundings) {
        double wanted = speed == null ? recorded : speed;
        if (wanted != 1 && !Loopback.is(endpoint(surroundings))) {
            throw new CliFailure(
                    ExitCode.USAGE,
                    "--speed " + plain(wanted) + " is only for a local AWS: the endpoint "
                            + (endpoint(surroundings) == null ? "is AWS itself" : endpoint(surroundings))
                            + ", whose clock runs as it does. Leave --speed out, or give --endpoint-url http://127.0.0.1:…");
        }
        try {
            return new WallTime(wanted);
        } catch (IllegalArgumentException e) {
            throw new CliFailure(ExitCode.USAGE, "--speed: " + e.getMessage(), e);
        }
    }

    private URI endpoint(Surroundings surroundings) {
        String given = endpointUrl == null
                ? surroundings.variable("AWS_ENDPOINT_URL").orElse(null)
                : endpointUrl;
        if (given == null) {
            return null;
        }
        try {
            URI uri = new URI(given);
            if (uri.getHost() != null && ("http".equals(uri.getScheme()) || "https".equals(uri.getScheme()))) {
                return uri;
            }
        } catch (URISyntaxException e) {
            throw notAnEndpoint(given);
        }
        throw notAnEndpoint(given);
    }

    private CliFailure notAnEndpoint(String given) {
        return new CliFailure(
                ExitCode.USAGE,
                (endpointUrl == null ? "AWS_ENDPOINT_URL" : "--endpoint-url") + " is '" + given
                        + "', not a URL such as http://127.0.0.1:4510");
    }

    private static String plain(double value) {
        return value == Math.rint(value) ? String.valueOf((long) value) : String.valueOf(value);
    }
}
