package io.jenkins.plugins.ecscanary.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.jenkins.plugins.ecscanary.cli.Cli;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class IamCommandTest {

    @TempDir
    private Path directory;

    private Cli cli;

    @BeforeEach
    void files() throws IOException {
        cli = new Cli(directory);
        write(
                "deploy.config",
                """
                REGION=eu-central-1
                CLUSTER=shop
                SERVICE=web
                CODEDEPLOY_APPLICATION=web-app
                CODEDEPLOY_GROUP=web-group
                TASK_DEFINITION_TEMPLATE=taskdef.json.tpl
                IMAGE_REPOSITORY=123456789012.dkr.ecr.eu-central-1.amazonaws.com/web
                TASKDEF_CPU=256
                """);
        write(
                "taskdef.json.tpl",
                """
                {"family": "web", "cpu": "${CPU}", "executionRoleArn": "arn:aws:iam::123456789012:role/pull",
                 "containerDefinitions": [{"name": "web", "image": "${IMAGE}", "logConfiguration":
                 {"logDriver": "awslogs", "options": {"awslogs-group": "/ecs/web"}}}]}
                """);
    }

    @AfterEach
    void nothingWasAskedOfAws() {
        assertThat(cli.opened).isEmpty();
    }

    @Test
    void isThePolicyForWhatDeployConfigSays() throws IOException {
        assertThat(cli.run("iam", "--account=123456789012")).isZero();
        JsonNode policy = new ObjectMapper().readTree(cli.out());
        assertThat(policy.path("Statement").size()).isGreaterThan(5);
        assertThat(cli.out())
                .contains(
                        "arn:aws:ecs:eu-central-1:123456789012:service/shop/web",
                        "arn:aws:codedeploy:eu-central-1:123456789012:deploymentgroup:web-app/web-group",
                        "arn:aws:ecr:eu-central-1:123456789012:repository/web",
                        "arn:aws:iam::123456789012:role/pull",
                        "codedeploy:UpdateDeploymentGroup")
                .doesNotContain("PutMetricAlarm", "logs:GetLogEvents", "sts:AssumeRole");
        assertThat(cli.err()).isEmpty();
    }

    @Test
    void whatIsTurnedOnIsInIt() throws IOException {
        append("CREATE_ALARMS=true\n");
        assertThat(cli.run("iam", "--account=123456789012", "--task-logs")).isZero();
        assertThat(cli.out())
                .contains(
                        "cloudwatch:PutMetricAlarm",
                        "alarm:web-*-success-rate",
                        "arn:aws:logs:eu-central-1:123456789012:log-group:/ecs/web:log-stream:*");
    }

    @Test
    void featuresByName() throws IOException {
        assertThat(cli.run("iam", "--account=123456789012", "--feature=roll-back"))
                .isZero();
        assertThat(cli.out()).contains("codedeploy:StopDeployment").doesNotContain("codedeploy:CreateDeployment");

        append("ROLE_ARN=arn:aws:iam::210987654321:role/deployer\n");
        assertThat(cli.run("iam", "--feature=assume-role")).isZero();
        assertThat(cli.out()).contains("sts:AssumeRole", "arn:aws:iam::210987654321:role/deployer");
        assertThat(cli.run("iam")).as("the account is the role's").isZero();
        assertThat(cli.out()).contains("arn:aws:ecs:eu-central-1:210987654321:service/shop/web");
    }

    @Test
    void aRegisteredTaskDefinitionHasItsRolesAlready() {
        assertThat(cli.run("iam", "--account=123456789012", "--task-definition=web:7", "--feature=redeploy"))
                .isZero();
        assertThat(cli.out()).contains("codedeploy:CreateDeployment").doesNotContain("PassRole");
    }

    @Test
    void explainsEachAction() {
        assertThat(cli.run("iam", "--account=123456789012", "--explain")).isZero();
        assertThat(cli.out())
                .contains("ecs:DescribeServices: deploy, redeploy, inspect; called by service\n")
                .contains("codedeploy:UpdateDeploymentGroup: override-alarms; overriding a group's alarms");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "iam | which AWS account? Give --account",
                "iam --account=12 | '12' is no AWS account: it has twelve digits",
                "iam --account=123456789012 --feature=deplyo | 'deplyo' is no feature; did you mean deploy?",
                "iam --account=123456789012 --feature=assume-role | which role? Give --role-arn",
                "iam --account=123456789012 --image=web@latest | is no digest",
                "iam --account=123456789012 --set=COLOUR=red | there is no placeholder ${COLOUR}",
            })
    void badInputIsOneClearMessage(String line, String message) {
        assertThat(cli.run(line.split(" "))).isEqualTo(2);
        assertThat(cli.err()).startsWith("ecs-canary: ").contains(message).doesNotContain("\tat ");
    }

    private void append(String text) throws IOException {
        write("deploy.config", Files.readString(directory.resolve("deploy.config")) + text);
    }

    private void write(String name, String text) throws IOException {
        Files.writeString(directory.resolve(name), text);
    }
}
