package io.jenkins.plugins.ecscanary.localaws.codedeploy;

import java.time.Instant;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** The eight lifecycle events of an ECS deployment; all are listed as Pending from the start. */
final class LifecycleEvents {

    /** In order. */
    enum Name {
        BEFORE_INSTALL("BeforeInstall", true),
        INSTALL("Install", false),
        AFTER_INSTALL("AfterInstall", true),
        ALLOW_TEST_TRAFFIC("AllowTestTraffic", false),
        AFTER_ALLOW_TEST_TRAFFIC("AfterAllowTestTraffic", true),
        BEFORE_ALLOW_TRAFFIC("BeforeAllowTraffic", true),
        ALLOW_TRAFFIC("AllowTraffic", false),
        AFTER_ALLOW_TRAFFIC("AfterAllowTraffic", true);

        private final String wireName;
        private final boolean hook;

        Name(String wireName, boolean hook) {
            this.wireName = wireName;
            this.hook = hook;
        }

        /** The hook that an AppSpec calls by this name, in whatever case. */
        static Optional<Name> hook(String wireName) {
            return Stream.of(values())
                    .filter(name -> name.hook && name.wireName.equalsIgnoreCase(wireName))
                    .findFirst();
        }

        Name next() {
            return values()[ordinal() + 1];
        }

        @Override
        public String toString() {
            return wireName;
        }
    }

    private final Map<Name, LifecycleEvent> events = new EnumMap<>(Name.class);

    LifecycleEvents() {
        Stream.of(Name.values())
                .forEach(name -> events.put(name, new LifecycleEvent(name.wireName, null, "Pending", null, null)));
    }

    /** @param kept all eight, in order, as {@link #all} gave them */
    static LifecycleEvents of(List<LifecycleEvent> kept) {
        LifecycleEvents events = new LifecycleEvents();
        for (Name name : Name.values()) {
            LifecycleEvent event = kept.size() == Name.values().length ? kept.get(name.ordinal()) : null;
            if (event == null || !name.wireName.equals(event.lifecycleEventName)) {
                throw new IllegalArgumentException("lifecycle event " + name + " is not in its place");
            }
            events.events.put(name, event);
        }
        return events;
    }

    void start(Name name, Instant now) {
        events.put(name, new LifecycleEvent(name.wireName, null, "InProgress", now, null));
    }

    void succeed(Name name, Instant now) {
        events.computeIfPresent(
                name, (key, event) -> new LifecycleEvent(key.wireName, null, "Succeeded", event.startTime, now));
    }

    void fail(Name name, Diagnostics diagnostics, Instant now) {
        events.computeIfPresent(
                name, (key, event) -> new LifecycleEvent(key.wireName, diagnostics, "Failed", event.startTime, now));
    }

    /** What was in progress has failed, what was still to come is skipped. */
    void abort(Instant now) {
        events.replaceAll((name, event) -> switch (event.status) {
            case "InProgress" -> new LifecycleEvent(name.wireName, null, "Failed", event.startTime, now);
            case "Pending" -> new LifecycleEvent(name.wireName, null, "Skipped", null, null);
            default -> event;
        });
    }

    Optional<Name> inProgress() {
        return Stream.of(Name.values())
                .filter(name -> "InProgress".equals(events.get(name).status))
                .findFirst();
    }

    List<LifecycleEvent> all() {
        return List.copyOf(events.values());
    }

    /** As on the wire. */
    record LifecycleEvent(
            String lifecycleEventName, Diagnostics diagnostics, String status, Instant startTime, Instant endTime) {}

    /**
     * Why a hook failed. AWS's wording for functions is not known.
     *
     * @param errorCode {@code UnknownError}, as for every function
     * @param scriptName the function
     */
    record Diagnostics(String errorCode, String scriptName, String message) {

        static Diagnostics of(String function, String message) {
            return new Diagnostics("UnknownError", function, message);
        }
    }
}
