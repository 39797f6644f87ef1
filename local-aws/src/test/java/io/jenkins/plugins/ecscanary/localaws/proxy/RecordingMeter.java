package io.jenkins.plugins.ecscanary.localaws.proxy;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** Remembers what was counted, as words; a test waits for what comes a moment after the client has its answer. */
public final class RecordingMeter implements TrafficMeter {

    private final LinkedBlockingQueue<String> events = new LinkedBlockingQueue<>();

    /** The next events, in order. */
    public List<String> next(int count) throws InterruptedException {
        List<String> seen = new ArrayList<>();
        while (seen.size() < count) {
            String event = events.poll(20, TimeUnit.SECONDS);
            if (event == null) {
                throw new AssertionError("only " + seen + " was counted");
            }
            seen.add(event);
        }
        return seen;
    }

    public boolean isEmpty() {
        return events.isEmpty();
    }

    @Override
    public LoadBalancerMeter loadBalancer(String loadBalancer) {
        return new LoadBalancerMeter() {
            @Override
            public void generated(int status) {
                events.add("elb " + status);
            }

            @Override
            public GroupMeter group(String targetGroup) {
                return new Group(targetGroup);
            }
        };
    }

    private final class Group implements GroupMeter {
        private final String name;

        Group(String name) {
            this.name = name;
        }

        @Override
        public void chosen() {
            events.add(name + " chosen");
        }

        @Override
        public void answered(int status, double seconds) {
            events.add(name + " " + status);
        }

        @Override
        public void connectionFailed() {
            events.add(name + " unreachable");
        }

        @Override
        public void hosts(int healthy, int unhealthy) {
            events.add(name + " " + healthy + "/" + unhealthy);
        }
    }
}
