package io.jenkins.plugins.ecscanary.engine;

import io.jenkins.plugins.ecscanary.engine.aws.Aws.LogsSeen;
import io.jenkins.plugins.ecscanary.engine.aws.AwsFailure;
import io.jenkins.plugins.ecscanary.engine.timeline.DeploymentEvent;
import io.jenkins.plugins.ecscanary.engine.view.DeploymentView.TaskRunView;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** The last lines of a stopped task's log. That they can't be read holds up nothing; a warning says why. */
final class TaskLog {

    private static final int LINES = 20;

    /** The last lines of a task arrive a little later than its end. */
    private static final Duration DELIVERY = Duration.ofSeconds(5);

    private final Context context;
    private final DeploymentRun run;

    TaskLog(Context context, DeploymentRun run) {
        this.context = context;
        this.run = run;
    }

    /** Blocks for a call or two; {@code then} may be called later, on an engine thread. */
    void read(TaskRunView task, Consumer<List<String>> then) {
        List<String> lines = List.of();
        try {
            Optional<LogsSeen> logs = logs(task);
            if (logs.isPresent()) {
                lines = tail(task, logs.get());
                if (lines.isEmpty()) {
                    context.time()
                            .after(DELIVERY, () -> context.waiting().execute(() -> readAgain(task, logs.get(), then)));
                    return;
                }
            }
        } catch (AwsFailure e) {
            unread(e.getMessage());
        }
        then.accept(lines);
    }

    private void readAgain(TaskRunView task, LogsSeen logs, Consumer<List<String>> then) {
        if (run.leftBehind()) {
            return;
        }
        List<String> lines = List.of();
        try {
            lines = tail(task, logs);
        } catch (AwsFailure e) {
            unread(e.getMessage());
        }
        then.accept(lines);
    }

    private Optional<LogsSeen> logs(TaskRunView task) {
        Optional<LogsSeen> logs = context.aws()
                .taskDefinition(run.view().working().revision().taskDefinition())
                .map(definition -> definition.logs().get(task.container()));
        if (logs.isEmpty()) {
            unread("container " + task.container() + " does not log to CloudWatch Logs");
        } else if (logs.get().prefix() == null) {
            unread("its log has no awslogs-stream-prefix, so that its stream's name is not known");
        } else if (logs.get().region() != null && !logs.get().region().equals(context.region())) {
            unread("its log is in another region, " + logs.get().region());
        } else {
            return logs;
        }
        return Optional.empty();
    }

    private List<String> tail(TaskRunView task, LogsSeen logs) {
        return context.aws().logTail(logs.group(), logs.prefix() + "/" + task.container() + "/" + task.task(), LINES);
    }

    private void unread(String why) {
        run.append(new DeploymentEvent.Warned(
                context.time().now(), "what the task before traffic wrote could not be read: " + why));
    }
}
