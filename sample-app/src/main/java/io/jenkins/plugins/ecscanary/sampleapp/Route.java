package io.jenkins.plugins.ecscanary.sampleapp;

/** What a request is for. Only {@link #PAGE} is subject to faults, overload protection and refusal while draining. */
enum Route {
    PAGE("/"),
    HEALTH("/health"),
    VERSION("/version"),
    METRICS("/metrics");

    /** Exact path; {@link #PAGE} also stands for every path that nothing else answers. */
    final String path;

    Route(String path) {
        this.path = path;
    }

    static Route of(String path) {
        return switch (path) {
            case "/health" -> HEALTH;
            case "/version" -> VERSION;
            case "/metrics" -> METRICS;
            default -> PAGE;
        };
    }
}
