package io.jenkins.plugins.ecscanary.engine.aws;

import java.util.Objects;

/**
 * An AWS key pair, our own record so that no SDK class is in a public type.
 *
 * @param sessionToken null for long-term keys
 */
public record AwsKeys(String accessKeyId, String secretAccessKey, String sessionToken) {
    public AwsKeys {
        Objects.requireNonNull(accessKeyId, "accessKeyId");
        Objects.requireNonNull(secretAccessKey, "secretAccessKey");
    }

    /** Never the secret: records are printed in logs and stack traces. */
    @Override
    public String toString() {
        return "AwsKeys[" + accessKeyId + "]";
    }
}
