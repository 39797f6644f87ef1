package io.jenkins.plugins.ecscanary.jenkins;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/** Between a Jenkins and a local AWS: passes on what they say as it is, and keeps it. */
final class Wiretap implements AutoCloseable {

    private final URI to;
    private final ServerSocket server;
    private final List<Socket> open = new CopyOnWriteArrayList<>();
    private final List<ByteArrayOutputStream> said = new CopyOnWriteArrayList<>();
    private final List<ByteArrayOutputStream> answered = new CopyOnWriteArrayList<>();

    private Wiretap(URI to, ServerSocket server) {
        this.to = to;
        this.server = server;
    }

    static Wiretap on(LocalAwsProcess aws) {
        try {
            Wiretap tap = new Wiretap(aws.endpoint(), new ServerSocket(0, 50, InetAddress.getByName("127.0.0.1")));
            thread("wiretap", tap::accept);
            return tap;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void thread(String name, Runnable task) {
        Thread thread = new Thread(task, name);
        thread.setDaemon(true);
        thread.start();
    }

    String endpoint() {
        return "http://127.0.0.1:" + server.getLocalPort();
    }

    /** The names of the sessions that roles were assumed in, one for each time. */
    List<String> sessions() {
        return found(said, "RoleSessionName=([^&\\s]+)");
    }

    /** The external ids that were given for roles, in the same order. */
    List<String> externalIds() {
        return found(said, "ExternalId=([^&\\s]+?)(?=&|\\s|POST |$)");
    }

    /** What is secret in the keys that were given out. */
    List<String> secrets() {
        return found(answered, "<(?:SecretAccessKey|SessionToken)>([^<]+)<");
    }

    /** The access key ids that requests were signed with, one for each request. */
    List<String> signers() {
        return found(said, "Credential=([^/]+)/");
    }

    private static List<String> found(List<ByteArrayOutputStream> streams, String pattern) {
        Pattern wanted = Pattern.compile(pattern);
        return streams.stream()
                .map(stream -> stream.toString(StandardCharsets.ISO_8859_1))
                .flatMap(text -> wanted.matcher(text).results())
                .map((MatchResult match) -> match.group(1))
                .toList();
    }

    private void accept() {
        while (!server.isClosed()) {
            try {
                Socket from = server.accept();
                Socket onward = new Socket(to.getHost(), to.getPort());
                open.addAll(List.of(from, onward));
                thread("wiretap-out", () -> pass(from, onward, kept(said)));
                thread("wiretap-in", () -> pass(onward, from, kept(answered)));
            } catch (IOException e) {
                return; // closed
            }
        }
    }

    private static ByteArrayOutputStream kept(List<ByteArrayOutputStream> all) {
        ByteArrayOutputStream one = new ByteArrayOutputStream();
        all.add(one);
        return one;
    }

    private static void pass(Socket from, Socket onward, OutputStream copy) {
        byte[] some = new byte[8192];
        try (from;
                onward) {
            InputStream in = from.getInputStream();
            for (int count = in.read(some); count > 0; count = in.read(some)) {
                copy.write(some, 0, count);
                onward.getOutputStream().write(some, 0, count);
            }
        } catch (IOException e) {
            // One of them has hung up, and so do we.
        }
    }

    @Override
    public void close() throws IOException {
        server.close();
        for (Socket socket : open) {
            socket.close();
        }
    }
}
