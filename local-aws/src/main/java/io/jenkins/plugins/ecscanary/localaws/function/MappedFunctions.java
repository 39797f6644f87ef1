package io.jenkins.plugins.ecscanary.localaws.function;

import java.net.URI;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.BiFunction;

/** Functions that are HTTP servers and programs of this machine. Closing ends the invocations that are under way. */
public final class MappedFunctions implements Functions, AutoCloseable {

    private final Map<String, FunctionTarget> targets;
    private final CompletionStage<URI> endpoint;
    private final HttpFunction http = new HttpFunction();
    private final CommandFunction commands;
    private final Set<CompletableFuture<FunctionOutcome>> running = ConcurrentHashMap.newKeySet();
    private final ExecutorService threads = Executors.newCachedThreadPool(work -> {
        Thread thread = new Thread(work, "function");
        thread.setDaemon(true);
        return thread;
    });

    /**
     * @param targets by function name
     * @param endpoint where the AWS of this machine is served: nothing is invoked before a function could call it
     * @param environment what that AWS puts into a command's environment, by function name and endpoint: that, region,
     *     keys
     */
    public MappedFunctions(
            Map<String, FunctionTarget> targets,
            CompletionStage<URI> endpoint,
            BiFunction<String, URI, Map<String, String>> environment) {
        this.targets = Map.copyOf(targets);
        this.endpoint = endpoint;
        this.commands = new CommandFunction(environment, threads);
    }

    @Override
    public Optional<CompletableFuture<FunctionOutcome>> invoke(String nameOrArn, String payload) {
        String name = name(nameOrArn);
        return Optional.ofNullable(targets.get(name)).map(target -> {
            CompletableFuture<FunctionOutcome> outcome = new CompletableFuture<>();
            running.add(outcome);
            outcome.whenComplete((done, failure) -> running.remove(outcome));
            endpoint.thenAcceptAsync(served -> run(name, target, served, payload, outcome), threads);
            return outcome;
        });
    }

    private void run(
            String name,
            FunctionTarget target,
            URI served,
            String payload,
            CompletableFuture<FunctionOutcome> outcome) {
        if (outcome.isDone()) {
            return; // cancelled meanwhile
        }
        try {
            if (target instanceof FunctionTarget.Http server) {
                http.post(server.uri(), payload, outcome);
            } else if (target instanceof FunctionTarget.Command program) {
                commands.run(name, program.arguments(), served, payload, outcome);
            }
        } catch (RuntimeException e) {
            outcome.complete(new FunctionOutcome.Failed("it could not be invoked: " + e));
        }
    }

    /** {@code NAME} of {@code arn:aws:lambda:REGION:ACCOUNT:function:NAME:ALIAS} and of {@code NAME:ALIAS}. */
    public static String name(String nameOrArn) {
        String[] parts = nameOrArn.split(":");
        return nameOrArn.startsWith("arn:") && parts.length >= 7 ? parts[6] : parts[0];
    }

    @Override
    public void close() {
        running.forEach(outcome -> outcome.cancel(true));
        threads.shutdown();
        try {
            if (!threads.awaitTermination(10, TimeUnit.SECONDS)) {
                threads.shutdownNow();
            }
        } catch (InterruptedException e) {
            threads.shutdownNow();
            Thread.currentThread().interrupt();
        }
    }
}
