package io.jenkins.plugins.ecscanary.localaws.admin;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.jenkins.plugins.ecscanary.localaws.LocalAws;
import io.jenkins.plugins.ecscanary.localaws.LocalAwsOptions;
import io.jenkins.plugins.ecscanary.localaws.faults.FaultRule;
import io.jenkins.plugins.ecscanary.localaws.reference.ReferenceResources;
import io.jenkins.plugins.ecscanary.localaws.reference.ReferenceService;
import io.jenkins.plugins.ecscanary.localaws.reference.ReferenceSettings;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.ecs.EcsClient;

class LocalPagesTest {

    private static final HttpClient HTTP = HttpClient.newHttpClient();

    @TempDir
    Path directory;

    private LocalAws aws;
    private ReferenceResources reference;

    @BeforeEach
    void start() throws IOException {
        aws = LocalAws.start(LocalAwsOptions.in(directory));
        reference = new ReferenceService(aws.calls(), ReferenceSettings.defaults()).createInfrastructure();
    }

    @AfterEach
    void stop() {
        aws.close();
    }

    @Test
    void stateIsWhatTheServicesSay() throws Exception {
        aws.calls()
                .call(
                        "elasticloadbalancing",
                        "RegisterTargets",
                        Map.of(
                                "TargetGroupArn",
                                reference.targetGroups().get(0).arn(),
                                "Targets",
                                List.of(Map.of("Id", "127.0.77.1", "Port", 3000))));
        aws.calls()
                .call(
                        "monitoring",
                        "PutCompositeAlarm",
                        Map.of("AlarmName", "either", "AlarmRule", "ALARM(web-blue-success-rate)"));
        JsonNode state = json(get("state"));
        assertThat(state.path("account").asText()).isEqualTo(aws.account());
        JsonNode listener = state.at("/loadBalancers/0/listeners/0");
        assertThat(listener.path("port").asInt()).isEqualTo(80);
        assertThat(listener.path("address").asText())
                .isEqualTo(aws.listener(reference.productionListenerArn()).toString());
        assertThat(listener.at("/rules/0/priority").asText()).isEqualTo("default");
        assertThat(listener.at("/rules/0/forwards").findValuesAsText("targetGroup"))
                .containsExactly("web-blue");
        assertThat(state.path("targetGroups").findValuesAsText("name")).containsExactly("web-blue", "web-green");
        assertThat(state.at("/targetGroups/0/targets/0/address").asText()).isEqualTo("127.0.77.1:3000");
        assertThat(state.at("/targetGroups/0/targets/0/state").asText()).isEqualTo("initial");
        assertThat(state.path("alarms").findValuesAsText("name"))
                .containsExactlyInAnyOrder("web-blue-success-rate", "web-green-success-rate", "either");
        assertThat(state.path("deployments")).isEmpty();
        assertThat(state.path("stacks")).isEmpty();
    }

    @Test
    void aStackIsShownWithWhatFailedInItAndWhy() throws Exception {
        try (LocalAws quick =
                LocalAws.start(LocalAwsOptions.in(directory.resolve("quick")).withSpeed(1000))) {
            String alarm = "'Type': 'AWS::CloudWatch::Alarm', 'Properties': {'AlarmName': '<b>', 'Namespace': 'n',"
                    + " 'MetricName': 'm', 'Statistic': 'Sum', 'Period': 60, 'EvaluationPeriods': 1, 'Threshold': 1,"
                    + " 'ComparisonOperator': 'GreaterThanThreshold'";
            String template = "{'Resources': {'Topic': {'Type': 'AWS::SNS::Topic'}, 'First': {" + alarm
                    + "}}, 'Second': {'DependsOn': ['First', 'Topic'], " + alarm + "}}}}";
            quick.calls()
                    .call(
                            "cloudformation",
                            "CreateStack",
                            Map.of(
                                    "StackName",
                                    "shop",
                                    "TemplateBody",
                                    template.replace('\'', '"'),
                                    "OnFailure",
                                    "DO_NOTHING"));
            assertThat(quick.stackAtRest("shop").toCompletableFuture().get(60, TimeUnit.SECONDS))
                    .isEqualTo("CREATE_FAILED");
            HttpRequest request =
                    HttpRequest.newBuilder(URI.create(quick.page() + "state")).build();
            JsonNode stack = json(HTTP.send(request, HttpResponse.BodyHandlers.ofString()))
                    .at("/stacks/0");
            assertThat(stack.path("name").asText()).isEqualTo("shop");
            assertThat(stack.path("status").asText()).isEqualTo("CREATE_FAILED");
            assertThat(stack.path("resources").asInt()).isEqualTo(3);
            assertThat(stack.path("complete").asInt()).isEqualTo(2);
            assertThat(stack.path("failed")).hasSize(1);
            assertThat(stack.at("/failed/0/resource").asText()).isEqualTo("Second");
            assertThat(stack.at("/failed/0/reason").asText()).contains("'<b>' already exists");
            assertThat(stack.at("/event/resource").asText()).isEqualTo("shop");
            assertThat(stack.at("/event/reason").asText()).contains("failed to create: [Second]");
        }
    }

