package io.jenkins.plugins.ecscanary.localaws.codedeploy;

import io.jenkins.plugins.ecscanary.localaws.cloudwatch.AlarmSource;
import io.jenkins.plugins.ecscanary.localaws.codedeploy.Deployment.ErrorInformation;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** Looks at a deployment's alarms again and again, until one is red. */
final class AlarmWatch {

    private final Neighbours with;
    private final Steps steps;
    private final Deployment deployment;
    private final Consumer<ErrorInformation> red;

    /** @param red told once, as a step */
    AlarmWatch(Neighbours with, Steps steps, Deployment deployment, Consumer<ErrorInformation> red) {
        this.with = with;
        this.steps = steps;
        this.deployment = deployment;
        this.red = red;
    }

    void start(Duration firstLook) {
        steps.after(firstLook, this::look);
    }

    private void look() {
        List<String> active =
                deployment.alarms().watched().stream().filter(this::isRed).toList();
        if (active.isEmpty()) {
            steps.after(with.timings().alarmPoll(), this::look);
            return;
        }
        red.accept(new ErrorInformation(
                "ALARM_ACTIVE",
                "One or more alarms have been activated according to the Amazon CloudWatch metrics you selected,"
                        + " and the affected deployments have been stopped. Activated alarms: "
                        + String.join(", ", active)));
    }

    private boolean isRed(String name) {
        Optional<AlarmSource.AlarmView> alarm = with.alarms().alarm(name);
        if (alarm.isEmpty() && !Boolean.TRUE.equals(deployment.alarms().ignorePollAlarmFailure())) {
            throw new StepFailed("INTERNAL_ERROR", "The state of the alarm " + name + " could not be retrieved.");
        }
        return alarm.isPresent() && "ALARM".equals(alarm.get().state());
    }
}
