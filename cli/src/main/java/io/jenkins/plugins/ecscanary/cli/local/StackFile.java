package io.jenkins.plugins.ecscanary.cli.local;

import io.jenkins.plugins.ecscanary.cli.CliFailure;
import io.jenkins.plugins.ecscanary.cli.ExitCode;
import io.jenkins.plugins.ecscanary.localaws.cloudformation.StackTemplate;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/** A CloudFormation template in a file. */
public final class StackFile {

    /** What its stack is called if nobody says. */
    public static final String STACK = "ecs-canary";

    private StackFile() {}

    public static StackTemplate read(Path file) {
        return read(file, STACK, Map.of());
    }

    public static StackTemplate read(Path file, String stackName, Map<String, String> parameters) {
        try {
            return new StackTemplate(stackName, Files.readString(file), parameters);
        } catch (IllegalArgumentException e) {
            throw new CliFailure(ExitCode.USAGE, "--template: " + e.getMessage());
        } catch (IOException e) {
            throw new CliFailure(ExitCode.USAGE, "--template: " + file + " can't be read: " + e.getMessage());
        }
    }
}
