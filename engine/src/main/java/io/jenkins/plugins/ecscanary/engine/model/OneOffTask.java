package io.jenkins.plugins.ecscanary.engine.model;

import java.time.Duration;
import java.util.List;
import java.util.Objects;

/**
 * A task of the new revision that must end with exit code 0 before a deployment is created, such as a schema migration.
 *
 * @param container whose command is overridden, or null for the one the image is for
 * @param command an argument list, never a shell string
 * @param timeout for the whole task; when it passes, the task is stopped and nothing is deployed
 */
public record OneOffTask(String container, List<String> command, Duration timeout) {

    public OneOffTask {
        Objects.requireNonNull(command, "command");
        Objects.requireNonNull(timeout, "timeout");
        command = List.copyOf(command);
        if (command.isEmpty()) {
            throw new IllegalArgumentException("a one-off task needs a command");
        }
    }
}
