package io.jenkins.plugins.ecscanary.localaws.wire;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The real AWS CLI, where this machine has one (or several versions). */
public record AwsCli(Path executable) {

    /** Every {@code aws} found, the one of the distribution included; one that has several paths, once. */
    public static List<AwsCli> installed() {
        Map<Path, Path> found = new LinkedHashMap<>();
        Stream.concat(Stream.of("/usr/bin"), Stream.of(System.getenv("PATH").split(":")))
                .map(folder -> Path.of(folder, "aws"))
                .filter(Files::isExecutable)
                .forEach(path -> found.putIfAbsent(real(path), path));
        return found.values().stream().map(AwsCli::new).toList();
    }

    /** {@code /bin} is often another name of {@code /usr/bin}. */
    private static Path real(Path path) {
        try {
            return path.toRealPath();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Whether AWS_ENDPOINT_URL is understood: since 2.13, and since 1.29 in version 1. */
    public boolean knowsEndpointVariable() {
        Matcher version = Pattern.compile("aws-cli/(\\d+)\\.(\\d+)").matcher(version());
        if (!version.find()) {
            return false;
        }
        int major = Integer.parseInt(version.group(1));
        int minor = Integer.parseInt(version.group(2));
        return major == 1 ? minor >= 29 : major > 2 || minor >= 13;
    }

    private String version() {
        try {
            Process process = new ProcessBuilder(executable.toString(), "--version")
                    .redirectErrorStream(true)
                    .start();
            return new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Runs {@code aws <arguments>} with the fixture's keys and nothing else from this machine's configuration. */
    public Result run(URI endpoint, String key, String secret, String region, Path home, String... arguments) {
        List<String> command = new ArrayList<>(List.of(executable.toString(), "--endpoint-url", endpoint.toString()));
        command.addAll(List.of(arguments));
        ProcessBuilder builder = new ProcessBuilder(command);
        builder.environment().keySet().removeIf(name -> name.startsWith("AWS_") || name.endsWith("_proxy"));
        builder.environment().put("AWS_ACCESS_KEY_ID", key);
        builder.environment().put("AWS_SECRET_ACCESS_KEY", secret);
        builder.environment().put("AWS_DEFAULT_REGION", region);
        builder.environment().put("AWS_DEFAULT_OUTPUT", "json");
        builder.environment().put("AWS_ENDPOINT_URL", endpoint.toString());
        builder.environment().put("AWS_PAGER", "");
        builder.environment().put("AWS_EC2_METADATA_DISABLED", "true");
        builder.environment().put("AWS_CONFIG_FILE", home.resolve("config").toString());
        builder.environment()
                .put("AWS_SHARED_CREDENTIALS_FILE", home.resolve("credentials").toString());
        try {
            // Version 1 would print time stamps as each protocol has them.
            Files.writeString(home.resolve("config"), "[default]\ncli_timestamp_format = iso8601\n");
            Path out = Files.createTempFile(home, "aws", ".out");
            Path err = Files.createTempFile(home, "aws", ".err");
            Process process = builder.redirectOutput(out.toFile())
                    .redirectError(err.toFile())
                    .start();
            process.getOutputStream().close();
            if (!process.waitFor(120, TimeUnit.SECONDS)) {
                process.destroyForcibly();
                throw new IllegalStateException("aws " + String.join(" ", arguments) + " does not end");
            }
            return new Result(process.exitValue(), Files.readString(out), Files.readString(err));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** What the command left behind. */
    public record Result(int exit, String out, String err) {}
}
