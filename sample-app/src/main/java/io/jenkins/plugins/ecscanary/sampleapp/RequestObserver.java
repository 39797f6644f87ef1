package io.jenkins.plugins.ecscanary.sampleapp;

import io.jenkins.plugins.ecscanary.sampleapp.RequestMetrics.PerRoute;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.NanoTime;

/**
 * Counts and logs every request, those refused before they reach a servlet included. It listens for the end of a request only; Jetty's
 * EventsHandler could do it too, but makes a wrapper and views of every header and byte sent for events nobody here asks for.
 */
final class RequestObserver extends Handler.Wrapper {

    private final RequestMetrics metrics;
    private final AccessLog accessLog;

    RequestObserver(Handler next, RequestMetrics metrics, AccessLog accessLog) {
        super(next);
        this.metrics = metrics;
        this.accessLog = accessLog;
    }

    @Override
    public boolean handle(Request request, Response response, Callback callback) throws Exception {
        String path = Request.getPathInContext(request);
        Route route = Route.of(path);
        PerRoute counters = metrics.of(route);
        counters.begin();
        Request.addCompletionListener(request, failure -> {
            long nanos = NanoTime.since(request.getBeginNanoTime());
            int status = response.getStatus();
            counters.end(status, nanos);
            if (route == Route.PAGE) {
                accessLog.page(request.getMethod(), path, status, nanos);
            }
        });
        return super.handle(request, response, callback);
    }
}
