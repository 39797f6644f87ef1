package io.jenkins.plugins.ecscanary.sampleapp;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Map;

/** {@code {"status":"ready"}} with 200, or with 503 the reason: {@code starting}, {@code unhealthy} or {@code draining}. */
final class HealthServlet extends ReadOnlyServlet {
    private static final long serialVersionUID = 1L;

    private final transient Readiness readiness;

    HealthServlet(Readiness readiness) {
        this.readiness = readiness;
    }

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
        Readiness.State state = readiness.state();
        int status =
                state == Readiness.State.READY ? HttpServletResponse.SC_OK : HttpServletResponse.SC_SERVICE_UNAVAILABLE;
        sendJson(response, status, Map.of("status", state.word));
    }
}
