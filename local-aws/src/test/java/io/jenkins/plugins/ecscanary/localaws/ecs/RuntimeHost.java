package io.jenkins.plugins.ecscanary.localaws.ecs;

import io.jenkins.plugins.ecscanary.localaws.ecr.ImageStore.RunnableImage;
import io.jenkins.plugins.ecscanary.localaws.ecs.TaskRuntime.ContainerSpec;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** A JVM of its own with a task runtime in it, for tests that kill it. Prints what its one container prints. */
public final class RuntimeHost {

    private RuntimeHost() {}

    /** @param arguments the runtime's directory and the jar */
    public static void main(String[] arguments) throws Exception {
        try (ProcessTaskRuntime runtime = new ProcessTaskRuntime(Path.of(arguments[0]))) {
            RunnableImage image = new RunnableImage("sha256:0", Path.of(arguments[1]), Map.of(), List.of(), List.of());
            runtime.start(
                            new ContainerSpec(
                                    "task",
                                    "web",
                                    image,
                                    "127.0.0.1",
                                    0,
                                    Map.of("HOST", "127.0.0.1", "PORT", "0"),
                                    List.of("java", "-jar", "app.jar", "serve")),
                            System.out::println)
                    .exited()
                    .toCompletableFuture()
                    .join();
        }
    }
}
