package io.jenkins.plugins.ecscanary.localaws.logs;

import java.time.Instant;

/** Where a task's output goes: CloudWatch Logs. Thread-safe; never takes the world's lock for long. */
public interface LogSink {
    void put(String logGroup, String logStream, Instant at, String line);
}
