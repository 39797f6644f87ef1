package io.jenkins.plugins.ecscanary.localaws.faults;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.Supplier;

/**
 * The faults that are switched on, now and while calls are answered. Rules are asked in the order in which they were
 * added. Every {@code slow} one that fires adds its delay, up to {@link Fault#MAX_DELAY}; of the others the first that fires decides, and later ones are not
 * asked.
 */
public final class Faults {

    private static final int MAX_RULES = 1000;

    private final long seed;
    private final Map<String, ? extends Collection<String>> known;
    private final Supplier<Instant> now;
    private final List<Active> rules = new ArrayList<>();
    private long lastId;

    /**
     * @param seed of all draws
     * @param known operations by service: a rule for one that is not there would wait for ever
     * @param now simulated time
     */
    public Faults(long seed, Map<String, ? extends Collection<String>> known, Supplier<Instant> now) {
        this.seed = seed;
        this.known = Map.copyOf(known);
        this.now = now;
    }

    public long seed() {
        return seed;
    }

    /**
     * Switches a fault on, for calls from now on.
     *
     * @throws InvalidFaultException if no operation of this AWS is meant
     */
    public synchronized FaultStatus switchOn(FaultRule rule) {
        check(rule.pattern());
        if (rules.size() >= MAX_RULES) {
            throw new InvalidFaultException("more than " + MAX_RULES + " faults: switch some off first");
        }
        Active active = new Active(Long.toString(++lastId), rule, new SplittableRandom(seed * 31 + lastId));
        rules.add(active);
        return active.status();
    }

    /** Switches one off; false if there is none with this id. */
    public synchronized boolean switchOff(String id) {
        return rules.removeIf(rule -> rule.id.equals(id));
    }

    /** Switches all off. */
    public synchronized void switchAllOff() {
        rules.clear();
    }

    public synchronized List<FaultStatus> active() {
        return rules.stream().map(Active::status).toList();
    }

    /** What is to go wrong with a call; asked once for each. */
    public synchronized Interference on(Call call) {
        if (rules.isEmpty()) {
            return Interference.NONE;
        }
        Duration delay = Duration.ZERO;
        for (Active rule : rules) {
            if (!rule.fits(call)) {
                continue;
            }
            Interference one = rule.ask(call, now.get());
            delay = Collections.min(List.of(delay.plus(one.delay()), Fault.MAX_DELAY));
            if (one.fault() != null) {
                return new Interference(one.fault(), one.earlier(), delay);
            }
        }
        return new Interference(null, null, delay);
    }

    /**
     * What a call was really answered.
     *
     * @param answer immutable: it is kept where a stale rule is on
     */
    public synchronized void remember(Call call, Object answer) {
        for (Active rule : rules) {
            if (rule.earlier != null && rule.fits(call)) {
                rule.earlier.remember(call, answer, now.get());
            }
        }
    }

    private void check(OperationPattern pattern) {
        if (!pattern.service().equals("*") && !known.containsKey(pattern.service())) {
            throw new InvalidFaultException("local-aws has no service '" + pattern.service() + "': there are "
                    + String.join(", ", known.keySet().stream().sorted().toList()));
        }
        boolean some = known.entrySet().stream().anyMatch(entry -> entry.getValue().stream()
                .anyMatch(operation -> pattern.matches(entry.getKey(), operation)));
        if (!some) {
            throw new InvalidFaultException("local-aws has no operation " + pattern);
        }
    }

    /** A rule with its counters; guarded by the monitor of the faults it belongs to. */
    private static final class Active {
        private final String id;
        private final FaultRule rule;
        private final SplittableRandom random;
        private final TokenBuckets buckets = new TokenBuckets();
        private final EarlierAnswers earlier;
        private long matched;
        private long fired;

        Active(String id, FaultRule rule, SplittableRandom random) {
            this.id = id;
            this.rule = rule;
            this.random = random;
            this.earlier = rule.fault() instanceof Fault.Stale ? new EarlierAnswers() : null;
        }

        boolean fits(Call call) {
            return rule.fits(call.service(), call.operation());
        }

        FaultStatus status() {
            return new FaultStatus(id, rule, matched, fired);
        }

        Interference ask(Call call, Instant now) {
            matched++;
            Interference interference = due() ? interference(call, now) : Interference.NONE;
            if (interference != Interference.NONE) {
                fired++;
            }
            return interference;
        }

        private boolean due() {
            return rule.trigger() instanceof Trigger.Next next
                    ? fired < next.calls()
                    : random.nextDouble() < ((Trigger.Chance) rule.trigger()).probability();
        }

        private Interference interference(Call call, Instant now) {
            if (rule.fault() instanceof Fault.Slow slow) {
                return new Interference(null, null, slow.delay());
            } else if (rule.fault() instanceof Fault.Buckets) {
                return buckets.take(call.service(), call.operation(), now)
                        ? Interference.NONE
                        : new Interference(new Fault.Throttle(), null, Duration.ZERO);
            } else if (rule.fault() instanceof Fault.Stale stale) {
                return earlier.since(call, now.minus(stale.maxAge()), random)
                        .map(answer -> new Interference(stale, answer, Duration.ZERO))
                        .orElse(Interference.NONE);
            }
            return new Interference(rule.fault(), null, Duration.ZERO);
        }
    }
}
