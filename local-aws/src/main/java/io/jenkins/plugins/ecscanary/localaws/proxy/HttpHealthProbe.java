package io.jenkins.plugins.ecscanary.localaws.proxy;

import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.eclipse.jetty.client.HttpClient;
import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpHeaderValue;

/** GET over a connection of its own for every check, as the load balancer does. */
final class HttpHealthProbe implements HealthProbe {

    private static final HttpField AGENT = new HttpField(HttpHeader.USER_AGENT, "ELB-HealthChecker/2.0");
    /** Keeps health checks apart from the connections requests go over. */
    private static final String OWN_CONNECTIONS = "health-check";

    private final HttpClient client;

    HttpHealthProbe(HttpClient client) {
        this.client = client;
    }

    @Override
    public CompletionStage<Outcome> check(String ip, int port, String path, Duration timeout) {
        CompletableFuture<Outcome> outcome = new CompletableFuture<>();
        client.newRequest(ip, port)
                .tag(OWN_CONNECTIONS)
                .path(path)
                .headers(headers -> headers.add(AGENT).put(HttpHeader.CONNECTION, HttpHeaderValue.CLOSE.asString()))
                .timeout(timeout.toMillis(), TimeUnit.MILLISECONDS)
                .send(result -> {
                    if (result.isSucceeded()) {
                        outcome.complete(new Answered(result.getResponse().getStatus()));
                    } else if (result.getFailure() instanceof TimeoutException
                            || result.getFailure() instanceof SocketTimeoutException) {
                        outcome.complete(new TimedOut());
                    } else {
                        outcome.complete(new Failed());
                    }
                });
        return outcome;
    }
}
