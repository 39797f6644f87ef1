package io.jenkins.plugins.ecscanary.engine.observe;

import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.Map;
import java.util.random.RandomGenerator;

/**
 * Keeps the pool's calls below AWS's published rates, leaving room for everyone else in the account: a token bucket for
 * each kind of look, and full-jitter back-off after a throttled or failed call. Elastic Load Balancing's describes refill
 * 10 per second (burst 40), ECS's 20 (burst 100), DescribeAlarms is quoted at 9 per second, GetMetricData at 50;
 * CodeDeploy publishes nothing, and 41 calls a minute in bursts have been throttled, so half a call per second, for
 * all its operations together, is assumed. Not thread-safe.
 */
final class CallBudget {

    private static final Duration BACK_OFF_BASE = Duration.ofSeconds(1);
    private static final Duration BACK_OFF_CAP = Duration.ofSeconds(30);

    /** CodeDeploy calls in a read-back: the deployment, its rollback, its target. */
    private static final int READ_BACK_CALLS = 3;

    private final RandomGenerator random;
    private final Map<Look, Bucket> buckets = new EnumMap<>(Look.class);

    CallBudget(RandomGenerator random, Instant now) {
        this.random = random;
        Bucket codeDeploy = new Bucket(15, 0.5, now);
        buckets.put(Look.STATUS, codeDeploy);
        buckets.put(Look.TARGET, codeDeploy);
        buckets.put(Look.READ_BACK, codeDeploy);
        buckets.put(Look.WEIGHTS, new Bucket(10, 2, now));
        buckets.put(Look.HEALTH, new Bucket(10, 2, now));
        buckets.put(Look.ALARMS, new Bucket(5, 2, now));
        buckets.put(Look.METRICS, new Bucket(5, 2, now));
        buckets.put(Look.STOPPED, new Bucket(5, 2, now));
    }

    /** When the next call of this kind may be made: {@code now} or later. */
    Instant earliest(Look look, Instant now) {
        return buckets.get(look).earliest(now);
    }

    /** Takes what a call costs. */
    void spend(Look look, Instant now) {
        buckets.get(look).spend(look == Look.READ_BACK ? READ_BACK_CALLS : 1, now);
    }

    void succeeded(Look look) {
        buckets.get(look).failures = 0;
    }

    /** Backs off: a random wait up to a bound that doubles with each failure in a row. */
    void failed(Look look, Instant now) {
        Bucket bucket = buckets.get(look);
        bucket.failures = Math.min(bucket.failures + 1, 10);
        long bound = Math.min(BACK_OFF_CAP.toMillis(), BACK_OFF_BASE.toMillis() << bucket.failures);
        bucket.notBefore = now.plusMillis(random.nextLong(bound));
    }

    private static final class Bucket {
        private final double burst;
        private final double perSecond;
        private double tokens;
        private Instant filled;
        private Instant notBefore;
        private int failures;

        Bucket(double burst, double perSecond, Instant now) {
            this.burst = burst;
            this.perSecond = perSecond;
            this.tokens = burst;
            this.filled = now;
            this.notBefore = Instant.MIN;
        }

        Instant earliest(Instant now) {
            fill(now);
            Instant affordable = tokens >= 1 ? now : now.plusMillis((long) Math.ceil((1 - tokens) / perSecond * 1000));
            return affordable.isBefore(notBefore) ? notBefore : affordable;
        }

        void spend(int calls, Instant now) {
            fill(now);
            tokens -= calls;
        }

        private void fill(Instant now) {
            if (now.isBefore(filled)) {
                filled = now; // the clock was set back, to agree with AWS's
            } else {
                tokens = Math.min(burst, tokens + Duration.between(filled, now).toMillis() / 1000.0 * perSecond);
                filled = now;
            }
        }
    }
}
