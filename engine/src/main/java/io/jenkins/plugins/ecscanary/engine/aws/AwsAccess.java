package io.jenkins.plugins.ecscanary.engine.aws;

import java.net.URI;
import java.util.Objects;
import java.util.function.Supplier;

/**
 * How AWS is reached and as whom.
 *
 * @param region such as {@code eu-central-1}
 * @param endpoint one URL for every service instead of AWS's own, or null
 * @param keys asked at each call, so that renewed keys are used and none are kept; null for the SDK's default chain
 */
public record AwsAccess(String region, URI endpoint, Supplier<AwsKeys> keys) {
    public AwsAccess {
        Objects.requireNonNull(region, "region");
    }

    /** For messages: which AWS this is. */
    public String where() {
        return endpoint == null ? region : region + " at " + endpoint;
    }
}
