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
 * @param proxy between this process and AWS; empty for the one that system properties or the environment name, if any
 */
public record AwsAccess(
        String region, URI endpoint, Supplier<AwsKeys> keys, Optional<RoleToAssume> role, Optional<HttpProxy> proxy) {
    public AwsAccess {
        Objects.requireNonNull(region, "region");
        Objects.requireNonNull(role, "role");
        Objects.requireNonNull(proxy, "proxy");
    }

    public AwsAccess(String region, URI endpoint, Supplier<AwsKeys> keys, Optional<RoleToAssume> role) {
        this(region, endpoint, keys, role, Optional.empty());
    }

    /** With the keys themselves. */
    public AwsAccess(String region, URI endpoint, Supplier<AwsKeys> keys) {
        this(region, endpoint, keys, Optional.empty());
    }

    /** The same as a role. */
    public AwsAccess as(RoleToAssume assumed) {
        return new AwsAccess(region, endpoint, keys, Optional.of(assumed), proxy);
    }

    /** The same through a proxy. */
    public AwsAccess through(HttpProxy between) {
        return new AwsAccess(region, endpoint, keys, role, Optional.of(between));
    }

    /** For messages: which AWS this is. */
    public String where() {
        return endpoint == null ? region : region + " at " + endpoint;
    }
}
