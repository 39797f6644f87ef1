package io.jenkins.plugins.ecscanary.localaws.ecs;

import java.io.FileDescriptor;
import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStream;

/**
 * A Java agent inside every process a task runs as: ends the process when local-aws is gone, however it went. Its
 * standard input is a pipe whose other end only local-aws holds, so the kernel closes it even after a kill -9.
 *
 * <p>Uses nothing but the JDK: it is the only class of the agent's jar.
 */
public final class Tether {

    /** As after SIGKILL. */
    private static final int EXIT_CODE = 137;

    private Tether() {}

    /** @param arguments none are used */
    public static void premain(String arguments) {
        Thread watch = new Thread(Tether::watch, "local-aws-tether");
        watch.setDaemon(true);
        watch.start();
    }

    private static void watch() {
        try (InputStream in = new FileInputStream(FileDescriptor.in)) {
            while (in.read() >= 0) {
                continue; // nobody writes; only the end counts
            }
        } catch (IOException e) {
            // an input that cannot be read has ended as well
        }
        Runtime.getRuntime().halt(EXIT_CODE);
    }
}
