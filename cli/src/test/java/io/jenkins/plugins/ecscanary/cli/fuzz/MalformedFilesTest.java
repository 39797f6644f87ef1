package io.jenkins.plugins.ecscanary.cli.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.ecscanary.cli.Cli;
import io.jenkins.plugins.ecscanary.cli.Timelines;
import io.jenkins.plugins.ecscanary.cli.fuzz.Mutations.Mutant;
import io.jenkins.plugins.ecscanary.engine.model.Outcome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Spoilt files. What is no longer a file of its kind is one message that names it, and AWS is not even asked; what still is
 * one is taken for what it says.
 */
class MalformedFilesTest {

    private static final String CONFIG =
            """
            # where
            REGION=eu-central-1
            CLUSTER="shop"
            SERVICE='web'
            ENDPOINT_URL=http://127.0.0.1:4566
            CODEDEPLOY_APPLICATION=shop-app
            CODEDEPLOY_GROUP=web-group
            CODEDEPLOY_CONFIG=CodeDeployDefault.ECSLinear10PercentEvery1Minutes
            TASK_DEFINITION_TEMPLATE=taskdef.json.tpl
            CONTAINER=web
            IMAGE_REPOSITORY=123456789012.dkr.ecr.eu-central-1.amazonaws.com/shop/web
            SUCCESS_RATE_THRESHOLD=99.5
            SUCCESS_RATE_DATAPOINTS=2
            MIN_REQUESTS=50
            ALARMS=a,b
            MILESTONES=10,20,50,70,100
            TIMEOUT_MINUTES=90
            TASKDEF_CPU=256
            TASKDEF_NAME="the web"
            """;

    private static final String TEMPLATE =
            """
            {
              "family": "web",
              "cpu": ${CPU},
              "networkMode": "awsvpc",
              "containerDefinitions": [
                {
                  "name": "web",
                  "image": "${IMAGE}",
                  "essential": true,
                  "environment": [{"name": "NAME", "value": "${NAME} and $${HOME}"}],
                  "portMappings": [{"containerPort": 3000, "protocol": "tcp"}]
                }
              ]
            }
            """;

    @TempDir
    private Path directory;

    private void deploy(Mutant mutant, String named, AtomicInteger refused) {
        Cli cli = new Cli(directory);
        int code = cli.run("deploy", "--image=:2", "--no-page", "--plain");
        if (code == 0) {
            assertThat(cli.deployed).as(mutant.name()).hasSize(1);
            return;
        }
        refused.incrementAndGet();
        assertThat(code).as(mutant + ": " + cli.err()).isEqualTo(2);
        requireOneMessage(cli, mutant, named);
        assertThat(cli.opened).as(mutant.name()).isEmpty();
    }

    private static void requireOneMessage(Cli cli, Mutant mutant, String named) {
        assertThat(cli.err())
                .as(mutant.name())
                .startsWith("ecs-canary: ")
                .contains(named)
                .doesNotContain("\tat ", "Exception", "\u001b", "\0", "\u202e");
        assertThat(cli.out()).as(mutant.name()).doesNotContain("\tat ", "Exception");
    }

    @Test
    void deployConfigs() throws IOException {
        Files.writeString(directory.resolve("taskdef.json.tpl"), TEMPLATE);
        AtomicInteger refused = new AtomicInteger();
        for (Mutant mutant : Mutations.of(CONFIG, 300).toList()) {
            Files.write(directory.resolve("deploy.config"), mutant.bytes());
            deploy(mutant, "", refused);
        }
        assertThat(refused.get()).as("how many really were malformed").isGreaterThan(100);
    }

    @Test
    void templates() throws IOException {
        Files.writeString(directory.resolve("deploy.config"), CONFIG);
        AtomicInteger refused = new AtomicInteger();
        for (Mutant mutant : Mutations.of(TEMPLATE, 300).toList()) {
            Files.write(directory.resolve("taskdef.json.tpl"), mutant.bytes());
            deploy(mutant, "taskdef.json.tpl", refused);
        }
        assertThat(refused.get()).as("how many really were malformed").isGreaterThan(100);
    }

    @Test
    void timelines() throws IOException {
        Cli cli = new Cli(directory);
        cli.recorded(Timelines.planned("r1", "ann").shifting().ended(Outcome.PROMOTED, "all is well", 0, 100));
        Path file = cli.records().timelineFile("r1");
        String good = Files.readString(file);
        int unreadable = 0;
        for (Mutant mutant : Mutations.of(good, 250).toList()) {
            Files.write(file, mutant.bytes());
            for (List<String> command :
                    List.of(List.of("watch", "r1", "--no-page", "--plain"), List.of("redeploy", "r1"))) {
                Cli reader = new Cli(directory);
                int code = reader.run(command.toArray(String[]::new));
                if (code != 0) {
                    unreadable++;
                    requireOneMessage(reader, mutant, "r1");
                    assertThat(reader.deployed).as(mutant.name()).isEmpty();
                }
            }
            assertThat(cli.run("history")).as(mutant.name()).isZero();
        }
        assertThat(unreadable).as("how many really were malformed").isGreaterThan(200);
    }
}
