package io.jenkins.plugins.ecscanary.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.ecscanary.cli.Cli;
import io.jenkins.plugins.ecscanary.cli.Timelines;
import io.jenkins.plugins.ecscanary.engine.aws.RoleToAssume;
import io.jenkins.plugins.ecscanary.engine.model.Check;
import io.jenkins.plugins.ecscanary.engine.model.CodeDeployGroup;
import io.jenkins.plugins.ecscanary.engine.model.Criterion;
import io.jenkins.plugins.ecscanary.engine.model.DeploymentOptions;
import io.jenkins.plugins.ecscanary.engine.model.DeploymentRequest;
import io.jenkins.plugins.ecscanary.engine.model.OneOffTask;
import io.jenkins.plugins.ecscanary.engine.model.Outcome;
import io.jenkins.plugins.ecscanary.engine.model.WaitFor;
import io.jenkins.plugins.ecscanary.engine.timeline.DeploymentEvent;
import io.jenkins.plugins.ecscanary.engine.timeline.TimelineCodec;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DeployCommandTest {

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
                CONTAINER=web
                IMAGE_REPOSITORY=123456789012.dkr.ecr.eu-central-1.amazonaws.com/web
                SUCCESS_RATE_THRESHOLD=99
                MIN_REQUESTS=10
                ALARMS=latency
                TIMEOUT_MINUTES=45
                TASKDEF_CPU=256
                """);
        write("taskdef.json.tpl", "{\"cpu\": \"${CPU}\", \"image\": \"${IMAGE}\"}\n");
    }

    @Test
    void takesFromDeployConfigWhatIsNotGiven() {
        assertThat(cli.run("deploy", "--image", ":2.0.0", "--started-by", "ann"))
                .isZero();

        String image = "123456789012.dkr.ecr.eu-central-1.amazonaws.com/web:2.0.0";
        assertThat(cli.deployed)
                .containsExactly(new DeploymentRequest(
                        "shop",
                        "web",
                        new DeploymentRequest.Rendered(
                                "{\"cpu\": \"256\", \"image\": \"" + image + "\"}\n", image, "web"),
                        new CodeDeployGroup("web-app", "web-group", null),
                        null,
                        new Criterion(99, 2, 10, Duration.ofMinutes(1)),
                        List.of("latency"),
                        List.of(10, 20, 50, 70, 100),
                        Duration.ofMinutes(45),
                        "ann",
                        "deploy",
                        null,
                        DeploymentOptions.DEFAULT));
        assertThat(cli.opened).singleElement().satisfies(access -> {
            assertThat(access.region()).isEqualTo("eu-central-1");
            assertThat(access.endpoint()).isNull();
            assertThat(access.keys()).isNull();
            assertThat(access.role()).isEmpty();
        });
        assertThat(cli.out()).contains("promoted (d-A1B2C3D4E): all traffic is on web:12");
        assertThat(cli.err()).isEmpty();
    }

    @Test
    void howManyRevisionsAreKept() throws IOException {
        cli.run("deploy", "--image", ":2.0.0", "--keep-revisions", "5");
        write("other.config", "KEEP_REVISIONS=7\nREGION=r\nCLUSTER=c\nSERVICE=s\n");
        cli.run("deploy", "--config=other.config", "--task-definition=web:3");
        assertThat(cli.deployed)
                .extracting(request -> request.options().keepRevisions())
                .containsExactly(5, 7);
        assertThat(cli.run("deploy", "--image", ":2.0.0", "--keep-revisions", "1"))
                .isEqualTo(2);
        assertThat(cli.err()).contains("--keep-revisions is 1, but at least 2 stay");
    }

    @Test
    void optionsComeBeforeDeployConfig() {
        int code = cli.run(
                "deploy",
                "--image=other:9",
                "--region=eu-west-1",
                "--cluster=c",
                "--service=s",
                "--application=a",
                "--group=g",
                "--deployment-config=CodeDeployDefault.ECSAllAtOnce",
                "--threshold=97.5",
                "--datapoints=3",
                "--min-requests=0",
                "--alarm=one",
                "--alarm=two",
                "--milestones=50,100",
                "--timeout=90s",
                "--set=CPU=512",
                "--container=main",
                "--endpoint-url=http://127.0.0.1:4566",
                "--speed=15");

        assertThat(code).isZero();
        DeploymentRequest request = cli.deployed.get(0);
        assertThat(request.cluster()).isEqualTo("c");
        assertThat(request.service()).isEqualTo("s");
        assertThat(request.codeDeploy()).isEqualTo(new CodeDeployGroup("a", "g", "CodeDeployDefault.ECSAllAtOnce"));
        assertThat(request.criterion()).isEqualTo(new Criterion(97.5, 3, 0, Duration.ofMinutes(1)));
        assertThat(request.alarms()).containsExactly("one", "two");
        assertThat(request.milestones()).containsExactly(50, 100);
        assertThat(request.timeout()).isEqualTo(Duration.ofSeconds(90));
        assertThat(request.startedBy()).contains("@");
        assertThat(((DeploymentRequest.Rendered) request.source()).json()).contains("\"cpu\": \"512\"");
        assertThat(cli.opened.get(0).region()).isEqualTo("eu-west-1");
        assertThat(cli.opened.get(0).endpoint()).isEqualTo(URI.create("http://127.0.0.1:4566"));
        assertThat(cli.speeds).containsExactly(15.0);
    }

    @Test
    void whatNobodySaysIsAsUsual() throws IOException {
        Files.delete(directory.resolve("deploy.config"));
        cli.environment.put("AWS_DEFAULT_REGION", "eu-north-1");
        cli.environment.put("AWS_ENDPOINT_URL", "http://localhost:4566");

        assertThat(cli.run("deploy", "--cluster=c", "--service=s", "--task-definition=web:7", "--container=app"))
                .isZero();

        DeploymentRequest request = cli.deployed.get(0);
        assertThat(request.source()).isEqualTo(new DeploymentRequest.Registered("web:7", null, "app"));
        assertThat(request.codeDeploy()).isEqualTo(new CodeDeployGroup("AppECS-c-s", "DgpECS-c-s", null));
        assertThat(request.criterion()).isEqualTo(Criterion.REFERENCE);
        assertThat(cli.opened.get(0).region()).isEqualTo("eu-north-1");
        assertThat(cli.opened.get(0).endpoint()).isEqualTo(URI.create("http://localhost:4566"));
    }

    @Test
    void whenItCountsAsPromotedIsSaidByOptionOrDeployConfig() throws IOException {
        assertThat(cli.run("deploy", "--image=:1", "--wait-for=shifted")).isZero();
        assertThat(cli.deployed.get(0).options().waitFor()).isEqualTo(WaitFor.SHIFTED);

        Files.writeString(
                directory.resolve("deploy.config"), "WAIT_FOR=shifted\n", java.nio.file.StandardOpenOption.APPEND);
        cli.run("deploy", "--image=:1");
        assertThat(cli.deployed.get(1).options().waitFor()).isEqualTo(WaitFor.SHIFTED);
        cli.run("deploy", "--image=:1", "--wait-for=completed");
        assertThat(cli.deployed.get(2).options().waitFor()).isEqualTo(WaitFor.COMPLETED);
    }

    @Test
    void aTaskBeforeTrafficIsAnArgumentList() throws IOException {
        assertThat(cli.run("deploy", "--image=:1", "--before-traffic=migrate", "--before-traffic=-v --all;"))
                .isZero();
        assertThat(cli.deployed.get(0).options().beforeTraffic())
                .isEqualTo(new OneOffTask(null, List.of("migrate", "-v --all;"), Duration.ofMinutes(30)));

        Files.writeString(
                directory.resolve("deploy.config"),
                "BEFORE_TRAFFIC=[\"other\"]\nBEFORE_TRAFFIC_TIMEOUT_MINUTES=5\n",
                java.nio.file.StandardOpenOption.APPEND);
        cli.run("deploy", "--image=:1", "--before-traffic-container=side");
        assertThat(cli.deployed.get(1).options().beforeTraffic())
                .isEqualTo(new OneOffTask("side", List.of("other"), Duration.ofMinutes(5)));
        cli.run("deploy", "--image=:1", "--before-traffic=migrate", "--before-traffic-timeout=90s");
        assertThat(cli.deployed.get(2).options().beforeTraffic())
                .isEqualTo(new OneOffTask(null, List.of("migrate"), Duration.ofSeconds(90)));
    }

    @Test
    void anAppSpecIsReadFromWhereItIsNamed() throws IOException {
        String spec = "{\"version\":0.0,\"Resources\":[{\"TargetService\":{\"Type\":\"AWS::ECS::Service\"}}],"
                + "\"Hooks\":[{\"BeforeAllowTraffic\":\"smoke\"}]}";
        write("appspec.json", spec);
        write("other.json", spec.replace("smoke", "other"));
        assertThat(cli.run("deploy", "--image=:1", "--appspec=appspec.json")).isZero();
        assertThat(cli.deployed.get(0).options().appSpec().hooks())
                .containsExactly(Map.entry("BeforeAllowTraffic", "smoke"));

        Files.writeString(
                directory.resolve("deploy.config"), "APPSPEC=other.json\n", java.nio.file.StandardOpenOption.APPEND);
        cli.run("deploy", "--image=:1");
        assertThat(cli.deployed.get(1).options().appSpec().hooks()).containsEntry("BeforeAllowTraffic", "other");

        write("other.json", "{\"version\":1}");
        assertThat(cli.run("deploy", "--image=:1")).isEqualTo(2);
        assertThat(cli.err())
                .contains("other.json: version: expected 0.0, got 1")
                .doesNotContain("\tat ");
    }

    @Test
    void aProvisionalVerdictIsSaidToBeOne() {
        cli.tells(Timelines.planned("r1", "ann").shifting().endedProvisionally("all traffic is on web:12"));

        assertThat(cli.run("deploy", "--image=:1", "--wait-for=shifted")).isZero();
        assertThat(cli.out()).contains("promoted, provisionally (d-A1B2C3D4E): all traffic is on web:12");
    }

    @Test
    void aRoleIsNamedByDeployConfigAndItsSessionAfterWhoStartsIt() throws IOException {
        String role = "arn:aws:iam::123456789012:role/deployer";
        append("deploy.config", "ROLE_ARN=" + role + "\nEXTERNAL_ID=team-7\n");
        cli.run("deploy", "--image=:1", "--started-by=ann (ops)");
        cli.run("deploy", "--image=:1", "--role-arn=" + role + "2", "--external-id=x7", "--role-session-name=ci");

        assertThat(cli.opened)
                .extracting(access -> access.role().orElseThrow())
                .containsExactly(
                        new RoleToAssume(role, "team-7", "ann-ops-", Duration.ofHours(1)),
                        new RoleToAssume(role + "2", "x7", "ci", Duration.ofHours(1)));
    }

    @Test
    void alarmsAndLogsAreAskedForByOptionOrDeployConfig() throws IOException {
        DeploymentOptions usual = DeploymentOptions.DEFAULT;
        cli.run("deploy", "--image=:1");
        cli.run("deploy", "--image=:1", "--create-alarms", "--task-logs");
        append("deploy.config", "CREATE_ALARMS=true\nTASK_LOGS=true\n");
        cli.run("deploy", "--image=:1");
        cli.run("deploy", "--image=:1", "--no-task-logs");
        assertThat(cli.deployed)
                .extracting(DeploymentRequest::options)
                .containsExactly(
                        usual,
                        usual.withCreateAlarms(true).withTaskLogs(true),
                        usual.withCreateAlarms(true).withTaskLogs(true),
                        usual.withCreateAlarms(true));
    }

    @Test
    void aSwitchIsTrueOrFalse() throws IOException {
        append("deploy.config", "TASK_LOGS=yes\n");
        assertThat(cli.run("deploy", "--image=:1")).isEqualTo(2);
        assertThat(cli.err()).contains("deploy.config:14: TASK_LOGS: expected true or false, got \"yes\"");
    }

    @ParameterizedTest
    @CsvSource({
        "PROMOTED, 0",
        "ROLLED_BACK, 3",
        "ROLLBACK_FAILED, 4",
        "REFUSED, 5",
        "INCONCLUSIVE, 6",
        "UNKNOWN, 7",
        "ABORTED, 8"
    })
    void everyVerdictHasItsExitCode(Outcome outcome, int code) {
        cli.tells(Timelines.planned("r1", "ann").shifting().ended(outcome, "because of this", 100, 0));

        assertThat(cli.run("deploy", "--image=:1")).isEqualTo(code);
        assertThat(code == 0 ? cli.out() : cli.err()).contains("because of this");
    }

    @Test
    void aRefusalIsOneMessageWithWhatToDo() {
        cli.tells(Timelines.planned("r1", "ann")
                .at(
                        1,
                        new DeploymentEvent.Checked(
                                Timelines.START, Check.passed("service", "shop/web has controller CODE_DEPLOY")))
                .at(
                        1,
                        new DeploymentEvent.Checked(
                                Timelines.START,
                                Check.refused(
                                        "image", "there is no tag 9 in web", "push it, or deploy one that is there")))
                .ended(Outcome.REFUSED, "image", 100, 0));

        assertThat(cli.run("deploy", "--image=:9")).isEqualTo(5);
        assertThat(cli.err())
                .isEqualTo("ecs-canary: refused: there is no tag 9 in web (push it, or deploy one that is there)\n");
    }

    @Test
    void jsonIsTheTimelineAndNothingElse() {
        assertThat(cli.run("deploy", "--image=:1", "--json", "--no-page")).isZero();

        assertThat(cli.out().lines().toList())
                .allSatisfy(TimelineCodec::read)
                .hasSize(cli.out().split("\n").length);
        assertThat(cli.err()).startsWith("promoted (d-A1B2C3D4E)");
    }

    @Test
    void printsThePagesAddress() {
        cli.run("deploy", "--image=:1");
        assertThat(cli.out()).containsPattern("page: http://127\\.0\\.0\\.1:[0-9]+/\n");

        cli.run("deploy", "--image=:1", "--no-page");
        assertThat(cli.out()).doesNotContain("page:");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "deploy | what is to be deployed? Give --image",
                "deploy --image=x:1 --task-definition=web:7 | --task-definition names a whole revision",
                "deploy --image=:1 --threshold=0 | success-rate threshold is 0.0",
                "deploy --image=:1 --threshold=lots | Invalid value for option '--threshold'",
                "deploy --image=:1 --timeout=soon | 'soon' is not a time such as 90s",
                "deploy --image=:1 --milestones=50,10 | --milestones [50, 10] do not rise",
                "deploy --image=:1 --speed=10 | speed 10 is only for a local AWS, and the endpoint is AWS itself",
                "deploy --image=:1 --speed=10 --endpoint-url=http://127.0.0.1.evil.example/ | only for a local AWS",
                "deploy --image=:1 --speed=0.5 --endpoint-url=http://127.0.0.1:1/ | not between 1",
                "deploy --image=:1 --endpoint-url=nonsense | --endpoint-url is 'nonsense'",
                "deploy --image=:1 --before-traffic-timeout=5m | give its program with --before-traffic",
                "deploy --image=:1 --wait-for=ever | Invalid value for option '--wait-for'",
                "deploy --image=:1 --json --plain | --json and --plain contradict each other",
                "deploy --image=:1 --no-page --port=80 | --port and --no-page contradict each other",
                "deploy --image=:1 --port=70000 | not between 1 and 65535",
                "deploy --image=:1 --role-arn=deployer | the role to assume: \"deployer\" is no role's ARN",
                "deploy --image=:1 --external-id=team | an external id is given, but no role: give --role-arn",
                "deploy --image=:1 --role-session-name=ci | a role session name is given, but no role",
                "deploy --image=:1 --role-arn=arn:aws:iam::123456789012:role/d --role-session-name=a/b | \"a/b\" is no name",
                "deploy --image=:1 --set=COLOUR=red | --set COLOUR: there is no placeholder ${COLOUR}",
                "deploy --image=:1 --config=missing.config | missing.config: there is no such file",
                "deploy --image=:1 --clutser=x | Unknown option: '--clutser=x'",
                "frobnicate | Unmatched argument at index 0: 'frobnicate'",
            })
    void badInputIsOneClearMessageBeforeAnythingIsAsked(String line, String message) {
        assertThat(cli.run(line.split(" "))).isEqualTo(2);

        assertThat(cli.err()).startsWith("ecs-canary: ").contains(message).doesNotContain("\tat ");
        assertThat(cli.opened).isEmpty();
    }

    @Test
    void namesThePlaceholderAndTheLineOfTheTemplate() throws IOException {
        write("taskdef.json.tpl", "{\"cpu\": \"${CPU}\",\n \"memory\": \"${MEMORY}\", \"image\": \"${IMAGE}\"}\n");

        assertThat(cli.run("deploy", "--image=:1")).isEqualTo(2);
        assertThat(cli.err()).contains("taskdef.json.tpl:2:13: no value for ${MEMORY}");
        assertThat(cli.opened).isEmpty();
    }

    @Test
    void namesTheLineOfDeployConfig() throws IOException {
        write("deploy.config", "REGION=eu-central-1\nCLUTSER=shop\n");

        assertThat(cli.run("deploy", "--image=:1")).isEqualTo(2);
        assertThat(cli.err()).contains("deploy.config:2: CLUTSER is no key; did you mean CLUSTER?");
    }

    @Test
    void saysWhichSettingIsMissing() throws IOException {
        Files.delete(directory.resolve("deploy.config"));

        assertThat(cli.run("deploy", "--image=:1")).isEqualTo(2);
        assertThat(cli.err()).contains("which region? Give --region");
        assertThat(cli.run("deploy", "--image=:1", "--region=r")).isEqualTo(2);
        assertThat(cli.err()).contains("which cluster? Give --cluster");
        assertThat(cli.run("deploy", "--image=:1", "--region=r", "--cluster=c")).isEqualTo(2);
        assertThat(cli.err()).contains("which service? Give --service");
    }

    @Test
    void theHelpListsTheExitCodes() {
        assertThat(cli.run("deploy", "--help")).isZero();
        assertThat(cli.out())
                .contains("Exit codes:")
                .containsPattern("3 +rolled back: all traffic is on the original")
                .contains("${IMAGE}");
    }

    @Test
    void theStackTraceIsOnlyForThoseWhoAsk() {
        cli.run("deploy", "--image=:1", "--threshold=0");
        assertThat(cli.err()).doesNotContain("\tat ");

        cli.run("deploy", "--image=:1", "--threshold=0", "--verbose");
        assertThat(cli.err()).contains("\tat ");
    }

    private void append(String name, String text) throws IOException {
        write(name, Files.readString(directory.resolve(name)) + text);
    }

    private void write(String name, String text) throws IOException {
        Files.writeString(directory.resolve(name), text);
    }
}
