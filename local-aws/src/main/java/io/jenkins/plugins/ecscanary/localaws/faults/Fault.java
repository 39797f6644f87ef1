package io.jenkins.plugins.ecscanary.localaws.faults;

import java.time.Duration;

/** A way in which a call can go wrong. */
public sealed interface Fault {

    /** Longest {@link Slow} delay: beyond it every client has given up. */
    Duration MAX_DELAY = Duration.ofMinutes(10);

    /** The first word of a rule's text and {@code kind} in its JSON. */
    String kind();

    /** The service's own throttling error, HTTP 400; the operation does not run. */
    record Throttle() implements Fault {
        @Override
        public String kind() {
            return "throttle";
        }
    }

    /** {@code InternalFailure} (500) or {@code ServiceUnavailable} (503). */
    record Failure(int status, When when) implements Fault {
        public Failure {
            if (status != 500 && status != 503) {
                throw new InvalidFaultException("status " + status + " is neither 500 nor 503");
            }
        }

        @Override
        public String kind() {
            return "error";
        }
    }

    /** The connection is closed without an answer. */
    record Reset(When when) implements Fault {
        @Override
        public String kind() {
            return "reset";
        }
    }

    /**
     * The operation runs at once and its answer is held back.
     *
     * @param delay in wall-clock time: it is the client's patience that is tried
     */
    record Slow(Duration delay) implements Fault {
        public Slow {
            if (delay.isNegative() || delay.isZero() || delay.compareTo(MAX_DELAY) > 0) {
                throw new InvalidFaultException("a delay is more than nothing and at most 10m");
            }
        }

        @Override
        public String kind() {
            return "slow";
        }
    }

    /**
     * Reads only: what was answered to the very same request before is answered again, be it an error, as by a replica
     * that lags behind. Where nothing was answered before, or only longer ago, the call is answered as it is.
     *
     * @param maxAge in simulated time
     */
    record Stale(Duration maxAge) implements Fault {
        public Stale {
            if (maxAge.isNegative() || maxAge.isZero()) {
                throw new InvalidFaultException("an age is more than nothing");
            }
        }

        @Override
        public String kind() {
            return "stale";
        }
    }

    /** Throttling as AWS does it, by {@link PublishedRates}. */
    record Buckets() implements Fault {
        @Override
        public String kind() {
            return "buckets";
        }
    }
}
