package io.jenkins.plugins.ecscanary.cli.terminal;

import io.jenkins.plugins.ecscanary.engine.model.Check;
import io.jenkins.plugins.ecscanary.engine.model.Check.CheckOutcome;
import io.jenkins.plugins.ecscanary.engine.view.DeploymentView;
import io.jenkins.plugins.ecscanary.engine.view.DeploymentView.AlarmView;
import io.jenkins.plugins.ecscanary.engine.view.DeploymentView.GateView;
import io.jenkins.plugins.ecscanary.engine.view.DeploymentView.StoppedTask;
import io.jenkins.plugins.ecscanary.engine.view.DeploymentView.TaskRunView;
import io.jenkins.plugins.ecscanary.engine.view.DeploymentView.WarningView;
import java.util.ArrayList;
import java.util.List;
import org.jline.utils.AttributedString;
import org.jline.utils.AttributedStyle;

/** What wants attention: alarms, waiting gates, the task before traffic, refused checks, warnings, stopped tasks, a rollback. */
final class NoticeRows {

    private static final int MOST_ALARMS = 5;
    private static final int MOST_OF_OTHERS = 2;

    private NoticeRows() {}

    static List<AttributedString> of(DeploymentView view, Look look) {
        List<AttributedString> rows = new ArrayList<>();
        alarms(view.alarms(), rows, look);
        for (GateView gate : orNone(view.gates())) {
            if ("WAITING".equals(gate.state())) {
                rows.add(Line.row("gate")
                        .add(Line.ATTENTION, gate.name() + " waits for someone")
                        .fit(look));
            }
        }
        if (view.taskRun() != null) {
            rows.addAll(beforeTraffic(view.taskRun(), look));
        }
        for (Check check : orNone(view.checks())) {
            if (check.outcome() == CheckOutcome.REFUSED) {
                rows.addAll(Flow.sentence("refused", Line.BAD, sentence(check), look));
            }
        }
        for (WarningView warning : last(orNone(view.warnings()))) {
            rows.addAll(Flow.sentence("warning", Line.ATTENTION, warning.text(), look));
        }
        for (StoppedTask task : last(orNone(view.stoppedTasks()))) {
            String exit = task.exitCode() == null ? "" : " (exit code " + task.exitCode() + ")";
            rows.addAll(Flow.sentence("stopped", Line.ATTENTION, task.reason() + exit, look));
        }
        if (view.rollback() != null) {
            rows.addAll(Flow.sentence("rollback", Line.ATTENTION, rollback(view), look));
        }
        return rows;
    }

    private static List<AttributedString> beforeTraffic(TaskRunView task, Look look) {
        String what = task.container() + " [" + String.join(" ", task.command()) + "]";
        if (task.endedAt() == null) {
            return Flow.sentence("before", Line.ATTENTION, "runs before traffic: " + what, look);
        }
        boolean good = Integer.valueOf(0).equals(task.exitCode());
        String exit = task.exitCode() == null ? "no exit code" : "exit code " + task.exitCode();
        return Flow.sentence("before", good ? Line.GOOD : Line.BAD, exit + ": " + what, look);
    }

    /** Once there is a verdict, the cause stands there. */
    private static String rollback(DeploymentView view) {
        String id = view.rollback().deploymentId() == null
                ? "by AWS"
                : view.rollback().deploymentId();
        return view.verdict() == null ? id + ": " + view.rollback().cause() : id;
    }

    /** A check as one sentence with its remedy. */
    static String sentence(Check check) {
        return check.remedy() == null ? check.detail() : check.detail() + ": " + check.remedy();
    }

    private static void alarms(List<AlarmView> alarms, List<AttributedString> rows, Look look) {
        List<AlarmView> all = orNone(alarms);
        for (AlarmView alarm : all.subList(0, Math.min(MOST_ALARMS, all.size()))) {
            Line line = Line.row(alarm == all.get(0) ? "alarms" : "");
            line.add(style(alarm.state()), look.bullet() + " " + alarm.state()).add("  " + alarm.name());
            rows.add(line.fit(look));
        }
        if (all.size() > MOST_ALARMS) {
            rows.add(Line.row("")
                    .add(Line.FAINT, "and " + (all.size() - MOST_ALARMS) + " more")
                    .fit(look));
        }
    }

    private static AttributedStyle style(String state) {
        return switch (String.valueOf(state)) {
            case "OK" -> Line.GOOD;
            case "ALARM" -> Line.BAD;
            default -> Line.ATTENTION;
        };
    }

    private static <T> List<T> orNone(List<T> list) {
        return list == null ? List.of() : list;
    }

    private static <T> List<T> last(List<T> list) {
        return list.subList(Math.max(0, list.size() - MOST_OF_OTHERS), list.size());
    }
}
