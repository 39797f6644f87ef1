package io.jenkins.plugins.ecscanary.cli.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.jenkins.plugins.ecscanary.cli.Cli;
import io.jenkins.plugins.ecscanary.cli.Timelines;
import io.jenkins.plugins.ecscanary.cli.fuzz.Mutations.Mutant;
import io.jenkins.plugins.ecscanary.engine.model.CodeDeployGroup;
import io.jenkins.plugins.ecscanary.engine.model.DeploymentRequest;
import io.jenkins.plugins.ecscanary.engine.model.Outcome;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BiConsumer;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Spoilt files. What is no longer a file of its kind is one message that names it, and AWS is not even asked; what still is
 * one is taken for what it says.
 */
class MalformedFilesTest {

    private static final ObjectMapper JSON = new ObjectMapper();

    private static final String REPOSITORY = "123456789012.dkr.ecr.eu-central-1.amazonaws.com/shop/web";

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

    private void deploy(
            Mutant mutant, String named, AtomicInteger refused, BiConsumer<String, DeploymentRequest> saysSo) {
        Cli cli = new Cli(directory);
        int code = cli.run("deploy", "--image=:2", "--no-page", "--plain");
        if (code == 0) {
            assertThat(cli.deployed).as(mutant.name()).hasSize(1);
            saysSo.accept(new String(mutant.bytes(), StandardCharsets.UTF_8), cli.deployed.get(0));
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

    private static void requireAsConfigured(String config, DeploymentRequest request) {
        Map<String, String> said = said(config);
        String cluster = said.get("CLUSTER");
        String service = said.get("SERVICE");
        String both = "ECS-" + cluster + "-" + service;
        assertThat(request.cluster()).as(config).isEqualTo(cluster);
        assertThat(request.service()).as(config).isEqualTo(service);
        assertThat(request.codeDeploy())
                .as(config)
                .isEqualTo(new CodeDeployGroup(
                        said.getOrDefault("CODEDEPLOY_APPLICATION", "App" + both),
                        said.getOrDefault("CODEDEPLOY_GROUP", "Dgp" + both),
                        said.get("CODEDEPLOY_CONFIG")));
        assertThat(String.join(",", request.alarms())).as(config).isEqualTo(said.getOrDefault("ALARMS", ""));
        assertThat(request.timeout())
                .as(config)
                .isEqualTo(Duration.ofMinutes(Long.parseLong(said.getOrDefault("TIMEOUT_MINUTES", "120"))));
        assertThat(request.criterion().minRequests())
                .as(config)
                .isEqualTo(Integer.parseInt(said.getOrDefault("MIN_REQUESTS", "50")));
        assertThat(request.criterion().threshold())
                .as(config)
                .isEqualTo(Double.parseDouble(said.getOrDefault("SUCCESS_RATE_THRESHOLD", "99.5")));
        assertThat(request.source())
                .as(config)
                .asInstanceOf(InstanceOfAssertFactories.type(DeploymentRequest.Rendered.class))
                .satisfies(source -> assertThat(source.image()).isEqualTo(said.get("IMAGE_REPOSITORY") + ":2"));
    }

    /** Read otherwise than the program does it. */
    private static Map<String, String> said(String config) {
        Map<String, String> said = new HashMap<>();
        for (String line : config.split("\n")) {
            String[] pair = line.strip().split("=", 2);
            if (pair.length == 2 && !pair[0].startsWith("#")) {
                String value = pair[1];
                boolean quoted = value.length() > 1
                        && "\"'".indexOf(value.charAt(0)) >= 0
                        && value.charAt(0) == value.charAt(value.length() - 1);
                said.put(pair[0], quoted ? value.substring(1, value.length() - 1) : value);
            }
        }
        return said;
    }

    private static void requireAsInTemplate(String template, DeploymentRequest request) {
        String filled = template.replace("$${", "\0")
                .replace("${CPU}", "256")
                .replace("${NAME}", "the web")
                .replace("${IMAGE}", REPOSITORY + ":2")
                .replace("\0", "${");
        try {
            assertThat(JSON.readTree(((DeploymentRequest.Rendered) request.source()).json()))
                    .as(template)
                    .isEqualTo(JSON.readTree(filled));
        } catch (JsonProcessingException e) {
            throw new AssertionError("deployed as a task definition, and is no JSON: " + template, e);
        }
    }

    @Test
    void deployConfigs() throws IOException {
        Files.writeString(directory.resolve("taskdef.json.tpl"), TEMPLATE);
        AtomicInteger refused = new AtomicInteger();
        for (Mutant mutant : Mutations.of(CONFIG, 300).toList()) {
            Files.write(directory.resolve("deploy.config"), mutant.bytes());
            deploy(mutant, "", refused, MalformedFilesTest::requireAsConfigured);
        }
        assertThat(refused.get()).as("how many really were malformed").isGreaterThan(100);
    }

    @Test
    void templates() throws IOException {
        Files.writeString(directory.resolve("deploy.config"), CONFIG);
        AtomicInteger refused = new AtomicInteger();
        for (Mutant mutant : Mutations.of(TEMPLATE, 300).toList()) {
            Files.write(directory.resolve("taskdef.json.tpl"), mutant.bytes());
            deploy(mutant, "taskdef.json.tpl", refused, MalformedFilesTest::requireAsInTemplate);
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
