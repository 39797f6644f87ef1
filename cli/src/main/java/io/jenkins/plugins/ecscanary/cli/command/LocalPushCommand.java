package io.jenkins.plugins.ecscanary.cli.command;

import io.jenkins.plugins.ecscanary.cli.CliFailure;
import io.jenkins.plugins.ecscanary.cli.ExitCode;
import io.jenkins.plugins.ecscanary.cli.Surroundings;
import io.jenkins.plugins.ecscanary.cli.local.ImagePush;
import io.jenkins.plugins.ecscanary.cli.settings.AwsOptions;
import io.jenkins.plugins.ecscanary.cli.settings.RoleOptions;
import io.jenkins.plugins.ecscanary.engine.aws.AwsAccess;
import io.jenkins.plugins.ecscanary.engine.aws.Loopback;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import software.amazon.awssdk.auth.credentials.DefaultCredentialsProvider;
import software.amazon.awssdk.core.exception.SdkException;

/** {@code ecs-canary local push}. */
@Command(
        name = "push",
        description = "Pushes a runnable jar as an image into a local AWS. It gets HOST and PORT in its environment.")
public final class LocalPushCommand implements Callable<Integer> {

    /** A repository's name may have slashes; ECR's own rules are checked by the registry. */
    private static final Pattern TARGET =
            Pattern.compile("([a-z0-9][a-z0-9._/-]*):([A-Za-z0-9_][A-Za-z0-9_.-]{0,127})");

    private final Surroundings surroundings;

    @Parameters(index = "0", paramLabel = "JAR", description = "A jar with a Main-Class.")
    private Path jar;

    @Parameters(index = "1", paramLabel = "REPOSITORY:TAG", description = "Where to; the repository is created.")
    private String target;

    @Option(
            names = "--env",
            paramLabel = "NAME=VALUE",
            description = "The image's environment, under the task definition's own; may be given again.")
    private LinkedHashMap<String, String> environment;

    @Option(names = "--region", description = "Default: $AWS_REGION, $AWS_DEFAULT_REGION.")
    private String region;

    @Mixin
    private final AwsOptions aws = new AwsOptions();

    public LocalPushCommand(Surroundings surroundings) {
        this.surroundings = surroundings;
    }

    @Override
    public Integer call() throws IOException {
        Matcher parts = TARGET.matcher(target);
        if (!parts.matches()) {
            throw new CliFailure(ExitCode.USAGE, "'" + target + "' is no REPOSITORY:TAG such as web:2.0.0");
        }
        Path file = surroundings.directory().resolve(jar);
        if (!Files.isRegularFile(file)) {
            throw new CliFailure(ExitCode.USAGE, jar + ": there is no such file");
        }
        AwsAccess access = aws.access(region(), null, RoleOptions.Configured.NOTHING, surroundings);
        if (!Loopback.is(access.endpoint())) {
            throw new CliFailure(
                    ExitCode.USAGE,
                    "only a local AWS takes a jar for an image: give its --endpoint-url, or set AWS_ENDPOINT_URL"
                            + " ('ecs-canary local' prints it)");
        }
        try (DefaultCredentialsProvider keys =
                        DefaultCredentialsProvider.builder().build();
                ImagePush push = new ImagePush(access.endpoint(), access.region(), keys)) {
            Map<String, String> env = environment == null ? Map.of() : environment;
            ImagePush.Pushed pushed = push.push(file, parts.group(1), parts.group(2), env);
            surroundings.console().out(pushed.reference() + "@" + pushed.digest());
        } catch (SdkException e) {
            throw new CliFailure(
                    ExitCode.FAILED,
                    target + " could not be pushed to " + access.endpoint() + ": " + e.getMessage(),
                    e);
        }
        return ExitCode.OK.code();
    }

    private String region() {
        return java.util.Optional.ofNullable(region)
                .or(() -> surroundings.variable("AWS_REGION"))
                .or(() -> surroundings.variable("AWS_DEFAULT_REGION"))
                .orElseThrow(() -> new CliFailure(ExitCode.USAGE, "which region? Give --region, or set AWS_REGION"));
    }
}
