package io.jenkins.plugins.ecscanary.localaws.faults;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;

/**
 * The buckets of one account and region, filled in simulated time: a client whose clock runs with ours is throttled at any
 * speed as it would be on AWS. Not thread-safe.
 */
final class TokenBuckets {

    private static final double NANOS = 1e9;

    private final Map<PublishedRates.Rate, Level> levels = new HashMap<>();

    /** Takes a token; false if there is none left. */
    boolean take(String service, String operation, Instant now) {
        return PublishedRates.ALL.stream()
                .filter(rate -> rate.covers(service, operation))
                .findFirst()
                .map(rate -> levels.computeIfAbsent(rate, full -> new Level(full.burst(), now))
                        .take(rate, now))
                .orElse(true);
    }

    private static final class Level {
        private double tokens;
        private Instant filled;

        Level(double tokens, Instant filled) {
            this.tokens = tokens;
            this.filled = filled;
        }

        boolean take(PublishedRates.Rate rate, Instant now) {
            // Two threads may come in another order than they took the time.
            if (now.isAfter(filled)) {
                double gained = Duration.between(filled, now).toNanos() / NANOS * rate.perSecond();
                tokens = Math.min(rate.burst(), tokens + gained);
                filled = now;
            }
            if (tokens < 1) {
                return false;
            }
            tokens--;
            return true;
        }
    }
}
