package io.jenkins.plugins.ecscanary.localaws.elb;

import io.jenkins.plugins.ecscanary.localaws.elb.LoadBalancing.TargetAddress;
import io.jenkins.plugins.ecscanary.localaws.elb.Target.State;
import io.jenkins.plugins.ecscanary.localaws.proxy.HealthProbe;
import io.jenkins.plugins.ecscanary.localaws.proxy.HealthProbe.Answered;
import io.jenkins.plugins.ecscanary.localaws.proxy.HealthProbe.Outcome;
import io.jenkins.plugins.ecscanary.localaws.proxy.HealthProbe.TimedOut;
import io.jenkins.plugins.ecscanary.localaws.world.World;
import java.time.Duration;
import java.util.function.BiConsumer;

/**
 * Checks targets and judges them. A new target is healthy after its first successful check, an unhealthy one after as
 * many in a row as the group's healthy threshold says; a target is unhealthy after the unhealthy threshold's number of
 * failures in a row. Called holding the world's lock; checks themselves run outside it.
 */
final class TargetHealthMonitor {

    private static final Duration REGISTRATION_MIN = Duration.ofSeconds(1);
    private static final Duration REGISTRATION_MAX = Duration.ofSeconds(3);

    private final World world;
    private final ElbNetwork network;
    private final HealthProbe probe;
    private final ElbSettings settings;
    private final BiConsumer<TargetGroup, Target> changed;

    /** @param changed called under the lock after a target's state has changed */
    TargetHealthMonitor(
            World world,
            ElbNetwork network,
            HealthProbe probe,
            ElbSettings settings,
            BiConsumer<TargetGroup, Target> changed) {
        this.world = world;
        this.network = network;
        this.probe = probe;
        this.settings = settings;
        this.changed = changed;
    }

    /** The target's group gets traffic from now on. */
    void begin(TargetGroup group, Target target) {
        int cycle = ++target.cycle;
        target.successes = 0;
        target.failures = 0;
        set(group, target, State.INITIAL, HealthReason.REGISTRATION_IN_PROGRESS);
        world.after(Duration.ZERO, settings.startGrace(), () -> target.hadTimeToStart = true);
        Duration registration = world.ids().between(REGISTRATION_MIN, REGISTRATION_MAX);
        target.nextCheck = world.after(registration, () -> {
            target.reason = HealthReason.INITIAL_HEALTH_CHECKING;
            check(group, target, cycle);
        });
    }

    /** No listener forwards to the target's group any more. */
    void end(TargetGroup group, Target target) {
        target.cycle++;
        target.nextCheck.cancel();
        set(group, target, State.UNUSED, HealthReason.NOT_IN_USE);
    }

    private void check(TargetGroup group, Target target, int cycle) {
        if (!isChecked(target, cycle)) {
            return;
        }
        HealthCheck how = group.healthCheck;
        Duration timeout = atLeast(settings.checkTimeout(), Duration.ofNanos((long)
                (Duration.ofSeconds(how.timeoutSeconds()).toNanos()
                        / world.time().speed())));
        int port = how.portFor(target.address.port());
        if (!network.reaches(group, new TargetAddress(target.address.ip(), port))) {
            world.after(
                    Duration.ofSeconds(how.timeoutSeconds()),
                    settings.checkTimeout(),
                    () -> judge(group, target, cycle, new TimedOut()));
            return;
        }
        probe.check(target.address.ip(), port, how.path(), timeout)
                .thenAccept(outcome -> world.report(() -> judge(group, target, cycle, outcome)));
    }

    private void judge(TargetGroup group, Target target, int cycle, Outcome outcome) {
        if (!isChecked(target, cycle)) {
            return;
        }
        HealthCheck how = group.healthCheck;
        if (outcome instanceof Answered answered && how.matcher().matches(answered.status())) {
            target.successes++;
            target.failures = 0;
            if (target.state == State.INITIAL || target.successes >= how.healthyThreshold()) {
                set(group, target, State.HEALTHY, null);
            }
        } else {
            target.failures++;
            target.successes = 0;
            boolean starting = target.state == State.INITIAL && !target.hadTimeToStart;
            if (target.failures >= how.unhealthyThreshold() && !starting) {
                set(group, target, State.UNHEALTHY, reason(outcome));
            }
        }
        Duration interval = Duration.ofSeconds(how.intervalSeconds());
        target.nextCheck = world.after(interval, settings.checkInterval(), () -> check(group, target, cycle));
    }

    private static HealthReason reason(Outcome outcome) {
        if (outcome instanceof Answered answered) {
            return HealthReason.mismatch(answered.status());
        }
        return outcome instanceof TimedOut ? HealthReason.TIMEOUT : HealthReason.FAILED;
    }

    private static boolean isChecked(Target target, int cycle) {
        return target.cycle == cycle && target.state != State.UNUSED && target.state != State.DRAINING;
    }

    private void set(TargetGroup group, Target target, State state, HealthReason reason) {
        boolean stays = target.state == state;
        target.state = state;
        target.reason = reason;
        if (!stays) {
            world.log(
                    "elb %s %s %s%s",
                    group.name,
                    target.backend,
                    state.wire(),
                    state == State.UNHEALTHY ? ": " + reason.description() : "");
            changed.accept(group, target);
        }
    }

    private static Duration atLeast(Duration floor, Duration value) {
        return value.compareTo(floor) < 0 ? floor : value;
    }
}
