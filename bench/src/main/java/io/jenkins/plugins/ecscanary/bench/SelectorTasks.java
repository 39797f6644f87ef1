package io.jenkins.plugins.ecscanary.bench;

import io.jenkins.plugins.ecscanary.localaws.ecs.TaskRuntime;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;

/**
 * Thousands of tasks on one thread: each is a listening socket on its own address, answered 200 whatever is asked. Only for
 * measuring the control plane; a request longer than one read, which a health check's is not, is not waited for.
 */
final class SelectorTasks implements TaskRuntime {

    private static final byte[] ANSWER =
            "HTTP/1.1 200 OK\r\nContent-Length: 0\r\nConnection: close\r\n\r\n".getBytes(StandardCharsets.US_ASCII);

    private final Selector selector;
    private final Thread thread = new Thread(this::serve, "tasks");
    private volatile boolean closed;

    SelectorTasks() throws IOException {
        selector = Selector.open();
        thread.setDaemon(true);
        thread.start();
    }

    @Override
    public Container start(ContainerSpec spec, Consumer<String> output) throws CannotStart {
        ServerSocketChannel server;
        try {
            server = ServerSocketChannel.open();
            server.configureBlocking(false);
            server.bind(new InetSocketAddress(spec.ip(), spec.port()));
            server.register(selector, SelectionKey.OP_ACCEPT);
            selector.wakeup();
        } catch (IOException e) {
            throw new CannotStart("CannotStartContainerError: " + e.getMessage());
        }
        CompletableFuture<Integer> exited = new CompletableFuture<>();
        return new Container() {
            @Override
            public CompletionStage<Integer> exited() {
                return exited;
            }

            @Override
            public void stop(Duration grace) {
                try {
                    server.close();
                    selector.wakeup(); // a closed channel gives its port up when it is deselected
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
                exited.complete(0);
            }

            @Override
            public CompletionStage<Integer> exec(List<String> command, Duration timeout) {
                return CompletableFuture.completedFuture(0);
            }
        };
    }

    private void serve() {
        ByteBuffer request = ByteBuffer.allocate(8192);
        try {
            while (!closed) {
                selector.select(key -> handle(key, request));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void handle(SelectionKey key, ByteBuffer request) {
        try {
            if (!key.isValid()) {
                return;
            }
            if (key.channel() instanceof ServerSocketChannel server) {
                SocketChannel connection = server.accept();
                if (connection != null) {
                    connection.configureBlocking(false);
                    connection.register(selector, SelectionKey.OP_READ);
                }
                return;
            }
            try (SocketChannel connection = (SocketChannel) key.channel()) {
                request.clear();
                if (connection.read(request) > 0) {
                    connection.write(ByteBuffer.wrap(ANSWER)); // so short that the system takes it at once
                }
            }
        } catch (IOException e) {
            key.cancel(); // whoever asked has gone, or the task was stopped meanwhile
        }
    }

    @Override
    public void close() {
        closed = true;
        selector.wakeup();
        try {
            thread.join();
            for (SelectionKey key : selector.keys()) {
                key.channel().close();
            }
            selector.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
