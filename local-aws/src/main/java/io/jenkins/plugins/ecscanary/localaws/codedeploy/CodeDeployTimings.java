package io.jenkins.plugins.ecscanary.localaws.codedeploy;

import java.time.Duration;

/**
 * How long CodeDeploy takes over what it does itself, in simulated time. The defaults are read off published traces of real
 * runs: 10 % steps "every minute" came 61.3 s apart on average, an alarm stopped a deployment within 19–23 s, one that was
 * red at the start within 0.7 s, and BeforeInstall without a hook took 0.2 s.
 *
 * @param created from CreateDeployment to InProgress
 * @param firstAlarmCheck from CreateDeployment to the first look at the alarms
 * @param alarmPoll between two looks at the alarms
 * @param emptyEvent a lifecycle event that has nothing to do
 * @param settle from the replacement task set's steady state to the end of Install
 * @param shiftDelay what a shift comes later than its interval says
 * @param stopping from StopDeployment to Stopped
 * @param installTimeout after which a replacement task set that is not steady fails the deployment; AWS says 60 minutes
 */
public record CodeDeployTimings(
        Range created,
        Duration firstAlarmCheck,
        Range alarmPoll,
        Range emptyEvent,
        Range settle,
        Range shiftDelay,
        Range stopping,
        Duration installTimeout) {

    public static final CodeDeployTimings LIKE_AWS = new CodeDeployTimings(
            Range.ofMillis(1_500, 4_000),
            Duration.ofMillis(700),
            Range.ofMillis(5_000, 19_000),
            Range.ofMillis(200, 1_200),
            Range.ofMillis(2_000, 10_000),
            Range.ofMillis(0, 2_500),
            Range.ofMillis(500, 2_000),
            Duration.ofMinutes(60));

    /** Evenly distributed between two durations. */
    public record Range(Duration min, Duration max) {

        public static Range ofMillis(long min, long max) {
            return new Range(Duration.ofMillis(min), Duration.ofMillis(max));
        }
    }
}
