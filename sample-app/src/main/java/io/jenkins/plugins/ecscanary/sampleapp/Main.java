package io.jenkins.plugins.ecscanary.sampleapp;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;

/**
 * Runs the service until SIGTERM. {@link Settings} and {@link Faults} say which environment variables it reads.
 *
 * <p>Options for the JVM come by {@code JAVA_TOOL_OPTIONS}, as in the image: with {@code -Xmx64m -XX:+UseSerialGC
 * -XX:TieredStopAtLevel=1 -XX:-UsePerfData} it is ready within a second, takes about 70 MB, and writes nothing to the file system.
 *
 * <p>Exit codes: 0 stopped by a signal after draining, 1 could not start or stop, 2 an environment variable has a value that cannot be used.
 */
public final class Main {

    private static final int OK = 0;
    private static final int FAILED = 1;
    private static final int USAGE = 2;

    private Main() {}

    public static void main(String[] args) {
        Settings settings;
        try {
            settings = Settings.from(System.getenv(), Main::hostName);
        } catch (InvalidSettingException e) {
            System.err.println("sample-app: " + e.getMessage());
            System.exit(USAGE);
            return;
        }
        EventLog log = new EventLog(stdout()::println, Clock.systemUTC());
        JsonLogHandler.install(log);
        SampleServer server = new SampleServer(settings, log);
        Runtime.getRuntime().addShutdownHook(new Thread(() -> stop(server, log), "drain"));
        try {
            server.start();
        } catch (Exception e) {
            System.err.println("sample-app: cannot listen on HOST=" + settings.host() + " PORT=" + settings.port()
                    + ": " + reason(e));
            Runtime.getRuntime().halt(FAILED);
        }
    }

    /** Runs in the shutdown hook, whose last act is halt: left to itself, the JVM reports SIGTERM as exit code 143. */
    private static void stop(SampleServer server, EventLog log) {
        int status = FAILED;
        try {
            server.drain();
            status = OK;
        } catch (Exception e) {
            log.event("log")
                    .with("level", "SEVERE")
                    .with("message", e.toString())
                    .write();
        } finally {
            Runtime.getRuntime().halt(status);
        }
    }

    private static PrintStream stdout() {
        return new PrintStream(new FileOutputStream(FileDescriptor.out), true, StandardCharsets.UTF_8);
    }

    /** Jetty wraps what the operating system said. */
    private static String reason(Exception e) {
        Throwable root = e;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        return root.getMessage() == null ? root.toString() : root.getMessage();
    }

    private static String hostName() {
        try {
            return InetAddress.getLocalHost().getHostName();
        } catch (UnknownHostException e) {
            return "unknown";
        }
    }
}
