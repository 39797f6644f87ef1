package io.jenkins.plugins.ecscanary.bench;

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
import java.util.function.Consumer;

/**
 * Tasks without a process each: a small HTTP server that answers 200 to everything. Only for measuring the control plane,
 * where dozens of JVMs would be measured instead.
 */
final class InProcessTasks implements TaskRuntime {

    private final Set<HttpServer> running = ConcurrentHashMap.newKeySet();

    @Override
    public Container start(ContainerSpec spec, Consumer<String> output) throws CannotStart {
        HttpServer server;
        try {
            server = HttpServer.create(new InetSocketAddress(spec.ip(), spec.port()), 0);
        } catch (IOException e) {
            throw new CannotStart("CannotStartContainerError: " + e.getMessage());
        }
        server.createContext("/", exchange -> {
            exchange.sendResponseHeaders(200, -1);
            exchange.close();
        });
        server.start();
        running.add(server);
        CompletableFuture<Integer> exited = new CompletableFuture<>();
        return new Container() {
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
        };
    }

    @Override
    public void close() {
        running.forEach(server -> server.stop(0));
        running.clear();
    }
}
