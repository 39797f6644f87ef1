package io.jenkins.plugins.ecscanary.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.ecscanary.cli.Cli;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Timeout(60)
class LocalCommandTest {

    @TempDir
    Path directory;

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "ecs:DescribeServices | is not OPERATIONS=FAULT",
                "ecs:*=nothing | 'nothing' is no fault",
                "ecs:*=throttle@2 | above 0 and at most 1",
                "ec2:*=throttle | --fault: local-aws has no service 'ec2'",
                "ecs:DescribeService=throttle | --fault: local-aws has no operation ecs:DescribeService"
            })
    void aWrongFaultIsAUsageError(String fault, String why) {
        Cli cli = new Cli(directory);
        assertThat(cli.run("local", "--data", directory.toString(), "--fault", fault))
                .isEqualTo(2);
        assertThat(cli.err())
                .startsWith("ecs-canary: ")
                .contains("--fault", why)
                .doesNotContain("\tat ");
    }

    @Test
    void startsWithFaultsUntilItIsStopped() {
        Cli cli = new Cli(directory).interrupted();
        assertThat(cli.run(
                        "local",
                        "--data",
                        directory.toString(),
                        "--aws-throttling",
                        "--fault",
                        "codedeploy:CreateDeployment=error:503,after@next:1",
                        "--fault=ecs:Describe*=slow:250ms@0.5",
                        "--fault-seed",
                        "7"))
                .as(cli.err())
                .isZero();
        assertThat(cli.out()).contains("AWS_ENDPOINT_URL=http://127.0.0.1:");
    }

    @Test
    void stateTakesTheWholeDirectory() {
        Cli cli = new Cli(directory).interrupted();
        String state = directory.resolve("kept").toString();
        assertThat(cli.run("local", "--state", state, "--data", directory.toString()))
                .isEqualTo(2);
        assertThat(cli.err()).contains("leave --data out");
        assertThat(directory.resolve("kept")).doesNotExist();

        assertThat(cli.run("local", "--state", state)).isZero();
        assertThat(directory.resolve("kept/state/state.json")).isRegularFile();
        assertThat(cli.run("local", "--state", state)).as(cli.err()).isZero();
    }

    @Test
    void damagedStateIsOneClearError() throws Exception {
        Cli cli = new Cli(directory).interrupted();
        Path manifest = Files.createDirectories(directory.resolve("kept/state")).resolve("state.json");
        Files.writeString(manifest, "{");
        assertThat(cli.run("local", "--state", directory.resolve("kept").toString()))
                .isEqualTo(1);
        assertThat(cli.err()).isEqualTo("ecs-canary: " + manifest + ": is damaged: it is not JSON\n");
        assertThat(manifest).hasContent("{");
    }

    @Test
    void aTemplatesStackIsKept() throws Exception {
        Path template = Files.writeString(
                directory.resolve("stack.yaml"),
                """
                Parameters:
                  Days: {Type: Number}
                Resources:
                  Logs: {Type: AWS::Logs::LogGroup, Properties: {RetentionInDays: !Ref Days}}
                """);
        String state = directory.resolve("kept").toString();
        Cli cli = new Cli(directory).interrupted();
        assertThat(cli.run("local", "--state", state, "--template", template.toString(), "--parameter", "Days=7"))
                .as(cli.err())
                .isZero();
        assertThat(cli.out()).contains("cloudformation ecs-canary: CREATE_IN_PROGRESS");
        Cli again = new Cli(directory).interrupted();
        assertThat(again.run("local", "--state", state, "--template", template.toString(), "--parameter", "Days=7"))
                .as(again.err())
                .isZero();
        assertThat(again.out()).contains("cloudformation: 1 stacks restored").doesNotContain("User Initiated");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{} | --template: Template format error: At least one Resources member must be defined.",
                "{'Resources': {'A': {'Type': 'AWS::S3::Bucket'}}} | Unrecognized resource types: [AWS::S3::Bucket]",
                "{'Resources': {'A': {'Type': 'AWS::EC2::VPC', 'Properties': {'X': {'Ref': 'B'}}}}}"
                        + " | Unresolved resource dependencies [B] in the Resources block",
                "[] | --template: Template format error: unsupported structure."
            })
    void aWrongTemplateIsAUsageError(String template, String why) throws Exception {
        Path file = Files.writeString(directory.resolve("stack.json"), template.replace('\'', '"'));
        Cli cli = new Cli(directory);
        assertThat(cli.run("local", "--data", directory.toString(), "--template", file.toString()))
                .isEqualTo(2);
        assertThat(cli.err())
                .startsWith("ecs-canary: --template: ")
                .contains(why)
                .doesNotContain("\tat ");
    }

    @Test
    void aParameterNeedsATemplateAndATemplateAFile() {
        Cli cli = new Cli(directory);
        assertThat(cli.run("local", "--parameter", "A=1")).isEqualTo(2);
        assertThat(cli.err()).contains("--parameter belongs to a --template");
        assertThat(cli.run("local", "--template", directory.resolve("none").toString()))
                .isEqualTo(2);
        assertThat(cli.err()).contains("none can't be read");
    }
}
