package io.jenkins.plugins.ecscanary.engine.observe;

import io.jenkins.plugins.ecscanary.engine.aws.Aws;
import io.jenkins.plugins.ecscanary.engine.aws.Aws.ContainerLogSeen;
import io.jenkins.plugins.ecscanary.engine.aws.Aws.TaskSeen;
import io.jenkins.plugins.ecscanary.engine.aws.AwsFailure;
import io.jenkins.plugins.ecscanary.engine.rollout.Observation.TaskLog;
import io.jenkins.plugins.ecscanary.engine.view.DeploymentView;
import java.util.List;
import java.util.Optional;

/**
 * Reads the last log lines of failed tasks, where that is wanted: a record that holds them holds whatever the program logged,
 * secrets included. That they can't be read is said and holds up nothing.
 */
final class TaskLogs {

    private static final int LINES = 20;

    /** The first failures of a deployment tell why; a task that fails again and again tells the same again and again. */
    private static final int MOST_TASKS = 3;

    private static final String AWSLOGS = "awslogs";

    private final Aws aws;

    TaskLogs(Aws aws) {
        this.aws = aws;
    }

    /** @return empty if it is not wanted, or of this task not (any more) */
    Optional<TaskLog> of(DeploymentView view, TaskSeen task, int before) {
        boolean known =
                view.stoppedTasks().stream().anyMatch(stopped -> stopped.task().equals(task.id()));
        if (!view.working().taskLogs() || known || view.stoppedTasks().size() + before >= MOST_TASKS) {
            return Optional.empty();
        }
        try {
            return Optional.of(read(view, task));
        } catch (AwsFailure e) {
            return Optional.of(new TaskLog(null, List.of(), e.getMessage()));
        }
    }

    private TaskLog read(DeploymentView view, TaskSeen task) {
        List<ContainerLogSeen> containers = aws.containerLogs(task.taskDefinition());
        Optional<ContainerLogSeen> chosen = container(view, task, containers);
        if (chosen.isEmpty()) {
            return new TaskLog(null, List.of(), "the task definition has no essential container");
        }
        ContainerLogSeen log = chosen.get();
        String obstacle = obstacle(log, view.service().region());
        if (obstacle != null) {
            return new TaskLog(log.container(), List.of(), obstacle);
        }
        String stream = log.logs().prefix() + "/" + log.container() + "/" + task.id();
        return new TaskLog(log.container(), aws.logTail(log.logs().group(), stream, LINES), null);
    }

    /** The one that failed, else the one the image is for, else the first: essential ones only, whose end is the task's. */
    private static Optional<ContainerLogSeen> container(
            DeploymentView view, TaskSeen task, List<ContainerLogSeen> containers) {
        List<ContainerLogSeen> essential =
                containers.stream().filter(ContainerLogSeen::essential).toList();
        return named(task.container(), essential)
                .or(() -> named(view.working().revision().container(), essential))
                .or(() -> essential.stream().findFirst());
    }

    private static Optional<ContainerLogSeen> named(String name, List<ContainerLogSeen> containers) {
        return containers.stream()
                .filter(container -> container.container().equals(name))
                .findFirst();
    }

    private static String obstacle(ContainerLogSeen log, String region) {
        if (!AWSLOGS.equals(log.driver())) {
            return log.driver() == null
                    ? "it has no log configuration"
                    : "its log driver is " + log.driver() + ", and only awslogs can be read";
        }
        if (log.logs() == null || log.logs().prefix() == null) {
            return "its awslogs configuration has no awslogs-group or no awslogs-stream-prefix, so its stream is not known";
        }
        return log.logs().region() == null || log.logs().region().equals(region)
                ? null
                : "its log is in region " + log.logs().region() + ", which is not asked";
    }
}
