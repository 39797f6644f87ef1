package io.jenkins.plugins.ecscanary.engine.aws;

import java.net.URI;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * How AWS is reached and as whom.
 *
 * @param region such as {@code eu-central-1}
 * @param endpoint one URL for every service instead of AWS's own, or null
 * @param keys asked at each call, so that renewed keys are used and none are kept; null for the SDK's default chain
 * @param role assumed with these keys and renewed for as long as needed, to make all calls; empty to call with the keys
 *     themselves
 */
public record AwsAccess(String region, URI endpoint, Supplier<AwsKeys> keys, Optional<RoleToAssume> role) {
    public AwsAccess {
        Objects.requireNonNull(region, "region");
        Objects.requireNonNull(role, "role");
    }

    /** With the keys themselves. */
    public AwsAccess(String region, URI endpoint, Supplier<AwsKeys> keys) {
        this(region, endpoint, keys, Optional.empty());
    }

    /** The same as a role. */
    public AwsAccess as(RoleToAssume assumed) {
        return new AwsAccess(region, endpoint, keys, Optional.of(assumed));
    }

    /** For messages: which AWS this is. */
    public String where() {
        return endpoint == null ? region : region + " at " + endpoint;
    }
}
