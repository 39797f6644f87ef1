package io.jenkins.plugins.ecscanary.cli.e2e;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Stands between a client and an AWS and changes the answers to one operation. */
final class AnswerProxy implements AutoCloseable {

    private static final Pattern TARGET = Pattern.compile("(?im)^x-amz-target: *[A-Za-z0-9_]+\\.([A-Za-z]+)");
    private static final Pattern PATH = Pattern.compile("^POST /service/[^/]+/operation/([A-Za-z]+) ");
    private static final Pattern ACTION = Pattern.compile("(?:^|&)Action=([A-Za-z]+)");
    private static final Pattern LENGTH = Pattern.compile("(?im)^content-length: *([0-9]+)");

    private final ServerSocket server;
    private final URI target;
    private final Set<Socket> sockets = ConcurrentHashMap.newKeySet();
    private final List<String> asked = new CopyOnWriteArrayList<>();
    private volatile String operation = "";
    private volatile Spoil spoil = (head, body) -> new Answer(head, body, false);

    private AnswerProxy(ServerSocket server, URI target) {
        this.server = server;
        this.target = target;
    }

    /** What becomes of an answer. */
    @FunctionalInterface
    interface Spoil {
        Answer of(String head, byte[] body);
    }

    /** @param cut whether the connection is closed in the middle of the body */
    record Answer(String head, byte[] body, boolean cut) {}

    static AnswerProxy start(URI target) throws IOException {
        AnswerProxy proxy = new AnswerProxy(new ServerSocket(0, 50, InetAddress.getLoopbackAddress()), target);
        Thread accept = new Thread(proxy::accept, "answer-proxy");
        accept.setDaemon(true);
        accept.start();
        return proxy;
    }

    /** From now on the answers to this operation are changed so, and none else; forgets what was asked. */
    void spoil(String newOperation, Spoil newSpoil) {
        spoil = newSpoil;
        operation = newOperation;
        asked.clear();
    }

    URI endpoint() {
        return URI.create("http://127.0.0.1:" + server.getLocalPort());
    }

    /** The operations that were called, in order. */
    List<String> asked() {
        return List.copyOf(asked);
    }

    private void accept() {
        try {
            while (true) {
                Socket client = server.accept();
                sockets.add(client);
                Thread serve = new Thread(() -> serve(client), "answer-proxy-connection");
                serve.setDaemon(true);
                serve.start();
            }
        } catch (IOException e) {
            // The test is over.
        }
    }

    private void serve(Socket client) {
        try (client;
                Socket aws = new Socket(target.getHost(), target.getPort())) {
            sockets.add(aws);
            while (true) {
                String head = head(client.getInputStream());
                byte[] body = client.getInputStream().readNBytes(length(head));
                String called = operation(head, body);
                asked.add(called);
                write(aws.getOutputStream(), head, body);
                String answerHead = head(aws.getInputStream());
                byte[] answer = aws.getInputStream().readNBytes(length(answerHead));
                if (!called.equals(operation)) {
                    write(client.getOutputStream(), answerHead, answer);
                    continue;
                }
                Answer spoilt = spoil.of(answerHead, answer);
                int sent = spoilt.cut() ? spoilt.body().length / 2 : spoilt.body().length;
                String newHead = LENGTH.matcher(spoilt.head()).replaceFirst("Content-Length: " + spoilt.body().length);
                write(client.getOutputStream(), newHead, java.util.Arrays.copyOf(spoilt.body(), sent));
                if (spoilt.cut()) {
                    return;
                }
            }
        } catch (IOException e) {
            // One of the two has closed the connection.
        }
    }

    private static String operation(String head, byte[] body) {
        for (Matcher matcher : List.of(
                TARGET.matcher(head),
                PATH.matcher(head),
                ACTION.matcher(new String(body, StandardCharsets.ISO_8859_1)))) {
            if (matcher.find()) {
                return matcher.group(1);
            }
        }
        return "?";
    }

    private static int length(String head) {
        Matcher length = LENGTH.matcher(head);
        return length.find() ? Integer.parseInt(length.group(1)) : 0;
    }

    private static void write(OutputStream out, String head, byte[] body) throws IOException {
        out.write(head.getBytes(StandardCharsets.ISO_8859_1));
        out.write(body);
        out.flush();
    }

    /** Up to and with the empty line. */
    private static String head(InputStream in) throws IOException {
        ByteArrayOutputStream head = new ByteArrayOutputStream();
        int ends = 0;
        while (ends < 4) {
            int next = in.read();
            if (next < 0) {
                throw new EOFException();
            }
            head.write(next);
            ends = next == (ends % 2 == 0 ? '\r' : '\n') ? ends + 1 : next == '\r' ? 1 : 0;
        }
        return head.toString(StandardCharsets.ISO_8859_1);
    }

    @Override
    public void close() throws IOException {
        server.close();
        for (Socket socket : sockets) {
            socket.close();
        }
    }
}
