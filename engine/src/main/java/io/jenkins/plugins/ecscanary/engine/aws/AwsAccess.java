package io.jenkins.plugins.ecscanary.engine.aws;

import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * How AWS is reached and as whom.
 *
 * @param region such as {@code eu-central-1}
 * @param endpoint one URL for every service instead of AWS's own, or null
 * @param keys asked at each call, so that renewed keys are used and none are kept; null for the SDK's default chain
 * @param roles assumed one after the other, the first one with these keys, and renewed for as long as needed; all calls are made
 *     as the last one. Empty to call with the keys themselves
 * @param proxy between this process and AWS; empty for the one that system properties or the environment name, if any
 */
public record AwsAccess(
        String region, URI endpoint, Supplier<AwsKeys> keys, List<RoleToAssume> roles, Optional<HttpProxy> proxy) {
    public AwsAccess {
        Objects.requireNonNull(region, "region");
        roles = List.copyOf(roles);
        Objects.requireNonNull(proxy, "proxy");
    }

    public AwsAccess(String region, URI endpoint, Supplier<AwsKeys> keys, Optional<RoleToAssume> role) {
        this(region, endpoint, keys, role.stream().toList(), Optional.empty());
    }

    /** With the keys themselves. */
    public AwsAccess(String region, URI endpoint, Supplier<AwsKeys> keys) {
        this(region, endpoint, keys, Optional.empty());
    }

    /** The same as a role, which is assumed as whoever this calls as. */
    public AwsAccess as(RoleToAssume assumed) {
        List<RoleToAssume> more = new ArrayList<>(roles);
        more.add(assumed);
        return new AwsAccess(region, endpoint, keys, more, proxy);
    }

    /** The same through a proxy. */
    public AwsAccess through(HttpProxy between) {
        return new AwsAccess(region, endpoint, keys, roles, Optional.of(between));
    }

    /** The same with keys that come from elsewhere. */
    public AwsAccess with(Supplier<AwsKeys> others) {
        return new AwsAccess(region, endpoint, others, roles, proxy);
    }

    /** As which all calls are made; empty for the keys themselves. */
    public Optional<RoleToAssume> role() {
        return roles.isEmpty() ? Optional.empty() : Optional.of(roles.get(roles.size() - 1));
    }

    /** For messages: which AWS this is. */
    public String where() {
        return endpoint == null ? region : region + " at " + endpoint;
    }
}
