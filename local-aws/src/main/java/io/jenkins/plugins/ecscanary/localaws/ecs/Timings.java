package io.jenkins.plugins.ecscanary.localaws.ecs;

import java.time.Duration;

/**
 * How long what takes. {@link Span}s are simulated time and drawn evenly for each task; floors are wall-clock time, since
 * a process needs its time to start however fast the clock runs.
 *
 * @param provisioning PROVISIONING: the network interface
 * @param pulling PENDING: the image pull, before the container starts
 * @param activating ACTIVATING: from the container's start to RUNNING and its registration with the load balancer
 * @param deprovisioning DEPROVISIONING: after the last container has exited
 * @param startUpAllowance simulated time within which something must listen on the task's address
 * @param startUpFloor the same in wall-clock time; the later of the two counts
 * @param graceFloor wall-clock time since RUNNING before the load balancer's verdict can stop a task
 * @param healthCheckFloor wall-clock time between two container health checks, and at least allowed for each
 * @param restartBackoff simulated wait before the second replacement in a row, doubled for each further one
 * @param restartBackoffLimit its limit
 * @param restartFloor the same wait in wall-clock time, not doubled
 * @param keepStopped simulated time for which a stopped task can be described
 */
public record Timings(
        Span provisioning,
        Span pulling,
        Span activating,
        Span deprovisioning,
        Duration startUpAllowance,
        Duration startUpFloor,
        Duration graceFloor,
        Duration healthCheckFloor,
        Duration restartBackoff,
        Duration restartBackoffLimit,
        Duration restartFloor,
        Duration keepStopped) {

    /**
     * As on Fargate: RUNNING some 30 to 50 s after the start. With the load balancer's health checks on top, this makes
     * the first traffic shift about 140 s after CreateDeployment, as seen in a published run.
     */
    public static Timings fargate() {
        return new Timings(
                Span.seconds(12, 20),
                Span.seconds(14, 22),
                Span.seconds(4, 8),
                Span.seconds(8, 16),
                Duration.ofSeconds(120),
                Duration.ofSeconds(60),
                Duration.ofSeconds(20),
                Duration.ofSeconds(5),
                Duration.ofSeconds(10),
                Duration.ofMinutes(15),
                Duration.ofSeconds(1),
                Duration.ofHours(1));
    }

    /** From {@code min} to {@code max}, both simulated time. */
    public record Span(Duration min, Duration max) {
        public static Span seconds(long min, long max) {
            return new Span(Duration.ofSeconds(min), Duration.ofSeconds(max));
        }
    }
}
