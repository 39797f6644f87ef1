package io.jenkins.plugins.ecscanary.sampleapp;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicLong;
import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.http.PreEncodedHttpField;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.handler.QoSHandler;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.component.Graceful.Shutdown;

/** What happens to page requests, and only to them, before a servlet sees them. */
final class PageRequests {

    private static final HttpField RETRY_AFTER_SECONDS = new PreEncodedHttpField(HttpHeader.RETRY_AFTER, "1");

    private PageRequests() {}

    /**
     * Knows the page requests in flight; once shut down, answers new ones 503 and tells when the others are finished. As Jetty's
     * GracefulHandler, but with one listener for each request where that wraps the request, its callback and its stream.
     */
    static final class Graceful extends Handler.Wrapper {

        private final AtomicLong inFlight = new AtomicLong();
        private final Shutdown shutdown = new Shutdown(this) {
            @Override
            public boolean isShutdownDone() {
                return inFlight.get() == 0;
            }
        };

        Graceful(Handler next) {
            super(next);
        }

        @Override
        public boolean handle(Request request, Response response, Callback callback) throws Exception {
            if (isPage(request)) {
                // Counted before it is looked whether it is too late, so that none is let in unseen.
                inFlight.incrementAndGet();
                Request.addCompletionListener(request, failure -> ended());
                if (shutdown.isShutdown()) {
                    unavailable(request, response, callback, HttpStatus.SERVICE_UNAVAILABLE_503, null);
                    return true;
                }
            }
            return super.handle(request, response, callback);
        }

        private void ended() {
            inFlight.decrementAndGet();
            if (shutdown.isShutdown()) {
                shutdown.check();
            }
        }

        long inFlight() {
            return inFlight.get();
        }

        /** @return done when no page request is in flight any more */
        CompletableFuture<Void> shutdown() {
            return shutdown.shutdown();
        }
    }

    /** Lets a bounded number in, lets a bounded number wait for a bounded time, and answers the rest 503 at once. */
    static final class Overload extends QoSHandler {

        Overload(Handler next, Limits limits) {
            super(next);
            exclude(request -> !isPage(request));
            setMaxRequestCount(limits.concurrentPages());
            setMaxSuspendedRequestCount(limits.queuedPages());
            setMaxSuspend(limits.longestWait());
        }

        @Override
        protected void reject(Request request, Response response, Callback callback, int status) {
            unavailable(request, response, callback, status, null);
        }

        @Override
        protected void failSuspended(
                Request request, Response response, Callback callback, int status, Throwable failure) {
            if (status == HttpStatus.SERVICE_UNAVAILABLE_503) {
                unavailable(request, response, callback, status, failure);
            } else {
                super.failSuspended(request, response, callback, status, failure);
            }
        }
    }

    static boolean isPage(Request request) {
        return Route.of(Request.getPathInContext(request)) == Route.PAGE;
    }

    private static void unavailable(
            Request request, Response response, Callback callback, int status, Throwable failure) {
        response.getHeaders().put(RETRY_AFTER_SECONDS);
        Response.writeError(request, response, callback, status, null, failure);
    }
}
