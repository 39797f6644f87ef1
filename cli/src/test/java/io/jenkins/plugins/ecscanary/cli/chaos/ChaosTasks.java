package io.jenkins.plugins.ecscanary.cli.chaos;

import com.sun.net.httpserver.HttpServer;
import io.jenkins.plugins.ecscanary.localaws.ecs.TaskRuntime;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

/**
 * Tasks without a process each, so that hundreds of deployments fit into one machine: a small HTTP server that is always
 * healthy and answers 500 to so many of a hundred requests as {@code FAILING} in its environment says.
 */
public final class ChaosTasks implements TaskRuntime {

    public static final String FAILING = "FAILING";

    private final Set<HttpServer> running = ConcurrentHashMap.newKeySet();

    @Override
    public Container start(ContainerSpec spec, Consumer<String> output) throws CannotStart {
        int failing = Integer.parseInt(spec.environment().getOrDefault(FAILING, "0"));
        HttpServer server;
        try {
            server = HttpServer.create(new InetSocketAddress(spec.ip(), spec.port()), 0);
        } catch (IOException e) {
            throw new CannotStart("CannotStartContainerError: " + e.getMessage());
        }
        AtomicInteger count = new AtomicInteger();
        server.createContext("/", exchange -> {
            boolean health = exchange.getRequestURI().getPath().equals("/health");
            // Evenly spread: 37 is prime to 100, so that a hundred requests in a row meet every share exactly.
            boolean bad = !health && count.getAndIncrement() * 37 % 100 < failing;
            exchange.sendResponseHeaders(bad ? 500 : 200, -1);
            exchange.close();
        });
        server.start();
        running.add(server);
        return new InProcess(server);
    }

    @Override
    public void close() {
        running.forEach(server -> server.stop(0));
        running.clear();
    }

    private final class InProcess implements Container {
        private final HttpServer server;
        private final CompletableFuture<Integer> exited = new CompletableFuture<>();

        InProcess(HttpServer server) {
            this.server = server;
        }

        @Override
        public CompletionStage<Integer> exited() {
            return exited;
        }

        @Override
        public void stop(Duration grace) {
            if (running.remove(server)) {
                server.stop(0);
                exited.complete(0);
            }
        }

        @Override
        public CompletionStage<Integer> exec(List<String> command, Duration timeout) {
            return CompletableFuture.completedFuture(0);
        }
    }
}
