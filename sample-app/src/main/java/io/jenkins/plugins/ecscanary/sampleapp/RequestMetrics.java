package io.jenkins.plugins.ecscanary.sampleapp;

import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;

/** The counters behind {@code /metrics}. */
final class RequestMetrics {

    /** Status classes 1xx to 5xx. */
    static final int CLASSES = 5;

    /** The counters of one route. */
    static final class PerRoute {
        final LongAdder inFlight = new LongAdder();
        final LatencyHistogram latency = new LatencyHistogram();
        private final LongAdder[] byClass = new LongAdder[CLASSES];

        private PerRoute() {
            for (int i = 0; i < CLASSES; i++) {
                byClass[i] = new LongAdder();
            }
        }

        void begin() {
            inFlight.increment();
        }

        void end(int status, long nanos) {
            inFlight.decrement();
            byClass[Math.min(Math.max(status / 100, 1), CLASSES) - 1].increment();
            latency.record(nanos);
        }

        /** @param statusClass 1 to 5 */
        long count(int statusClass) {
            return byClass[statusClass - 1].sum();
        }
    }

    private final Map<Route, PerRoute> routes = new EnumMap<>(Route.class);

    RequestMetrics() {
        for (Route route : Route.values()) {
            routes.put(route, new PerRoute());
        }
    }

    PerRoute of(Route route) {
        return routes.get(route);
    }
}
