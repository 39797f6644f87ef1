package io.jenkins.plugins.ecscanary.cli.command;

import io.jenkins.plugins.ecscanary.cli.CliFailure;
import io.jenkins.plugins.ecscanary.cli.ExitCode;
import io.jenkins.plugins.ecscanary.cli.local.StackFile;
import io.jenkins.plugins.ecscanary.localaws.LocalAwsOptions;
import io.jenkins.plugins.ecscanary.localaws.cloudformation.StackTemplate;
import io.jenkins.plugins.ecscanary.localaws.faults.FaultRule;
import io.jenkins.plugins.ecscanary.localaws.function.FunctionTarget;
import io.jenkins.plugins.ecscanary.localaws.reference.ReferenceSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
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
            names = "--state",
            paramLabel = "DIR",
            description =
                    "Keep everything in this directory and take it up from there at the next start: what is deployed,"
                            + " images and the clock. Instead of --data. Default: all is gone at the end.")
    private Path state;

    @Option(
            names = "--task-definition-template",
            paramLabel = "FILE",
            description = "The reference service's task definition. Default: the sample service's.")
    private Path taskDefinitionTemplate;

    @Option(
            names = "--template",
            paramLabel = "FILE",
            description =
                    "A CloudFormation template, JSON or YAML: a stack is created from it at the start. With --reference"
                            + " it has to be the reference service's, whose first image is then that jar.")
    private Path template;

    @Option(
            names = "--parameter",
            paramLabel = "NAME=VALUE",
            description = "A parameter of the template; may be given again.")
    private Map<String, String> parameters = new LinkedHashMap<>();

    @Option(
            names = "--stack-name",
            paramLabel = "NAME",
            defaultValue = StackFile.STACK,
            description = "The name of the template's stack. Default: " + StackFile.STACK + ".")
    private String stackName;

    @Option(
            names = "--function",
            paramLabel = "NAME=TARGET",
            description =
                    "What a Lambda function is that an AppSpec's hook names: http://127.0.0.1:PORT/PATH, which gets the"
                            + " payload as a POST, or the path of a program, which gets it on standard input. May be given again.")
    private Map<String, String> functions = new LinkedHashMap<>();

    @Option(
            names = "--secret",
            paramLabel = "VALUE_FROM=VALUE",
            description =
                    "What a secret is that a task definition names by VALUE_FROM, the ARN of a secret or a parameter or a"
                            + " parameter's name; a made-up value, for it can be seen among this machine's processes. May be"
                            + " given again.")
    private Map<String, String> secrets = new LinkedHashMap<>();

    @Option(
            names = "--fault",
            paramLabel = "OPERATIONS=FAULT",
            converter = FaultConverter.class,
            description = {
                "What goes wrong with calls; may be given again. OPERATIONS is SERVICE:OPERATION, SERVICE:Prefix*,"
                        + " SERVICE:* or *. FAULT is throttle, error[:500|503][,after], reset[:after], slow:TIME,"
                        + " stale:AGE or buckets, then @PROBABILITY or @next:CALLS.",
                "Such as ecs:DescribeServices=throttle@0.1",
            })
    private List<FaultRule> faults;

    @Option(
            names = "--fault-seed",
            paramLabel = "N",
            defaultValue = "1",
            description = "Seed of the faults' probabilities. Default: 1.")
    private long faultSeed;

    @Option(
            names = "--aws-throttling",
            description = "Throttle calls by AWS's token buckets, as far as it publishes them. The same as"
                    + " --fault '*=buckets'.")
    private boolean awsThrottling;

    /** Where everything is. */
    Path data() throws IOException {
        if (state != null && data != null) {
            throw new CliFailure(ExitCode.USAGE, "--state keeps images too: leave --data out");
        }
        if (state != null) {
            return state;
        }
        return data == null ? Files.createTempDirectory("ecs-canary-local") : data;
    }

    /** What it is furnished from, if a template is given. */
    Optional<StackTemplate> stack() {
        if (template == null) {
            if (!parameters.isEmpty()) {
                throw new CliFailure(ExitCode.USAGE, "--parameter belongs to a --template");
            }
            return Optional.empty();
        }
        return Optional.of(StackFile.read(template, stackName, parameters));
    }

    Path taskDefinitionTemplate(Path data) throws IOException {
        if (taskDefinitionTemplate != null) {
            return taskDefinitionTemplate;
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

    /** @param data as {@link #data} answered */
    LocalAwsOptions aws(Path data, Consumer<String> log) {
        if (port < 0 || port > 65535) {
            throw new CliFailure(ExitCode.USAGE, "--port is " + port + ", not between 1 and 65535 (0: a free one)");
        }
        LocalAwsOptions options = LocalAwsOptions.in(data.resolve("aws"))
                .withPort(port)
                .withLog(log)
                .withFaults(faults())
                .withFaultSeed(faultSeed);
        for (Map.Entry<String, String> function : functions.entrySet()) {
            options = withFunction(options, function.getKey(), function.getValue());
        }
        for (Map.Entry<String, String> secret : secrets.entrySet()) {
            options = options.withSecret(secret.getKey(), secret.getValue());
        }
        return state == null ? options : options.withState(data.resolve("state"));
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

    private List<FaultRule> faults() {
        List<FaultRule> all = faults == null ? new ArrayList<>() : new ArrayList<>(faults);
        if (awsThrottling) {
            all.add(FaultRule.awsThrottling());
        }
        return all;
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
