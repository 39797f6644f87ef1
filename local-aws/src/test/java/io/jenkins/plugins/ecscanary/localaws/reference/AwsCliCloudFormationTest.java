package io.jenkins.plugins.ecscanary.localaws.reference;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.jenkins.plugins.ecscanary.localaws.LocalAws;
import io.jenkins.plugins.ecscanary.localaws.LocalAwsOptions;
import io.jenkins.plugins.ecscanary.localaws.faults.FaultRule;
import io.jenkins.plugins.ecscanary.localaws.wire.AwsCli;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/** {@code aws cloudformation deploy} and its like, by every AWS CLI of this machine. */
class AwsCliCloudFormationTest {

    private static final String TEMPLATE =
            """
            Description: A cluster and its log
            Parameters:
              Days:
                Type: Number
                Default: 7
            Conditions:
              Long: !Not [!Equals [!Ref Days, 7]]
            Resources:
              Logs:
                Type: AWS::Logs::LogGroup
                Properties:
                  LogGroupName: !Sub "/ecs/${AWS::StackName}"
                  RetentionInDays: !Ref Days
              Cluster:
                Type: AWS::ECS::Cluster
              Role:
                Type: AWS::IAM::Role
                Properties:
                  AssumeRolePolicyDocument: {Version: 2012-10-17, Statement: []}
            Outputs:
              Cluster:
                Value: !GetAtt Cluster.Arn
              LogsKept:
                Value: !If [Long, long, short]
            """;

    @TempDir
    Path directory;

    @TestFactory
    Stream<DynamicTest> deploys() {
        return AwsCli.installed().stream()
                .map(cli -> DynamicTest.dynamicTest(cli.executable().toString(), () -> deploys(cli)));
    }

    private void deploys(AwsCli cli) throws IOException {
        Path home = Files.createTempDirectory(directory, "home");
        Path template = Files.writeString(home.resolve("template.yaml"), TEMPLATE);
        try (LocalAws aws =
                LocalAws.start(LocalAwsOptions.in(home.resolve("aws")).withSpeed(1000))) {
            // The CLI looks at a stack at once and then every 30 s. Its clock being this fast, it is done by the time
            // of
            // the first look, if the answer to what began it takes a moment.
            aws.faults().switchOn(FaultRule.parse("cloudformation:ExecuteChangeSet=slow:1s"));
            aws.faults().switchOn(FaultRule.parse("cloudformation:DeleteStack=slow:1s"));
            AwsCli.Result refused = run(aws, cli, home, deployment(template));
            assertThat(refused.exit()).isNotZero();
            assertThat(refused.err()).contains("InsufficientCapabilitiesException", "CAPABILITY_IAM");

            ok(aws, cli, home, deployment(template, "--capabilities", "CAPABILITY_IAM", "--tags", "team=web"));
            JsonNode stack = stack(aws, cli, home);
            assertThat(stack.path("StackStatus").asText()).isEqualTo("CREATE_COMPLETE");
            assertThat(stack.path("Outputs").findValuesAsText("OutputValue")).contains("short");
            assertThat(stack.at("/Tags/0/Key").asText()).isEqualTo("team");

            ok(
                    aws,
                    cli,
                    home,
                    deployment(template, "--capabilities", "CAPABILITY_IAM", "--parameter-overrides", "Days=30"));
            stack = stack(aws, cli, home);
            assertThat(stack.path("StackStatus").asText()).isEqualTo("UPDATE_COMPLETE");
            assertThat(stack.path("Outputs").findValuesAsText("OutputValue")).contains("long");
            assertThat(json(aws, cli, home, "logs", "describe-log-groups")
                            .at("/logGroups/0/retentionInDays")
                            .asInt())
                    .isEqualTo(30);

            AwsCli.Result same = run(
                    aws,
                    cli,
                    home,
                    deployment(template, "--capabilities", "CAPABILITY_IAM", "--no-fail-on-empty-changeset"));
            assertThat(same.exit()).as(same.err()).isZero();
            assertThat(same.out() + same.err()).contains("No changes to deploy");

            JsonNode events = json(aws, cli, home, "cloudformation", "describe-stack-events", "--stack-name", "demo");
            assertThat(events.path("StackEvents").findValuesAsText("ResourceStatus"))
                    .contains("CREATE_COMPLETE", "UPDATE_COMPLETE_CLEANUP_IN_PROGRESS", "REVIEW_IN_PROGRESS");
            assertThat(json(aws, cli, home, "cloudformation", "list-stack-resources", "--stack-name", "demo")
                            .path("StackResourceSummaries"))
                    .hasSize(3);
            assertThat(json(aws, cli, home, "cloudformation", "get-template", "--stack-name", "demo")
                            .path("TemplateBody")
                            .asText())
                    .isEqualTo(TEMPLATE);
            assertThat(json(
                                    aws,
                                    cli,
                                    home,
                                    "cloudformation",
                                    "validate-template",
                                    "--template-body",
                                    "file://" + template)
                            .at("/Parameters/0/ParameterKey")
                            .asText())
                    .isEqualTo("Days");

            ok(aws, cli, home, "cloudformation", "delete-stack", "--stack-name", "demo");
            ok(aws, cli, home, "cloudformation", "wait", "stack-delete-complete", "--stack-name", "demo");
            AwsCli.Result gone = run(aws, cli, home, "cloudformation", "describe-stacks", "--stack-name", "demo");
            assertThat(gone.err()).contains("ValidationError", "Stack with id demo does not exist");
            assertThat(json(aws, cli, home, "ecs", "list-clusters").path("clusterArns"))
                    .isEmpty();
        }
    }

    private static String[] deployment(Path template, String... more) {
        return Stream.concat(
                        Stream.of(
                                "cloudformation",
                                "deploy",
                                "--stack-name",
                                "demo",
                                "--template-file",
                                template.toString()),
                        Stream.of(more))
                .toArray(String[]::new);
    }

    private static JsonNode stack(LocalAws aws, AwsCli cli, Path home) throws IOException {
        return json(aws, cli, home, "cloudformation", "describe-stacks", "--stack-name", "demo")
                .at("/Stacks/0");
    }

    private static JsonNode json(LocalAws aws, AwsCli cli, Path home, String... arguments) throws IOException {
        return new ObjectMapper().readTree(ok(aws, cli, home, arguments).out());
    }

    private static AwsCli.Result ok(LocalAws aws, AwsCli cli, Path home, String... arguments) {
        AwsCli.Result result = run(aws, cli, home, arguments);
        assertThat(result.exit()).as(result.out() + result.err()).isZero();
        return result;
    }

    private static AwsCli.Result run(LocalAws aws, AwsCli cli, Path home, String... arguments) {
        return cli.run(
                aws.endpoint(),
                LocalAwsOptions.DEFAULT_ACCESS_KEY_ID,
                LocalAwsOptions.DEFAULT_SECRET_ACCESS_KEY,
                aws.region(),
                home,
                arguments);
    }
}
