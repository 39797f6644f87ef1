package io.jenkins.plugins.ecscanary.sampleapp;

import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Consumer;
import org.eclipse.jetty.util.ajax.JSON;

/** One JSON object a line: {@code time} (ISO-8601 UTC, milliseconds), {@code event}, then the event's own members. */
public final class EventLog {

    private final Consumer<String> out;
    private final Clock clock;
    private final JSON json = new JSON();

    /** @param out takes one line, without its end, from any thread */
    public EventLog(Consumer<String> out, Clock clock) {
        this.out = out;
        this.clock = clock;
    }

    Line event(String name) {
        return new Line(name);
    }

    /** One line being put together. */
    final class Line {
        private final Map<String, Object> members = new LinkedHashMap<>();

        private Line(String event) {
            members.put("time", clock.instant().truncatedTo(ChronoUnit.MILLIS).toString());
            members.put("event", event);
        }

        Line with(String name, Object value) {
            members.put(name, value);
            return this;
        }

        void write() {
            out.accept(json.toJSON(members));
        }
    }
}
