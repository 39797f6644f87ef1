package io.jenkins.plugins.ecscanary.localaws.proxy;

import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.eclipse.jetty.client.HttpClient;
import org.eclipse.jetty.client.Result;
import org.eclipse.jetty.client.transport.HttpClientTransportOverHTTP;
import org.eclipse.jetty.http.HttpCookieStore;
import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpHeaderValue;
import org.eclipse.jetty.io.ClientConnector;
import org.eclipse.jetty.util.component.LifeCycle;
import org.eclipse.jetty.util.thread.QueuedThreadPool;

/** GET over a connection of its own for every check, as the load balancer does. */
final class HttpHealthProbe implements HealthProbe {

    private static final HttpField AGENT = new HttpField(HttpHeader.USER_AGENT, "ELB-HealthChecker/2.0");
    private static final int THREADS = 16;

    private final HttpClient client;

    HttpHealthProbe() {
        QueuedThreadPool threads = new QueuedThreadPool(THREADS);
        threads.setName("elb-health");
        threads.setDaemon(true);
        ClientConnector connector = new ClientConnector();
        connector.setExecutor(threads);
        connector.setSelectors(1);
        client = new HttpClient(new HttpClientTransportOverHTTP(connector));
        client.setExecutor(threads);
        client.setUserAgentField(null);
        client.setFollowRedirects(false);
        client.setHttpCookieStore(new HttpCookieStore.Empty());
        LifeCycle.start(client);
    }

    void close() {
        LifeCycle.stop(client);
    }

    @Override
    public CompletionStage<Outcome> check(String ip, int port, String path, Duration timeout) {
        CompletableFuture<Outcome> outcome = new CompletableFuture<>();
        client.newRequest(ip, port)
                .path(path)
                .headers(headers -> headers.add(AGENT).put(HttpHeader.CONNECTION, HttpHeaderValue.CLOSE.asString()))
                .timeout(timeout.toMillis(), TimeUnit.MILLISECONDS)
                // Who waits for the outcome may block; the thread that reads the targets' answers must not.
                .send(result -> client.getExecutor().execute(() -> outcome.complete(outcome(result))));
        return outcome;
    }

    private static Outcome outcome(Result result) {
        if (result.isSucceeded()) {
            return new Answered(result.getResponse().getStatus());
        }
        Throwable failure = result.getFailure();
        return failure instanceof TimeoutException || failure instanceof SocketTimeoutException
                ? new TimedOut()
                : new Failed();
    }
}
