package io.jenkins.plugins.ecscanary.localaws.function;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;

/**
 * Invokes a function that is an HTTP server: POST with a JSON body. An answer {@code {"status":"Succeeded"}} or
 * {@code {"status":"Failed"}} counts as its report; another 2xx answer says nothing; all else means that it failed.
 */
final class HttpFunction {

    /** The longest a Lambda function runs. */
    private static final Duration LONGEST = Duration.ofMinutes(15);

    private static final ObjectMapper JSON = new ObjectMapper();

    private final HttpClient client = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .proxy(HttpClient.Builder.NO_PROXY)
            .connectTimeout(Duration.ofSeconds(10))
            .build();

    void post(URI uri, String payload, CompletableFuture<FunctionOutcome> outcome) {
        HttpRequest request = HttpRequest.newBuilder(uri)
                .header("Content-Type", "application/json")
                .timeout(LONGEST)
                .POST(HttpRequest.BodyPublishers.ofString(payload))
                .build();
        CompletableFuture<HttpResponse<String>> exchange =
                client.sendAsync(request, HttpResponse.BodyHandlers.ofString());
        outcome.whenComplete((done, failure) -> exchange.cancel(true));
        exchange.whenComplete((answer, failure) ->
                outcome.complete(failure == null ? outcome(answer) : new FunctionOutcome.Failed(why(uri, failure))));
    }

    private static FunctionOutcome outcome(HttpResponse<String> answer) {
        if (answer.statusCode() < 200 || answer.statusCode() > 299) {
            return new FunctionOutcome.Failed("HTTP status " + answer.statusCode());
        }
        return switch (status(answer.body())) {
            case "Succeeded" -> new FunctionOutcome.Succeeded();
            case "Failed" -> new FunctionOutcome.Failed("status Failed");
            default -> new FunctionOutcome.Unreported();
        };
    }

    /** Empty if the body is no such report. */
    private static String status(String body) {
        try {
            return JSON.readTree(body).path("status").asText();
        } catch (JsonProcessingException notJson) {
            return "";
        }
    }

    private static String why(URI uri, Throwable failure) {
        Throwable cause = failure.getCause() == null ? failure : failure.getCause();
        String what = cause.getMessage() == null ? cause.getClass().getSimpleName() : cause.getMessage();
        return cause instanceof IOException ? "no answer from " + uri + ": " + what : "it broke: " + what;
    }
}
