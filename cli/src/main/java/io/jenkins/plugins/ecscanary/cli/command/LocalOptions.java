package io.jenkins.plugins.ecscanary.cli.command;

import io.jenkins.plugins.ecscanary.cli.CliFailure;
import io.jenkins.plugins.ecscanary.cli.ExitCode;
import io.jenkins.plugins.ecscanary.localaws.LocalAwsOptions;
import io.jenkins.plugins.ecscanary.localaws.function.FunctionTarget;
import io.jenkins.plugins.ecscanary.localaws.reference.ReferenceSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Consumer;
import picocli.CommandLine.Option;

/** How a local AWS is started. */
final class LocalOptions {

    @Option(
            names = "--port",
            paramLabel = "PORT",
            defaultValue = "0",
            description = "Port of the AWS endpoint on 127.0.0.1. Default: a free one.")
    private int port;

    @Option(
            names = "--data",
            paramLabel = "DIR",
            description = "Where images and the tasks' working directories are. Default: a temporary directory.")
    private Path data;

    @Option(
            names = "--template",
            paramLabel = "FILE",
            description = "The reference service's task definition. Default: the sample service's.")
    private Path template;

    @Option(
            names = "--function",
            paramLabel = "NAME=TARGET",
            description =
                    "What a Lambda function is that an AppSpec's hook names: http://127.0.0.1:PORT/PATH, which gets the"
                            + " payload as a POST, or the path of a program, which gets it on standard input. May be given again.")
    private Map<String, String> functions = new LinkedHashMap<>();

    Path data() throws IOException {
        return data == null ? Files.createTempDirectory("ecs-canary-local") : data;
    }

    Path template(Path data) throws IOException {
        if (template != null) {
            return template;
        }
        try (var bundled = LocalOptions.class.getResourceAsStream("taskdef.json.tpl")) {
            if (bundled == null) {
                throw new IllegalStateException("the sample service's task definition is not in the jar");
            }
            Path file = Files.createDirectories(data).resolve("sample-taskdef.json.tpl");
            Files.write(file, bundled.readAllBytes());
            return file;
        }
    }

    LocalAwsOptions aws(Path directory, Consumer<String> log) {
        if (port < 0 || port > 65535) {
            throw new CliFailure(ExitCode.USAGE, "--port is " + port + ", not between 1 and 65535 (0: a free one)");
        }
        LocalAwsOptions options = LocalAwsOptions.in(directory).withPort(port).withLog(log);
        for (Map.Entry<String, String> function : functions.entrySet()) {
            options = withFunction(options, function.getKey(), function.getValue());
        }
        return options;
    }

    private static LocalAwsOptions withFunction(LocalAwsOptions options, String name, String text) {
        try {
            FunctionTarget target = FunctionTarget.parse(text);
            if (target instanceof FunctionTarget.Command && !runs(Path.of(text))) {
                throw new IllegalArgumentException(text + " is neither an http:// URL nor a program that can be run");
            }
            return options.withFunction(name, target);
        } catch (IllegalArgumentException e) {
            throw new CliFailure(ExitCode.USAGE, "--function " + name + "=" + text + ": " + e.getMessage());
        }
    }

    private static boolean runs(Path program) {
        return Files.isRegularFile(program) && Files.isExecutable(program);
    }

    static Path jar(Path jar) {
        if (!Files.isRegularFile(jar)) {
            throw new CliFailure(ExitCode.USAGE, jar + ": there is no such file");
        }
        return jar;
    }

    static ReferenceSettings reference() {
        return ReferenceSettings.defaults();
    }
}
