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
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

/** Passes bytes between a client and an AWS, except that one operation's answer comes as far as here and no further. */
final class CuttingProxy implements AutoCloseable {

    private final ServerSocket server;
    private final URI target;
    private final String operation;
    private final Set<Socket> sockets = ConcurrentHashMap.newKeySet();
    private final CountDownLatch answered = new CountDownLatch(1);

    private CuttingProxy(ServerSocket server, URI target, String operation) {
        this.server = server;
        this.target = target;
        this.operation = operation;
    }

    /** @param operation as in {@code X-Amz-Target} */
    static CuttingProxy start(URI target, String operation) throws IOException {
        CuttingProxy proxy =
                new CuttingProxy(new ServerSocket(0, 50, InetAddress.getLoopbackAddress()), target, operation);
        proxy.run("accept", proxy::accept);
        return proxy;
    }

    URI endpoint() {
        return URI.create("http://127.0.0.1:" + server.getLocalPort());
    }

    /** Waits until AWS has answered the operation: it has happened, and the client will never know. */
    void awaitAnswer() throws InterruptedException {
        if (!answered.await(120, TimeUnit.SECONDS)) {
            throw new AssertionError(operation + " was never answered");
        }
    }

    private void accept() throws IOException {
        while (true) {
            Socket client = server.accept();
            Socket aws = new Socket(target.getHost(), target.getPort());
            sockets.add(client);
            sockets.add(aws);
            AtomicBoolean cut = new AtomicBoolean();
            run("request", () -> pump(client, aws, cut, true));
            run("answer", () -> pump(aws, client, cut, false));
        }
    }

    private void pump(Socket from, Socket to, AtomicBoolean cut, boolean request) throws IOException {
        InputStream in = from.getInputStream();
        OutputStream out = to.getOutputStream();
        byte[] buffer = new byte[64 * 1024];
        String tail = "";
        for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
            if (request) {
                // Headers may come in pieces: what was read last is kept for the comparison.
                String text = tail + new String(buffer, 0, n, StandardCharsets.ISO_8859_1);
                if (text.contains(operation)) {
                    cut.set(true);
                }
                tail = text.substring(Math.max(0, text.length() - operation.length()));
            } else if (cut.get()) {
                answered.countDown();
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
