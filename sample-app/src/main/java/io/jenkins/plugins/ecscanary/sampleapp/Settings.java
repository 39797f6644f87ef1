package io.jenkins.plugins.ecscanary.sampleapp;

import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What the environment says.
 *
 * @param host address to listen on; {@code HOST}, default every address
 * @param port port to listen on, 0 lets the system pick one; {@code PORT}, default 3000
 * @param version the version this process says it is; {@code APP_VERSION}, baked into the image
 * @param image the image it was started from; {@code APP_IMAGE}, from the task definition
 * @param instance the ECS task id, else {@code INSTANCE_ID}, else the host's name
 */
public record Settings(String host, int port, String version, String image, String instance, Faults faults) {

    /**
     * Fargate's metadata address ends in the task id and a number for the container
     * (<a href="https://docs.aws.amazon.com/AmazonECS/latest/developerguide/task-metadata-endpoint-v4-fargate.html">ECS guide</a>).
     */
    private static final Pattern TASK_AND_CONTAINER = Pattern.compile("([0-9a-f]{32})-[0-9]+");

    /**
     * @param hostName asked only when neither ECS nor {@code INSTANCE_ID} names the instance, as it may need a look-up
     * @throws InvalidSettingException for the first variable whose value cannot be used
     */
    public static Settings from(Map<String, String> variables, Supplier<String> hostName)
            throws InvalidSettingException {
        Environment environment = new Environment(variables);
        return new Settings(
                environment.text("HOST").orElse("0.0.0.0"),
                environment.integer("PORT", 0, 65_535).orElse(3000),
                environment.text("APP_VERSION").orElse("unknown"),
                environment.text("APP_IMAGE").orElse("unknown"),
                taskId(environment).or(() -> environment.text("INSTANCE_ID")).orElseGet(hostName),
                Faults.from(environment));
    }

    private static Optional<String> taskId(Environment environment) {
        return environment
                .text("ECS_CONTAINER_METADATA_URI_V4")
                .map(uri -> uri.replaceFirst("/+$", ""))
                .map(uri -> uri.substring(uri.lastIndexOf('/') + 1))
                .filter(last -> !last.isEmpty())
                .map(last -> {
                    Matcher matcher = TASK_AND_CONTAINER.matcher(last);
                    return matcher.matches() ? matcher.group(1) : last;
                });
    }
}
