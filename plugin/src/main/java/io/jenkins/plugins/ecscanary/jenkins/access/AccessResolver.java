package io.jenkins.plugins.ecscanary.jenkins.access;

import hudson.ProxyConfiguration;
import io.jenkins.plugins.ecscanary.engine.aws.AwsAccess;
import io.jenkins.plugins.ecscanary.engine.aws.AwsKeys;
import io.jenkins.plugins.ecscanary.engine.aws.HttpProxy;
import io.jenkins.plugins.ecscanary.engine.aws.RoleToAssume;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import jenkins.model.Jenkins;

/** Makes of the words in an {@link Access} what the engine needs, within what the administrator allows. */
public final class AccessResolver {

    private AccessResolver() {}

    /**
     * Refuses what is not allowed or makes no sense, looking at nothing outside Jenkins.
     *
     * @param context whose credentials count, now and at each later call
     * @param sessionName for a role, as CloudTrail shows it
     * @throws IllegalArgumentException saying what is not allowed and who can allow it
     */
    public static AwsAccess resolve(Access access, CredentialsContext context, String sessionName) {
        EcsCanaryConfiguration rules = EcsCanaryConfiguration.get();
        rules.requireRegion(access.region());
        URI endpoint = endpoint(access, context.folder(), rules);
        Supplier<AwsKeys> keys;
        if (access.credentialsId() == null) {
            rules.requireControllerIdentity(context.folder(), "no credentialsId is given");
            keys = null;
        } else {
            if (AwsCredential.keys(context, access.credentialsId()).isEmpty()) {
                rules.requireControllerIdentity(
                        context.folder(), "the credential '" + access.credentialsId() + "' has no keys");
                keys = null;
            } else {
                keys = () -> AwsCredential.keys(context, access.credentialsId())
                        .orElseThrow(() -> new IllegalStateException(
                                "the credential '" + access.credentialsId() + "' has no keys any more"));
            }
        }
        AwsAccess direct = new AwsAccess(access.region(), endpoint, keys);
        AwsAccess through = proxy().map(direct::through).orElse(direct);
        if (access.roleArn() == null) {
            return through;
        }
        rules.requireRole(access.roleArn());
        return through.as(
                new RoleToAssume(access.roleArn(), access.externalId(), RoleToAssume.sessionName(sessionName), null));
    }

    private static URI endpoint(Access access, String place, EcsCanaryConfiguration rules) {
        if (access.endpointUrl() == null) {
            return null;
        }
        rules.requireEndpoint(place, access.endpointUrl());
        try {
            return new URI(access.endpointUrl());
        } catch (URISyntaxException e) {
            throw new IllegalArgumentException("endpointUrl is no URL: " + e.getMessage(), e);
        }
    }

    /** What Jenkins itself is told to use; its patterns are wildcards. */
    private static Optional<HttpProxy> proxy() {
        ProxyConfiguration configured = Jenkins.get().getProxy();
        if (configured == null || configured.getName() == null) {
            return Optional.empty();
        }
        return Optional.of(new HttpProxy(
                configured.getName(),
                configured.getPort(),
                configured.getUserName(),
                configured.getSecretPassword() == null
                        ? null
                        : configured.getSecretPassword().getPlainText(),
                configured.getNoProxyHostPatterns().stream()
                        .map(Pattern::pattern)
                        .collect(Collectors.toSet())));
    }
}
