package io.jenkins.plugins.ecscanary.localaws.ecs;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;

/** Containers without processes: they listen, exit and answer health checks as the test says. */
final class FakeRuntime implements TaskRuntime, PortProbe {

    final List<FakeContainer> started = new ArrayList<>();

    boolean listens = true;
    boolean listensEverywhere;
    boolean obeysSigterm = true;
    boolean cannotStart;
    String portTakenOn;
    int healthCheckExit;
    boolean healthCheckHangs;

    List<FakeContainer> running() {
        return started.stream().filter(container -> !container.exit.isDone()).toList();
    }

    FakeContainer last() {
        return started.get(started.size() - 1);
    }

    @Override
    public Container start(ContainerSpec spec, Consumer<String> output) throws CannotStart {
        if (cannotStart) {
            throw new CannotStart("CannotStartContainerError: no such thing");
        }
        FakeContainer container = new FakeContainer(spec, output);
        started.add(container);
        return container;
    }

    @Override
    public boolean listening(String ip, int port) {
        if (ip.equals(portTakenOn)) {
            return true;
        }
        if (LoopbackAddresses.UNASSIGNED.equals(ip)) {
            return listensEverywhere && !running().isEmpty();
        }
        return listens
                && running().stream().anyMatch(container -> container.spec.ip().equals(ip));
    }

    @Override
    public void close() {
        running().forEach(container -> container.exit.complete(137));
    }

    final class FakeContainer implements Container {
        final ContainerSpec spec;
        final Consumer<String> output;
        final CompletableFuture<Integer> exit = new CompletableFuture<>();
        final List<List<String>> execs = new ArrayList<>();
        Duration asked;

        private FakeContainer(ContainerSpec spec, Consumer<String> output) {
            this.spec = spec;
            this.output = output;
        }

        @Override
        public CompletionStage<Integer> exited() {
            return exit;
        }

        @Override
        public void stop(Duration grace) {
            asked = grace;
            if (obeysSigterm) {
                exit.complete(143);
            }
        }

        @Override
        public CompletionStage<Integer> exec(List<String> command, Duration timeout) {
            execs.add(command);
            return healthCheckHangs
                    ? CompletableFuture.failedFuture(new TimeoutException())
                    : CompletableFuture.completedFuture(healthCheckExit);
        }
    }
}
