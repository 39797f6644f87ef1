package io.jenkins.plugins.ecscanary.localaws.proxy;

import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.util.Set;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.eclipse.jetty.client.HttpClient;
import org.eclipse.jetty.client.Response;
import org.eclipse.jetty.client.Result;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpVersion;
import org.eclipse.jetty.io.Connection;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.util.Callback;

/**
 * One request on its way through the load balancer: to a backend that is already chosen and counted in, and back.
 *
 * <p>Nothing is buffered: a piece of the response is asked of the target only when the client has taken the one before,
 * and a client that goes away while it is being answered fails the exchange with the target. A request is sent a second
 * time in one case only: its kept-alive connection turned out to be closed before a byte of the response came, the
 * method is idempotent and there is no body. Everything else that goes wrong is told to the client.
 */
final class Exchange {

    private static final Set<String> IDEMPOTENT = Set.of("GET", "HEAD", "OPTIONS", "PUT", "DELETE");
    private static final int ATTEMPTS = 3;

    private final HttpClient client;
    private final ProxySettings settings;
    private final int listenerPort;
    private final CookieSeal seal;
    private final Route route;
    private final Choice choice;
    private final BackendPool pool;
    private final Backend backend;
    private final Request request;
    private final org.eclipse.jetty.server.Response response;
    private final Callback callback;
    private final boolean hasBody;

    Exchange(
            DataPlane.Upstream upstream,
            Route route,
            Choice choice,
            Request request,
            org.eclipse.jetty.server.Response response,
            Callback callback) {
        this.client = upstream.client();
        this.settings = upstream.settings();
        this.listenerPort = upstream.listenerPort();
        this.seal = upstream.seal();
        this.route = route;
        this.choice = choice;
        this.pool = choice.pool();
        this.backend = choice.backend();
        this.request = request;
        this.response = response;
        this.callback = callback;
        this.hasBody = RequestBody.announcedBy(request.getHeaders());
    }

    void start() {
        new Attempt(1).send();
    }

    /**
     * One try; there is a second one only as told above. Jetty calls it from one thread at a time, but not always from the
     * same one, and the client's side can fail on yet another.
     */
    private final class Attempt implements Response.Listener {

        private final int number;
        private final RequestBody body = hasBody ? new RequestBody(request) : null;
        private volatile boolean begun;
        private volatile boolean reused;
        private volatile boolean responding;
        private volatile long sentAt;
        private volatile double seconds;
        private volatile int status;
        private volatile boolean replaced;

        Attempt(int number) {
            this.number = number;
        }

        void send() {
            org.eclipse.jetty.client.Request upstream = client.newRequest(backend.ip(), backend.port())
                    .tag(backend)
                    .method(request.getMethod())
                    .path(request.getHttpURI().getPathQuery())
                    .version(HttpVersion.HTTP_1_1)
                    .idleTimeout(settings.idle(route).toMillis(), TimeUnit.MILLISECONDS)
                    .onRequestBegin(this::onSending);
            upstream.headers(headers -> ForwardedHeaders.request(
                    request.getHeaders(),
                    headers,
                    Request.getRemoteAddr(request),
                    Request.getRemotePort(request),
                    listenerPort,
                    route.options()));
            if (body != null) {
                upstream.body(body);
            }
            upstream.send(this);
        }

        private void onSending(org.eclipse.jetty.client.Request sending) {
            begun = true;
            sentAt = System.nanoTime();
            reused = sending.getConnection() instanceof Connection connection && connection.getMessagesIn() > 0;
        }

        @Override
        public void onBegin(Response upstream) {
            responding = true;
        }

        @Override
        public void onHeaders(Response upstream) {
            seconds = (System.nanoTime() - sentAt) / 1e9;
            status = upstream.getStatus();
            response.setStatus(status);
            ForwardedHeaders.response(upstream.getHeaders(), response.getHeaders());
            choice.keep(response.getHeaders(), seal);
        }

        @Override
        public void onContentSource(Response upstream, Content.Source content) {
            boolean openEnded = !upstream.getHeaders().contains(HttpHeader.CONTENT_LENGTH);
            if (openEnded && !"HEAD".equals(request.getMethod())) {
                // An event stream's first event may be minutes away: the client gets the header now.
                response.write(
                        false,
                        ByteBuffer.allocate(0),
                        Callback.from(() -> Content.copy(content, response, callback), failure -> {
                            content.fail(failure);
                            callback.failed(failure);
                        }));
            } else {
                Content.copy(content, response, Callback.from(callback::succeeded, this::cutShort));
            }
        }

        /** The target was lost between its header and its body: as long as the client knows of neither, it is told so. */
        private void cutShort(Throwable failure) {
            if (response.isCommitted()) {
                callback.failed(failure);
            } else {
                replaced = true;
                answer(isTimeout(failure) ? GeneratedResponse.GATEWAY_TIMEOUT : GeneratedResponse.BAD_GATEWAY);
            }
        }

        @Override
        public void onComplete(Result result) {
            if (result.isFailed() && isStale(result.getFailure())) {
                new Attempt(number + 1).send();
                return;
            }
            backend.leave();
            if (status != 0) {
                // From here on the copying of content owns the callback, and fails it if the response is cut short. An
                // answer that never reached the client is not the target's: what replaces it is counted instead.
                boolean lost = result.isFailed() && (replaced || !response.isCommitted());
                if (!lost) {
                    pool.meter().answered(status, seconds);
                }
            } else {
                answer(failed(result.getFailure()));
            }
        }

        private boolean isStale(Throwable failure) {
            return begun
                    && reused
                    && !responding
                    && !hasBody
                    && number < ATTEMPTS
                    && !backend.isCut()
                    && IDEMPOTENT.contains(request.getMethod())
                    && !isTimeout(failure);
        }

        private GeneratedResponse failed(Throwable failure) {
            if (body != null && body.clientFailure() != null) {
                return isTimeout(body.clientFailure())
                        ? GeneratedResponse.REQUEST_TIMEOUT
                        : GeneratedResponse.CLIENT_CLOSED;
            }
            if (failure instanceof RejectedExecutionException) {
                return GeneratedResponse.UNAVAILABLE; // more requests are waiting for this target than we keep
            }
            if (!begun) {
                pool.meter().connectionFailed();
            }
            return isTimeout(failure) ? GeneratedResponse.GATEWAY_TIMEOUT : GeneratedResponse.BAD_GATEWAY;
        }
    }

    private void answer(GeneratedResponse generated) {
        route.meter().generated(generated.status());
        generated.send(request, response, callback);
    }

    private static boolean isTimeout(Throwable failure) {
        return failure instanceof TimeoutException || failure instanceof SocketTimeoutException;
    }
}
