package io.jenkins.plugins.ecscanary.sampleapp;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/** The counters, for Prometheus to scrape. */
final class MetricsServlet extends ReadOnlyServlet {
    private static final long serialVersionUID = 1L;

    private final transient PrometheusText text;

    MetricsServlet(PrometheusText text) {
        this.text = text;
    }

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
        ByteBuffer body = StandardCharsets.UTF_8.encode(text.render());
        send(response, HttpServletResponse.SC_OK, PrometheusText.CONTENT_TYPE, body);
    }
}
