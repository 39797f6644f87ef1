package io.jenkins.plugins.ecscanary.sampleapp;

import java.time.Duration;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/**
 * Answers page requests late. It stands before the overload protection and waits without a thread, so that a slow version looks slow and
 * not overloaded; an asynchronous servlet would hold one of the places there while it waits.
 */
final class LatencyFault extends Handler.Wrapper {

    private final Timer timer;
    private final Duration latency;

    LatencyFault(Handler next, Timer timer, Duration latency) {
        super(next);
        this.timer = timer;
        this.latency = latency;
    }

    @Override
    public boolean handle(Request request, Response response, Callback callback) throws Exception {
        if (!PageRequests.isPage(request)) {
            return super.handle(request, response, callback);
        }
        timer.after(
                latency,
                () -> request.getComponents().getExecutor().execute(() -> proceed(request, response, callback)));
        return true;
    }

    private void proceed(Request request, Response response, Callback callback) {
        try {
            if (!super.handle(request, response, callback)) {
                Response.writeError(request, response, callback, HttpStatus.NOT_FOUND_404);
            }
        } catch (Exception e) {
            Response.writeError(request, response, callback, e);
        }
    }
}
