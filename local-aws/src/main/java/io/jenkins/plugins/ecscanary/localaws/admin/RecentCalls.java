package io.jenkins.plugins.ecscanary.localaws.admin;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.ecscanary.localaws.wire.WireCall;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.function.Consumer;

/** The last calls over the wire. */
public final class RecentCalls implements Consumer<WireCall> {

    private static final int KEPT = 200;

    private final Deque<WireCall> calls = new ArrayDeque<>();
    private long count;

    @Override
    public void accept(WireCall call) {
        synchronized (calls) {
            calls.addFirst(call);
            count++;
            if (calls.size() > KEPT) {
                calls.removeLast();
            }
        }
    }

    /** {@code {"count": …, "last": […]}}, newest first. */
    ObjectNode json() {
        List<WireCall> copy;
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        synchronized (calls) {
            copy = List.copyOf(calls);
            json.put("count", count);
        }
        ArrayNode last = json.putArray("last");
        copy.forEach(call -> last.add(json(call)));
        return json;
    }

    private static ObjectNode json(WireCall call) {
        ObjectNode json = JsonNodeFactory.instance
                .objectNode()
                .put("at", call.at().toEpochMilli())
                .put("service", call.service())
                .put("operation", call.operation())
                .put("accessKeyId", call.accessKeyId())
                .put("status", call.status())
                .put("micros", call.took().toNanos() / 1000);
        if (call.error() != null) {
            json.put("error", call.error());
        }
        if (call.fault() != null) {
            json.put("fault", call.fault());
        }
        return json;
    }
}
