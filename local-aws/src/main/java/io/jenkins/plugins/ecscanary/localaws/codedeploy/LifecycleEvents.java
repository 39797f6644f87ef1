package io.jenkins.plugins.ecscanary.localaws.codedeploy;

import java.time.Instant;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** The eight lifecycle events of an ECS deployment; all are listed as Pending from the start. */
final class LifecycleEvents {

    /** In order. */
    enum Name {
        BEFORE_INSTALL("BeforeInstall"),
        INSTALL("Install"),
        AFTER_INSTALL("AfterInstall"),
        ALLOW_TEST_TRAFFIC("AllowTestTraffic"),
        AFTER_ALLOW_TEST_TRAFFIC("AfterAllowTestTraffic"),
        BEFORE_ALLOW_TRAFFIC("BeforeAllowTraffic"),
        ALLOW_TRAFFIC("AllowTraffic"),
        AFTER_ALLOW_TRAFFIC("AfterAllowTraffic");

        private final String wireName;

        Name(String wireName) {
            this.wireName = wireName;
        }

        @Override
        public String toString() {
            return wireName;
        }
    }

    private final Map<Name, LifecycleEvent> events = new EnumMap<>(Name.class);

    LifecycleEvents() {
        Stream.of(Name.values())
                .forEach(name -> events.put(name, new LifecycleEvent(name.wireName, "Pending", null, null)));
    }

    void start(Name name, Instant now) {
        events.put(name, new LifecycleEvent(name.wireName, "InProgress", now, null));
    }

    void succeed(Name name, Instant now) {
        events.computeIfPresent(
                name, (key, event) -> new LifecycleEvent(key.wireName, "Succeeded", event.startTime, now));
    }

    /** What was in progress has failed, what was still to come is skipped. */
    void abort(Instant now) {
        events.replaceAll((name, event) -> switch (event.status) {
            case "InProgress" -> new LifecycleEvent(name.wireName, "Failed", event.startTime, now);
            case "Pending" -> new LifecycleEvent(name.wireName, "Skipped", null, null);
            default -> event;
        });
    }

    List<LifecycleEvent> all() {
        return List.copyOf(events.values());
    }

    /** As on the wire. */
    record LifecycleEvent(String lifecycleEventName, String status, Instant startTime, Instant endTime) {}
}
