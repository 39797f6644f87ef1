package io.jenkins.plugins.ecscanary.sampleapp;

import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.handler.EventsHandler;
import org.eclipse.jetty.util.NanoTime;

/** Counts and logs every request, those refused before they reach a servlet included. */
final class RequestObserver extends EventsHandler {

    private final RequestMetrics metrics;
    private final AccessLog accessLog;

    RequestObserver(Handler next, RequestMetrics metrics, AccessLog accessLog) {
        super(next);
        this.metrics = metrics;
        this.accessLog = accessLog;
    }

    @Override
    protected void onBeforeHandling(Request request) {
        metrics.begin(routeOf(request));
    }

    @Override
    protected void onComplete(Request request, int status, HttpFields headers, Throwable failure) {
        long nanos = NanoTime.since(request.getBeginNanoTime());
        Route route = routeOf(request);
        metrics.end(route, status, nanos);
        if (route == Route.PAGE) {
            accessLog.page(request.getMethod(), Request.getPathInContext(request), status, nanos);
        }
    }

    private static Route routeOf(Request request) {
        return Route.of(Request.getPathInContext(request));
    }
}
