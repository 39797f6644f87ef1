package io.jenkins.plugins.ecscanary.sampleapp;

import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogManager;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.logging.SimpleFormatter;

/** Brings the warnings of the libraries into the event log, so that the whole output is JSON lines. */
final class JsonLogHandler extends Handler {

    private final EventLog log;
    private final SimpleFormatter messages = new SimpleFormatter();

    private JsonLogHandler(EventLog log) {
        this.log = log;
    }

    /** Replaces what the JVM's logging writes to stderr. */
    static void install(EventLog log) {
        LogManager.getLogManager().reset();
        Logger root = Logger.getLogger("");
        root.setLevel(Level.WARNING);
        root.addHandler(new JsonLogHandler(log));
    }

    @Override
    public void publish(LogRecord record) {
        if (!isLoggable(record)) {
            return;
        }
        EventLog.Line line = log.event("log")
                .with("level", record.getLevel().getName())
                .with("logger", record.getLoggerName())
                .with("message", messages.formatMessage(record));
        if (record.getThrown() != null) {
            line.with("cause", record.getThrown().toString());
        }
        line.write();
    }

    @Override
    public void flush() {
        // Each line is flushed as it is written.
    }

    @Override
    public void close() {
        // The stream is not ours to close.
    }
}
