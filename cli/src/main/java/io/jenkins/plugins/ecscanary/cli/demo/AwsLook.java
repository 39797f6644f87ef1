package io.jenkins.plugins.ecscanary.cli.demo;

import io.jenkins.plugins.ecscanary.engine.aws.Aws;
import io.jenkins.plugins.ecscanary.engine.aws.Aws.AlarmSeen;
import io.jenkins.plugins.ecscanary.engine.aws.Aws.ListenerSeen;
import io.jenkins.plugins.ecscanary.engine.timeline.DeploymentEvent.SidesKnown;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** The demonstration's own look at AWS: it believes the listener, not the record. */
final class AwsLook {

    private static final Duration ALARM_WAIT = Duration.ofMinutes(20);
    private static final long POLL_MILLIS = 500;

    private final Aws aws;
    private final double speed;

    AwsLook(Aws aws, double speed) {
        this.aws = aws;
        this.speed = speed;
    }

    /** Weights of the two target groups, in percent. */
    record Weights(int original, int replacement) {}

    Weights weights(SidesKnown sides) {
        ListenerSeen listener = aws.listeners(List.of(sides.listenerArn())).get(0);
        return new Weights(
                listener.weights().getOrDefault(sides.originalTargetGroupArn(), 0),
                listener.weights().getOrDefault(sides.replacementTargetGroupArn(), 0));
    }

    /**
     * An alarm that stopped a deployment stays red until its metric has recovered, and a deployment that it watches would
     * be refused until then: waits as a person would.
     */
    void awaitCalm(List<String> alarms, Consumer<String> say) throws InterruptedException {
        long deadline = System.nanoTime() + (long) (ALARM_WAIT.toNanos() / speed);
        boolean said = false;
        while (true) {
            List<String> red = aws.alarms(alarms).stream()
                    .filter(alarm -> "ALARM".equals(alarm.state()))
                    .map(AlarmSeen::name)
                    .toList();
            if (red.isEmpty()) {
                return;
            }
            if (System.nanoTime() > deadline) {
                throw new IllegalStateException(red + " did not recover");
            }
            if (!said) {
                say.accept("waiting until " + String.join(", ", red) + " is no longer red");
                said = true;
            }
            TimeUnit.MILLISECONDS.sleep(POLL_MILLIS);
        }
    }
}
