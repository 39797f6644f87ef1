package io.jenkins.plugins.ecscanary.engine.observe;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.Random;
import org.junit.jupiter.api.Test;

class CallBudgetTest {

    private static final Instant START = Instant.parse("2026-07-01T10:00:00Z");

    private final CallBudget budget = new CallBudget(new Random(1), START);

    /** CodeDeploy reads that are made in this many seconds by those who make as many as they may. */
    private int[] reads(int seconds, boolean observing, boolean starting) {
        int observed = 0;
        int started = 0;
        for (int tick = 0; tick <= seconds * 10; tick++) {
            Instant now = START.plusMillis(tick * 100L);
            while (observing && !budget.earliest(Look.STATUS, now).isAfter(now)) {
                budget.spend(Look.STATUS, now);
                observed++;
            }
            while (starting && budget.take(StartCall.CODE_DEPLOY_READ, now).isZero()) {
                started++;
            }
        }
        return new int[] {observed, started};
    }

    @Test
    void startingAndObservingShareCodeDeploysReadsAndNeitherStarves() {
        int[] reads = reads(1000, true, true);
        assertThat(reads[0]).isBetween(405, 415);
        assertThat(reads[1]).isBetween(200, 210);
    }

    @Test
    void whatOneSideLeavesTheOtherMayUse() {
        int[] onlyStarting = reads(1000, false, true);
        assertThat(onlyStarting[0] + onlyStarting[1]).isBetween(590, 610);
    }

    @Test
    void whatObservingMayUseAloneIsNoMoreThanBothTogether() {
        assertThat(reads(1000, true, false)[0]).isBetween(595, 616);
    }

    @Test
    void registeringTaskDefinitionsStaysBelowOnePerSecond() {
        int registered = 0;
        for (int second = 0; second <= 100; second++) {
            while (budget.take(StartCall.REGISTER_TASK_DEFINITION, START.plusSeconds(second))
                    .isZero()) {
                registered++;
            }
        }
        assertThat(registered).isBetween(65, 70);
    }

    @Test
    void whoMustWaitLearnsHowLong() {
        while (budget.take(StartCall.ALARMS, START).isZero()) {
            assertThat(budget.take(StartCall.LOAD_BALANCING, START)).isZero();
        }
        Duration wait = budget.take(StartCall.ALARMS, START);
        assertThat(wait).isPositive();
        assertThat(budget.take(StartCall.ALARMS, START.plus(wait))).isZero();
    }
}
