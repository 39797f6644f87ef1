package io.jenkins.plugins.ecscanary.engine.observe;

import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.Map;
import java.util.random.RandomGenerator;

/**
 * Keeps the calls of all deployments together below AWS's published rates, leaving room for everyone else in the account: a
 * token bucket for each kind of look and of call at the start, and full-jitter back-off after a throttled or failed look.
 * Elastic Load Balancing's describes refill 10 per second (burst 40), ECS's 20 (burst 100), registering task definitions 1
 * (burst 20), DescribeAlarms is quoted at 9 per second, PutMetricAlarm at 3, GetMetricData at 50; CodeDeploy publishes nothing, and 41 calls a
 * minute in bursts have been throttled, so 0.6 reads per second, bursts of 16, are assumed.
 *
 * <p>Those are shared: observing has two thirds of them, starting one third, and what one side leaves goes to the other. So
 * neither do many starts blind those that run, nor do many that run keep new ones from starting.
 */
public final class CallBudget {

    private static final Duration BACK_OFF_BASE = Duration.ofSeconds(1);
    private static final Duration BACK_OFF_CAP = Duration.ofSeconds(30);

    /**
     * Calls of a kind that may be planned or on their way at once. What waits longer than planned, because a thread or AWS is
     * slow, would else pile up, paid for already, and go out as one burst. At AWS's usual tenth of a second, two at once are more
     * calls than any of the rates allow.
     */
    private static final int OUTSTANDING = 2;

    /** CodeDeploy calls in a read-back: the deployment, its rollback, its target. */
    private static final int READ_BACK_CALLS = 3;

    private final RandomGenerator random;
    private final Map<Look, Bucket> buckets = new EnumMap<>(Look.class);
    private final Map<StartCall, Bucket> starts = new EnumMap<>(StartCall.class);

    public CallBudget(RandomGenerator random, Instant now) {
        this.random = random;
        Bucket codeDeploy = new Bucket(11, 0.4, now);
        buckets.put(Look.STATUS, codeDeploy);
        buckets.put(Look.TARGET, codeDeploy);
        buckets.put(Look.READ_BACK, codeDeploy);
        buckets.put(Look.WEIGHTS, new Bucket(10, 2, now));
        buckets.put(Look.HEALTH, new Bucket(10, 2, now));
        buckets.put(Look.ALARMS, new Bucket(4, 2, now));
        buckets.put(Look.METRICS, new Bucket(5, 2, now));
        buckets.put(Look.STOPPED, new Bucket(5, 2, now));
        Bucket codeDeployAtStart = new Bucket(5, 0.2, now);
        codeDeploy.leavesTo(codeDeployAtStart);
        codeDeployAtStart.leavesTo(codeDeploy);
        starts.put(StartCall.CODE_DEPLOY_READ, codeDeployAtStart);
        starts.put(StartCall.CREATE_DEPLOYMENT, new Bucket(10, 2, now));
        starts.put(StartCall.SERVICES, new Bucket(20, 5, now));
        starts.put(StartCall.TASK_DEFINITIONS, new Bucket(20, 8, now));
        starts.put(StartCall.REGISTER_TASK_DEFINITION, new Bucket(10, 0.6, now));
        starts.put(StartCall.TASKS, new Bucket(20, 8, now));
        starts.put(StartCall.LOAD_BALANCING, new Bucket(10, 4, now));
        starts.put(StartCall.ALARMS, new Bucket(2, 3, now));
        starts.put(StartCall.PUT_ALARM, new Bucket(2, 1, now));
    }

    /** Takes what a call at the start costs, if it may be made now: then ZERO. Otherwise how long it has to wait at least. */
    synchronized Duration take(StartCall call, Instant now) {
        Bucket bucket = starts.get(call);
        Instant earliest = bucket.earliest(now);
        if (earliest.isAfter(now)) {
            return Duration.between(now, earliest);
        }
        bucket.spend(1, now);
        return Duration.ZERO;
    }

    /** When the next call of this kind may be made: {@code now} or later. */
    synchronized Instant earliest(Look look, Instant now) {
        return buckets.get(look).earliest(now);
    }

    /** Whether another call of this kind has to wait for the answer to an earlier one. */
    synchronized boolean full(Look look) {
        return buckets.get(look).outstanding >= OUTSTANDING;
    }

    /** Takes what a call costs that is made now; {@link #answered} is to be called once it has been. */
    synchronized void begin(Look look, Instant now) {
        spend(look, now);
        buckets.get(look).outstanding++;
    }

    /** There is an answer, or none will come. */
    synchronized void answered(Look look) {
        buckets.get(look).outstanding--;
    }

    /** Takes what a call costs. */
    synchronized void spend(Look look, Instant now) {
        buckets.get(look).spend(look == Look.READ_BACK ? READ_BACK_CALLS : 1, now);
    }

    synchronized void succeeded(Look look) {
        buckets.get(look).failures = 0;
    }

    /** Backs off: a random wait up to a bound that doubles with each failure in a row. */
    synchronized void failed(Look look, Instant now) {
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
        private int outstanding;
        private Bucket other;

        Bucket(double burst, double perSecond, Instant now) {
            this.burst = burst;
            this.perSecond = perSecond;
            this.tokens = burst;
            this.filled = now;
            this.notBefore = Instant.MIN;
        }

        /** What does not fit into this one any more goes there. */
        void leavesTo(Bucket other) {
            this.other = other;
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
            double left = gain(now);
            if (other != null) {
                double back = other.gain(now);
                other.tokens = Math.min(other.burst, other.tokens + left);
                tokens = Math.min(burst, tokens + back);
            }
        }

        /** Answers what was gained and does not fit. */
        private double gain(Instant now) {
            double gained = now.isBefore(filled)
                    ? 0 // the clock was set back, to agree with AWS's
                    : Duration.between(filled, now).toMillis() / 1000.0 * perSecond;
            filled = now;
            double all = tokens + gained;
            tokens = Math.min(burst, all);
            return all - tokens;
        }
    }
}
