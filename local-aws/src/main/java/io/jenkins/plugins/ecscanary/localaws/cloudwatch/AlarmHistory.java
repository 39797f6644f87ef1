package io.jenkins.plugins.ecscanary.localaws.cloudwatch;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.ecscanary.localaws.world.World;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/**
 * What happened to alarms, deleted ones too: for 30 days as on AWS, but the newest {@value #MOST} items at most. Guarded by
 * the world's lock.
 */
final class AlarmHistory {

    static final int MOST = 10_000;
    private static final Duration KEPT = Duration.ofDays(30);
    private static final ObjectMapper JSON = JsonMapper.builder()
            .defaultPropertyInclusion(JsonInclude.Value.ALL_NON_NULL)
            .build();

    private final World world;
    private final Deque<Item> items = new ArrayDeque<>();

    AlarmHistory(World world) {
        this.world = world;
    }

    void created(Alarm alarm) {
        configured(alarm, "Create", "created");
    }

    void updated(Alarm alarm) {
        configured(alarm, "Update", "updated");
    }

    void deleted(Alarm alarm) {
        configured(alarm, "Delete", "deleted");
    }

    private void configured(Alarm alarm, String type, String done) {
        ObjectNode data = JSON.createObjectNode().put("version", "1.0").put("type", type);
        ObjectNode given = JSON.valueToTree(alarm.definition.given());
        data.set(done + "Alarm", given.put("actionsEnabled", alarm.actionsEnabled));
        add(alarm, "ConfigurationUpdate", "Alarm \"" + alarm.name + "\" " + done, data);
    }

    void moved(Alarm alarm, AlarmState from, StateReason before) {
        ObjectNode data = JSON.createObjectNode().put("version", "1.0");
        data.set("oldState", state(from, before));
        data.set("newState", state(alarm.state, alarm.reason));
        add(alarm, "StateUpdate", "Alarm updated from " + from + " to " + alarm.state, data);
    }

    void notDone(Alarm alarm, String action, String why) {
        ObjectNode data = JSON.createObjectNode().put("version", "1.0").put("actionState", "Failed");
        data.put("stateUpdateTimestamp", alarm.stateUpdated.toEpochMilli());
        data.put("notificationResource", action).put("error", why);
        add(alarm, "Action", "Failed to execute action " + action, data);
    }

    private static ObjectNode state(AlarmState state, StateReason reason) {
        ObjectNode node =
                JSON.createObjectNode().put("stateValue", state.name()).put("stateReason", reason.sentence());
        if (reason.data() != null) {
            node.set("stateReasonData", parsed(reason.data()));
        }
        return node;
    }

    private static JsonNode parsed(String data) {
        try {
            return JSON.readTree(data);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("state reason data is checked where it comes in", e);
        }
    }

    private void add(Alarm alarm, String kind, String summary, ObjectNode data) {
        items.addLast(new Item(alarm.name, alarm.definition.type(), world.now(), kind, summary, data.toString()));
        forget();
    }

    private void forget() {
        Instant oldest = world.now().minus(KEPT);
        while (items.size() > MOST
                || !items.isEmpty() && items.peekFirst().timestamp().isBefore(oldest)) {
            items.removeFirst();
        }
    }

    /** Oldest first. */
    List<Item> items() {
        forget();
        return List.copyOf(items);
    }

    void restore(List<Item> kept) {
        items.addAll(kept);
    }

    /** One item, as it is told. */
    record Item(
            String alarmName,
            String alarmType,
            Instant timestamp,
            String historyItemType,
            String historySummary,
            String historyData) {}
}
