package io.jenkins.plugins.ecscanary.localaws.proxy;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

/** A target on a bare socket, so that it can misbehave: each connection is handed to the script. */
public final class ScriptedTarget implements AutoCloseable {

    /** What to do with one connection. */
    @FunctionalInterface
    public interface Script {
        void talk(Wire wire) throws Exception;
    }

    private final ServerSocket server;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();
    private final AtomicInteger connections = new AtomicInteger();

    public ScriptedTarget(Script script) throws IOException {
        server = new ServerSocket(0, 50, InetAddress.getByName("127.0.0.1"));
        threads.execute(() -> accept(script));
    }

    /** Answers every request with 200 and this text, and keeps connections alive. */
    public static ScriptedTarget answering(String text) throws IOException {
        return new ScriptedTarget(wire -> {
            while (wire.readHead() != null) {
                wire.write("HTTP/1.1 200 OK\nContent-Length: " + text.length() + "\n\n" + text);
            }
        });
    }

    public int port() {
        return server.getLocalPort();
    }

    public int connections() {
        return connections.get();
    }

    public Backend backend() {
        return new Backend("127.0.0.1", port());
    }

    private void accept(Script script) {
        while (!server.isClosed()) {
            try {
                Socket socket = server.accept();
                open.add(socket);
                int number = connections.incrementAndGet();
                threads.execute(() -> {
                    try (socket) {
                        script.talk(new Wire(socket, number));
                    } catch (Exception e) {
                        // the other side left: that is what some of these tests are about
                    }
                });
            } catch (IOException e) {
                return;
            }
        }
    }

    @Override
    public void close() throws IOException {
        server.close();
        for (Socket socket : open) {
            socket.close();
        }
        threads.shutdownNow();
    }

    /** One connection. */
    public static final class Wire {
        private final Socket socket;
        private final int number;
        private final InputStream in;
        private final OutputStream out;

        Wire(Socket socket, int number) throws IOException {
            this.socket = socket;
            this.number = number;
            this.in = new BufferedInputStream(socket.getInputStream());
            this.out = socket.getOutputStream();
        }

        /** 1 for the target's first connection. */
        public int number() {
            return number;
        }

        /** Reads a request's line and headers; null at the connection's end. */
        public String readHead() throws IOException {
            ByteArrayOutputStream head = new ByteArrayOutputStream();
            int matched = 0;
            while (matched < 4) {
                int read = in.read();
                if (read < 0) {
                    return null;
                }
                head.write(read);
                matched = read == "\r\n\r\n".charAt(matched) ? matched + 1 : read == '\r' ? 1 : 0;
            }
            return head.toString(StandardCharsets.ISO_8859_1);
        }

        public int read() throws IOException {
            return in.read();
        }

        public String read(int length) throws IOException {
            return new String(in.readNBytes(length), StandardCharsets.ISO_8859_1);
        }

        public void write(String text) throws IOException {
            out.write(text.replace("\n", "\r\n").getBytes(StandardCharsets.ISO_8859_1));
            out.flush();
        }

        /** Closes with a TCP reset instead of an orderly end. */
        public void reset() throws IOException {
            socket.setSoLinger(true, 0);
            socket.close();
        }
    }
}
