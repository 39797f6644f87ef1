package io.jenkins.plugins.ecscanary.localaws.proxy;

/**
 * What the data plane counts. Called from many threads at once and per request: implementations are thread-safe and
 * never take the world's lock.
 */
public interface TrafficMeter {

    /** @param loadBalancer the metric dimension, {@code app/<name>/<id>} */
    LoadBalancerMeter loadBalancer(String loadBalancer);

    /** What is known of a load balancer alone. */
    interface LoadBalancerMeter {
        /** The load balancer itself answered with this status: no target did. */
        void generated(int status);

        /** @param targetGroup the metric dimension, {@code targetgroup/<name>/<id>} */
        GroupMeter group(String targetGroup);
    }

    /** What is known of a target group behind a load balancer. */
    interface GroupMeter {
        /** A target was chosen for a request. */
        void chosen();

        /**
         * A target's response has ended.
         *
         * @param seconds of wall-clock time from sending the request to the response's header
         */
        void answered(int status, double seconds);

        /** No connection to the target could be established. */
        void connectionFailed();

        /** The group's targets by health, sampled. */
        void hosts(int healthy, int unhealthy);
    }
}