    @Test
    void unchangedIsNotSentAgain() throws Exception {
        HttpResponse<String> first = get("state");
        String etag = first.headers().firstValue("ETag").orElseThrow();
        HttpRequest.Builder again = HttpRequest.newBuilder(uri("state")).header("If-None-Match", etag);
        HttpResponse<String> unchanged = HTTP.send(again.build(), HttpResponse.BodyHandlers.ofString());
        assertThat(unchanged.statusCode()).isEqualTo(304);
        assertThat(unchanged.body()).isEmpty();
        assertThat(unchanged.headers().firstValueAsLong("Local-Now").orElseThrow())
                .isGreaterThanOrEqualTo(
                        first.headers().firstValueAsLong("Local-Now").orElseThrow());

        aws.faults().switchOn(FaultRule.parse("ecs:*=throttle"));
        HttpResponse<String> changed = HTTP.send(again.build(), HttpResponse.BodyHandlers.ofString());
        assertThat(changed.statusCode()).isEqualTo(200);
        assertThat(json(changed).path("faults").findValuesAsText("text")).containsExactly("ecs:*=throttle");
    }

    @Test
    void callsAreShownWithWhatCameOfThem() throws Exception {
        aws.faults().switchOn(FaultRule.parse("ecs:DescribeClusters=throttle@next:1"));
        try (EcsClient ecs = EcsClient.builder()
                .endpointOverride(aws.endpoint())
                .region(Region.of(aws.region()))
                .credentialsProvider(StaticCredentialsProvider.create(AwsBasicCredentials.create("local", "local")))
                .httpClientBuilder(UrlConnectionHttpClient.builder())
                .overrideConfiguration(c -> c.retryStrategy(r -> r.maxAttempts(1)))
                .build()) {
            org.assertj.core.api.Assertions.assertThatExceptionOfType(AwsServiceException.class)
                    .isThrownBy(() -> ecs.describeClusters());
            for (int i = 0; i < 250; i++) {
                ecs.describeClusters();
            }
            JsonNode calls = json(get("state")).path("calls");
            assertThat(calls.path("count").asInt()).isEqualTo(251);
            assertThat(calls.path("last")).hasSize(200);
            assertThat(calls.at("/last/0/operation").asText()).isEqualTo("DescribeClusters");
            assertThat(calls.at("/last/0/accessKeyId").asText()).isEqualTo("local");
            assertThat(calls.at("/last/0/status").asInt()).isEqualTo(200);
            aws.faults().switchOn(FaultRule.parse("ecs:*=error:503@next:1"));
            org.assertj.core.api.Assertions.assertThatExceptionOfType(AwsServiceException.class)
                    .isThrownBy(() -> ecs.describeClusters());
            JsonNode last = json(get("state")).at("/calls/last/0");
            assertThat(last.path("status").asInt()).isEqualTo(503);
            assertThat(last.path("error").asText()).isEqualTo("ServiceUnavailable");
            assertThat(last.path("fault").asText()).isEqualTo("error");
        }
    }

    @Test
    void thePageHasNothingInlineAndNothingFromElsewhere() throws Exception {
        HttpResponse<String> page = get("");
        assertThat(page.headers().firstValue("Content-Security-Policy").orElseThrow())
                .contains("default-src 'none'", "script-src 'self'", "frame-ancestors 'none'")
                .doesNotContain("unsafe");
        assertThat(page.headers().firstValue("X-Content-Type-Options")).hasValue("nosniff");
        assertThat(page.body()).doesNotContain("<style", "style=", " onclick", "http://", "https://");
        assertThat(Pattern.compile("<script(?! src=)").matcher(page.body()).find())
                .isFalse();
        assertThat(get("local.js").body()).doesNotContain("innerHTML", "insertAdjacentHTML", "eval(");
        assertThat(get("local.js").headers().firstValue("Content-Type")).hasValue("text/javascript; charset=utf-8");
        assertThat(get("local.css").headers().firstValue("Content-Type")).hasValue("text/css; charset=utf-8");
    }

    @ParameterizedTest
    @ValueSource(strings = {"nothing", "../secret", "state/x", "LocalPages.class"})
    void nothingElseIsThere(String path) throws Exception {
        assertThat(get(path).statusCode()).isIn(404, 405);
    }

    @ParameterizedTest
    @CsvSource({"POST, ''", "POST, state", "DELETE, state", "PUT, local.js"})
    void otherMethodsAreRefused(String method, String path) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(uri(path))
                .method(method, HttpRequest.BodyPublishers.noBody())
                .build();
        HttpResponse<String> answer = HTTP.send(request, HttpResponse.BodyHandlers.ofString());
        assertThat(answer.statusCode()).isEqualTo(405);
        assertThat(answer.headers().firstValue("Allow")).hasValue("GET");
    }

    @Test
    void webPagesSeeNothing() throws Exception {
        HttpRequest request = HttpRequest.newBuilder(uri("state"))
                .header("Origin", "http://127.0.0.1:1")
                .build();
        assertThat(HTTP.send(request, HttpResponse.BodyHandlers.ofString()).statusCode())
                .isEqualTo(403);
    }

    private HttpResponse<String> get(String path) throws IOException, InterruptedException {
        return HTTP.send(HttpRequest.newBuilder(uri(path)).build(), HttpResponse.BodyHandlers.ofString());
    }

    private URI uri(String path) {
        return URI.create(aws.page() + path);
    }

    private static JsonNode json(HttpResponse<String> answer) throws IOException {
        return new ObjectMapper().readTree(answer.body());
    }
}
