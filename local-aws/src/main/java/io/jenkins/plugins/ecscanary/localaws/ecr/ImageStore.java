package io.jenkins.plugins.ecscanary.localaws.ecr;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What ECS asks of the registry: an image reference resolved to something that runs. Called holding the world's lock. */
public interface ImageStore {

    /**
     * @param image {@code <account>.dkr.ecr.<region>.amazonaws.com/<repository>:<tag>} or {@code …@sha256:<digest>}
     * @return empty if there is no such repository, tag or digest
     */
    Optional<RunnableImage> resolve(String image);

    /**
     * A runnable jar, pushed as an OCI image with one layer.
     *
     * @param digest of the manifest, {@code sha256:…}
     * @param jar the layer's bytes as a file
     * @param env the image configuration's environment, under the task definition's own
     * @param entryPoint the image configuration's entry point, such as {@code java -jar app.jar}
     * @param command the image configuration's command: further arguments, which a task definition can replace
     */
    record RunnableImage(
            String digest, Path jar, Map<String, String> env, List<String> entryPoint, List<String> command) {
        public RunnableImage {
            env = Map.copyOf(env);
            entryPoint = List.copyOf(entryPoint);
            command = List.copyOf(command);
        }
    }
}
