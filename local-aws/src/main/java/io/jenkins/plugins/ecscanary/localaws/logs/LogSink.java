package io.jenkins.plugins.ecscanary.localaws.logs;

import java.time.Instant;
import java.util.Optional;

/** Where a task's output goes: CloudWatch Logs. Thread-safe; never takes the world's lock for long. */
public interface LogSink {

    /**
     * Prepares a stream for a container's output, as the {@code awslogs} driver does before the container starts.
     *
     * @param createGroup {@code awslogs-create-group}: creates the group if it is missing
     * @return empty, or why not, as CloudWatch Logs would say it
     */
    Optional<String> open(String logGroup, String logStream, boolean createGroup);

    /** Appends a line; the stream must have been opened. */
    void put(String logGroup, String logStream, Instant at, String line);
}
