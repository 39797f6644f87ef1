package io.jenkins.plugins.ecscanary.localaws.ecs;

import io.jenkins.plugins.ecscanary.localaws.ecr.ImageStore.RunnableImage;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;

/**
 * What runs a container: plain processes, or containers where podman is there, or something in-process for a benchmark.
 * The contract with an image is HOST and PORT in the environment.
 */
public interface TaskRuntime extends AutoCloseable {

    /**
     * Starts a container.
     *
     * @param output gets every line of standard output and error, from the runtime's own thread
     * @throws CannotStart if it can't even be started, with a reason ECS would put into {@code stoppedReason}
     */
    Container start(ContainerSpec spec, Consumer<String> output) throws CannotStart;

    /** Kills whatever still runs. */
    @Override
    void close();

    /**
     * @param ip the task's own loopback address, as awsvpc gives each task its own
     * @param port the address's port to bind; in the environment as PORT (and {@code ip} as HOST)
     * @param command the whole command line, the task definition's parts taking the place of the image's
     */
    record ContainerSpec(
            String taskId,
            String name,
            RunnableImage image,
            String ip,
            int port,
            Map<String, String> environment,
            List<String> command) {
        public ContainerSpec {
            environment = Map.copyOf(environment);
            command = List.copyOf(command);
        }
    }

    /** A started container. */
    interface Container {
        /** Completes with the exit code. */
        CompletionStage<Integer> exited();

        /** SIGTERM, and SIGKILL when {@code grace} of wall-clock time has passed. */
        void stop(Duration grace);

        /**
         * Runs a health check command inside; completes with its exit code, or exceptionally if it could not be run or took
         * longer than {@code timeout} of wall-clock time (then it is killed).
         */
        CompletionStage<Integer> exec(List<String> command, Duration timeout);
    }

    /** The reason is for {@code stoppedReason}, such as {@code CannotPullContainerError: …}. */
    final class CannotStart extends Exception {
        private static final long serialVersionUID = 1L;

        public CannotStart(String reason) {
            super(reason);
        }
    }
}
