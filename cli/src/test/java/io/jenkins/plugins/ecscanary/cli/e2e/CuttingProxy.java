package io.jenkins.plugins.ecscanary.cli.e2e;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Passes bytes between a client and an AWS, except that one operation's answer, or the call itself, comes as far as here and
 * no further.
 */
public final class CuttingProxy implements AutoCloseable {

    private final ServerSocket server;
    private final URI target;
    private final String operation;
    private final Set<Socket> sockets = ConcurrentHashMap.newKeySet();
    private final boolean callToo;
    private final CompletableFuture<Void> cut = new CompletableFuture<>();

    private CuttingProxy(ServerSocket server, URI target, String operation, boolean callToo) {
        this.server = server;
        this.target = target;
        this.operation = operation;
        this.callToo = callToo;
    }

    /**
     * The operation happens in AWS and is never answered.
     *
     * @param operation as in {@code X-Amz-Target}
     */
    public static CuttingProxy start(URI target, String operation) throws IOException {
        return start(target, operation, false);
    }

    /** The operation never happens in AWS. */
    public static CuttingProxy startBefore(URI target, String operation) throws IOException {
        return start(target, operation, true);
    }

    private static CuttingProxy start(URI target, String operation, boolean callToo) throws IOException {
        CuttingProxy proxy =
                new CuttingProxy(new ServerSocket(0, 50, InetAddress.getLoopbackAddress()), target, operation, callToo);
        proxy.run("accept", proxy::accept);
        return proxy;
    }

    public URI endpoint() {
        return URI.create("http://127.0.0.1:" + server.getLocalPort());
    }

    /** Waits until AWS has answered the operation: it has happened, and the client will never know. */
    void awaitAnswer() throws Exception {
        cut.get(120, TimeUnit.SECONDS);
    }

    /** Completes when the call, or its answer, has come as far as here. */
    public CompletableFuture<Void> cut() {
        return cut;
    }

    private void accept() throws IOException {
        while (true) {
            Socket client = server.accept();
            Socket aws = new Socket(target.getHost(), target.getPort());
            sockets.add(client);
            sockets.add(aws);
            AtomicBoolean found = new AtomicBoolean();
            run("request", () -> pump(client, aws, found, true));
            run("answer", () -> pump(aws, client, found, false));
        }
    }

    private void pump(Socket from, Socket to, AtomicBoolean found, boolean request) throws IOException {
        InputStream in = from.getInputStream();
        OutputStream out = to.getOutputStream();
        byte[] buffer = new byte[64 * 1024];
        String tail = "";
        for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
            if (request) {
                // Headers may come in pieces: what was read last is kept for the comparison.
                String text = tail + new String(buffer, 0, n, StandardCharsets.ISO_8859_1);
                if (text.contains(operation)) {
                    found.set(true);
                    if (callToo) {
                        cut.complete(null);
                        return; // the connection stays open, and silent
                    }
                }
                tail = text.substring(Math.max(0, text.length() - operation.length()));
            } else if (found.get()) {
                cut.complete(null);
                return; // the connection stays open, and silent
            }
            out.write(buffer, 0, n);
            out.flush();
        }
        to.close();
    }

    private void run(String what, Pump pump) {
        Thread thread = new Thread(
                () -> {
                    try {
                        pump.run();
                    } catch (IOException e) {
                        // The other end or the test has closed the connection.
                    }
                },
                "cutting-proxy-" + what);
        thread.setDaemon(true);
        thread.start();
    }

    /** Moves bytes until a connection ends. */
    @FunctionalInterface
    private interface Pump {
        void run() throws IOException;
    }

    @Override
    public void close() throws IOException {
        server.close();
        for (Socket socket : sockets) {
            socket.close();
        }
    }
}
