package io.jenkins.plugins.ecscanary.localaws.ecs;

import java.util.Optional;

/** Where the values are of the secrets that task definitions name: there is neither Secrets Manager nor Parameter Store here. */
@FunctionalInterface
public interface SecretValues {

    /** Knows none. */
    SecretValues NONE = valueFrom -> Optional.empty();

    /** @param valueFrom as a task definition has it: the ARN of a secret, the ARN or the name of a parameter */
    Optional<String> of(String valueFrom);
}
