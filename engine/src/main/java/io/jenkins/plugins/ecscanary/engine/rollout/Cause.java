package io.jenkins.plugins.ecscanary.engine.rollout;

import io.jenkins.plugins.ecscanary.engine.model.Side;
import io.jenkins.plugins.ecscanary.engine.view.Asked;
import io.jenkins.plugins.ecscanary.engine.view.DeploymentView;
import io.jenkins.plugins.ecscanary.engine.view.DeploymentView.AlarmView;
import io.jenkins.plugins.ecscanary.engine.view.DeploymentView.StoppedTask;
import java.util.List;
import java.util.regex.Pattern;

/** Why a deployment did not go through, in one sentence with the values it rests on. */
final class Cause {

    /** CloudWatch prints fifteen digits; cut after two, a rate never looks better than it was. */
    private static final Pattern LONG_FIGURE = Pattern.compile("(\\d+\\.\\d{2})\\d+");

    private Cause() {}

    static String of(DeploymentView view, Observation.Status status) {
        return status == null
                ? of(view, view.working().errorCode(), view.working().errorMessage())
                : of(view, status.errorCode(), status.message());
    }

    /** What AWS names as its reason is the cause; who asked is it where AWS stopped for a call, as it does for ours. */
    private static String of(DeploymentView view, String code, String message) {
        Asked asked = view.working().rollBackAsked();
        if (asked == null) {
            return byAws(view, code, message);
        }
        return code == null || code.equals("MANUAL_STOP")
                ? "asked for by " + asked.words()
                : byAws(view, code, message) + "; also asked for by " + asked.words();
    }

    private static String byAws(DeploymentView view, String code, String message) {
        if ("ALARM_ACTIVE".equals(code)) {
            return alarms(view, message);
        }
        if ("MANUAL_STOP".equals(code)) {
            return "someone stopped the deployment in AWS" + (message == null ? "" : ": " + message);
        }
        String why = message == null ? (code == null ? "AWS gave no reason" : code) : message;
        return why + tasks(view);
    }

    private static String alarms(DeploymentView view, String message) {
        List<AlarmView> red = view.alarms().stream()
                .filter(alarm -> alarm.state().equals("ALARM"))
                .toList();
        if (red.isEmpty()) {
            return message == null ? "an alarm went off" : message;
        }
        StringBuilder cause = new StringBuilder();
        for (AlarmView alarm : red) {
            cause.append(cause.isEmpty() ? "alarm " : "; alarm ").append(alarm.name());
            if (alarm.reason() != null) {
                cause.append(": ").append(LONG_FIGURE.matcher(alarm.reason()).replaceAll("$1"));
            }
        }
        return cause.toString();
    }

    private static String tasks(DeploymentView view) {
        List<StoppedTask> stopped = view.stoppedTasks().stream()
                .filter(task -> task.target() == Side.REPLACEMENT)
                .toList();
        if (stopped.isEmpty()) {
            return "";
        }
        StoppedTask last = stopped.get(stopped.size() - 1);
        return " (" + stopped.size() + (stopped.size() == 1 ? " task" : " tasks")
                + " of the replacement stopped, last: " + last.reason()
                + (last.exitCode() == null ? "" : ", exit code " + last.exitCode()) + ")";
    }
}
