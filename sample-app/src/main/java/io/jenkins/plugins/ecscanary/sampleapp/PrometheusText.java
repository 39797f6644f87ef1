package io.jenkins.plugins.ecscanary.sampleapp;

import java.util.List;

/**
 * Writes the counters in the Prometheus text exposition format 0.0.4
 * (<a href="https://prometheus.io/docs/instrumenting/exposition_formats/">specification</a>).
 */
final class PrometheusText {

    static final String CONTENT_TYPE = "text/plain; version=0.0.4; charset=utf-8";

    private final Settings settings;
    private final RequestMetrics metrics;

    PrometheusText(Settings settings, RequestMetrics metrics) {
        this.settings = settings;
        this.metrics = metrics;
    }

    String render() {
        StringBuilder out = new StringBuilder(8192);
        family(out, "app_info", "gauge", "Always 1; the labels say what is running.");
        sample(
                out,
                "app_info",
                labels("version", settings.version(), "image", settings.image(), "instance", settings.instance()),
                "1");
        requests(out);
        inFlight(out);
        durations(out);
        return out.toString();
    }

    private void requests(StringBuilder out) {
        String name = "http_requests_total";
        family(out, name, "counter", "Requests answered, by route and class of status.");
        for (Route route : Route.values()) {
            for (int c = 1; c <= RequestMetrics.CLASSES; c++) {
                String count = Long.toString(metrics.of(route).count(c));
                sample(out, name, labels("route", route.path, "status", c + "xx"), count);
            }
        }
    }

    private void inFlight(StringBuilder out) {
        String name = "http_requests_in_flight";
        family(out, name, "gauge", "Requests received and not answered yet, by route.");
        for (Route route : Route.values()) {
            String count = Long.toString(metrics.of(route).inFlight.sum());
            sample(out, name, labels("route", route.path), count);
        }
    }

    private void durations(StringBuilder out) {
        String name = "http_request_duration_seconds";
        family(out, name, "histogram", "Time from the first byte of a request to the end of its answer, by route.");
        for (Route route : Route.values()) {
            LatencyHistogram histogram = metrics.of(route).latency;
            List<String> bounds = LatencyHistogram.BOUNDS;
            // Read once: count must equal the last bucket even while requests go on.
            long[] cumulative = histogram.cumulative();
            for (int i = 0; i < cumulative.length; i++) {
                String bound = i < bounds.size() ? bounds.get(i) : "+Inf";
                sample(out, name + "_bucket", labels("route", route.path, "le", bound), Long.toString(cumulative[i]));
            }
            String label = labels("route", route.path);
            sample(out, name + "_sum", label, Double.toString(histogram.sumSeconds()));
            sample(out, name + "_count", label, Long.toString(cumulative[cumulative.length - 1]));
        }
    }

    private static void family(StringBuilder out, String name, String type, String help) {
        out.append("# HELP ").append(name).append(' ').append(help).append('\n');
        out.append("# TYPE ").append(name).append(' ').append(type).append('\n');
    }

    private static void sample(StringBuilder out, String name, String labels, String value) {
        out.append(name).append('{').append(labels).append("} ").append(value).append('\n');
    }

    private static String labels(String... namesAndValues) {
        StringBuilder labels = new StringBuilder();
        for (int i = 0; i < namesAndValues.length; i += 2) {
            labels.append(i == 0 ? "" : ",").append(namesAndValues[i]).append("=\"");
            labels.append(escape(namesAndValues[i + 1])).append('"');
        }
        return labels.toString();
    }

    private static String escape(String value) {
        return value.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n");
    }
}
