package io.jenkins.plugins.ecscanary.cli.e2e;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;

/**
 * A program that runs as a task before traffic until the test lets it end, and the test's hand on it: it asks the test for its
 * exit code, so the test knows how often it ran.
 */
final class Migration implements AutoCloseable {

    private static final int MOST_MILLIS = 120_000;

    private final ServerSocket asked;
    private final List<Socket> running = new ArrayList<>();

    private Migration(ServerSocket asked) {
        this.asked = asked;
    }

    static Migration prepare() throws IOException {
        ServerSocket asked = new ServerSocket();
        asked.bind(new InetSocketAddress(InetAddress.getByName("127.0.0.1"), 0));
        asked.setSoTimeout(MOST_MILLIS);
        return new Migration(asked);
    }

    /** {@code --before-traffic} with the command that runs it in a container whose entry point is {@code java}. */
    List<String> options() {
        String classes = Migration.class
                .getProtectionDomain()
                .getCodeSource()
                .getLocation()
                .getPath();
        List<String> options = new ArrayList<>();
        for (String argument :
                List.of("-cp", classes, Migration.class.getName(), String.valueOf(asked.getLocalPort()))) {
            options.add("--before-traffic=" + argument);
        }
        return options;
    }

    /** Waits until it runs. */
    void awaitStart() throws IOException {
        running.add(asked.accept());
    }

    /** Lets the one that runs end. */
    void end(int exitCode) throws IOException {
        running.get(running.size() - 1).getOutputStream().write(exitCode);
    }

    @Override
    public void close() throws IOException {
        for (Socket socket : running) {
            socket.close();
        }
        asked.close();
    }

    public static void main(String[] arguments) throws IOException {
        System.out.println("migrating");
        try (Socket test = new Socket("127.0.0.1", Integer.parseInt(arguments[0]))) {
            int exitCode = test.getInputStream().read();
            System.out.println(exitCode == 0 ? "3 migrations applied" : "column exists already");
            System.exit(exitCode);
        }
    }
}
