package io.jenkins.plugins.ecscanary.localaws.reference;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.jenkins.plugins.ecscanary.localaws.LocalAwsOptions;
import io.jenkins.plugins.ecscanary.localaws.function.FunctionTarget;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.codedeploy.CodeDeployClient;

/** Hooks of both kinds in a real deployment: a program, and an HTTP server that reports through the API as on AWS. */
@Timeout(600)
class HookedDeploymentTest {

    @TempDir
    Path directory;

    private LocalAwsFixture fixture;

    @Test
    void aProgramAndAServerLetItPassThenTheProgramFailsIt() throws Exception {
        Path seen = directory.resolve("seen");
        Path script = Files.writeString(
                directory.resolve("check.sh"),
                "printenv AWS_ENDPOINT_URL AWS_SESSION_TOKEN > '" + seen + "' && grep -q DeploymentId && test ! -e '"
                        + directory.resolve("broken") + "'\n");
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getByName("127.0.0.1"), 0), 0);
        server.createContext("/", this::reportSuccess);
        server.start();
        URI uri = URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/");
        try (LocalAwsFixture made =
                new LocalAwsFixture(directory, ReferenceSettings.defaults(), options -> options.withSpeed(60)
                        .withFunction("check", new FunctionTarget.Command(List.of("/bin/sh", script.toString())))
                        .withFunction("report", new FunctionTarget.Http(uri)))) {
            fixture = made;
            String good = deploy("2");
            made.log.await(good + " Succeeded");
            assertThat(Files.readAllLines(seen))
                    .hasSize(2)
                    .first()
                    .isEqualTo(made.aws.endpoint().toString());

            Files.createFile(directory.resolve("broken"));
            String bad = deploy("3");
            made.log.await(bad + " Failed");
            assertThat(made.deployment(bad).errorInformation().codeAsString()).isEqualTo("HOOK_EXECUTION_FAILURE");
            assertThat(made.deployment(bad).errorInformation().message())
                    .isEqualTo("The function check of AfterInstall failed: exit code 1.");
            made.log.await(made.deployment(bad).rollbackInfo().rollbackDeploymentId() + " Succeeded");
            assertThat(made.weights()).isEqualTo(Map.of("web-blue", 0, "web-green", 100));
        } finally {
            server.stop(0);
        }
    }

    /** The end kills the program, which is no failure of the hook, and starts it again once it can be served. */
    @Test
    void aProgramIsStartedOnceMoreAfterARestart() throws Exception {
        Path started = directory.resolve("started");
        Path again = directory.resolve("again");
        Path script = Files.writeString(
                directory.resolve("check.sh"),
                "if test -e '" + started + "'; then printenv AWS_ENDPOINT_URL > '" + again + "'; exit 0; fi\n"
                        + "mkfifo '" + started + "' && read line < '" + started + "'\n");
        UnaryOperator<LocalAwsOptions> options = some -> some.withSpeed(60)
                .withState(directory.resolve("state"))
                .withFunction("check", new FunctionTarget.Command(List.of("/bin/sh", script.toString())))
                .withFunction("report", new FunctionTarget.Command(List.of("/bin/true")));
        String id;
        try (LocalAwsFixture before = new LocalAwsFixture(directory, ReferenceSettings.defaults(), options)) {
            fixture = before;
            id = deploy("2");
            while (!Files.exists(started)) {
                Thread.onSpinWait();
            }
        }
        try (LocalAwsFixture after = new LocalAwsFixture(directory, ReferenceSettings.defaults(), options)) {
            after.log.await(id + " is taken up again, InProgress");
            after.log.await(id + " AfterInstall Succeeded");
            assertThat(Files.readString(again).strip())
                    .isEqualTo(after.aws.endpoint().toString());
            after.log.await(id + " Succeeded");
        }
    }

    private String deploy(String version) {
        String hooks = ",\"Hooks\":[{\"AfterInstall\":\"check\"},{\"BeforeAllowTraffic\":\"report\"}]}";
        String spec = LocalAwsFixture.appSpec(fixture.register(Map.of("VERSION", version)))
                .strip()
                .replaceAll("}$", hooks);
        return fixture.codeDeploy
                .createDeployment(r -> r.applicationName(fixture.reference.application())
                        .deploymentGroupName(fixture.reference.deploymentGroup())
                        .deploymentConfigName("CodeDeployDefault.ECSAllAtOnce")
                        .revision(v -> v.revisionType("AppSpecContent").appSpecContent(c -> c.content(spec))))
                .deploymentId();
    }

    /** As a Lambda function does it, which answers nothing of interest. */
    private void reportSuccess(HttpExchange exchange) throws IOException {
        JsonNode payload = new ObjectMapper().readTree(exchange.getRequestBody());
        CodeDeployClient client = fixture.codeDeploy;
        client.putLifecycleEventHookExecutionStatus(
                r -> r.deploymentId(payload.path("DeploymentId").asText())
                        .lifecycleEventHookExecutionId(
                                payload.path("LifecycleEventHookExecutionId").asText())
                        .status("Succeeded"));
        exchange.sendResponseHeaders(200, -1);
        exchange.close();
    }
}
