package io.jenkins.plugins.ecscanary.jenkins.access;

import hudson.ProxyConfiguration;
import io.jenkins.plugins.ecscanary.engine.aws.AwsAccess;
import io.jenkins.plugins.ecscanary.engine.aws.HttpProxy;
import io.jenkins.plugins.ecscanary.engine.aws.RoleToAssume;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import jenkins.model.Jenkins;

/** Makes of the words in an {@link Access} what the engine needs, within what the administrator allows. */
public final class AccessResolver {

    /** What is read for all deployments alike is read in a role's session of that name, as CloudTrail shows it. */
    static final String SHARED_SESSION = "jenkins-ecs-canary";

    private AccessResolver() {}

    /**
     * Refuses what is not allowed or makes no sense, without asking AWS.
     *
     * @param context whose credentials count, now and at each later call
     * @throws IllegalArgumentException saying what is not allowed and who can allow it
     * @throws IllegalStateException if there is no such credential
     */
    public static AwsAccess resolve(Access access, CredentialsContext context) {
        EcsCanaryConfiguration rules = EcsCanaryConfiguration.get();
        rules.requireRegion(access.region());
        URI endpoint = endpoint(access, context.folder(), rules);
        AwsAccess direct = new AwsAccess(access.region(), endpoint, null);
        AwsAccess reach = proxy().map(direct::through).orElse(direct);
        if (access.credentialsId() == null) {
            rules.requireControllerIdentity(context.folder(), Messages.AccessResolver_NoCredential());
        } else {
            reach = with(access.credentialsId(), reach, context, rules);
        }
        if (access.roleArn() == null) {
            return reach;
        }
        rules.requireRole(access.roleArn());
        return reach.as(new RoleToAssume(access.roleArn(), access.externalId(), SHARED_SESSION, null));
    }

    /** A role of the credential's own is the one it has now; its keys are asked for each time. */
    private static AwsAccess with(
            String credentialsId, AwsAccess reach, CredentialsContext context, EcsCanaryConfiguration rules) {
        AwsCredential credential = new AwsCredential(context, credentialsId);
        Optional<RoleToAssume> role = credential.role(SHARED_SESSION);
        AwsAccess known;
        if (credential.keys().isEmpty()) {
            rules.requireControllerIdentity(
                    context.folder(),
                    role.isPresent()
                            ? Messages.AccessResolver_RoleWithoutKeys(credentialsId)
                            : Messages.AccessResolver_NoKeys(credentialsId));
            known = reach;
        } else {
            known = reach.with(() -> credential
                    .keys()
                    .orElseThrow(
                            () -> new IllegalStateException(Messages.AccessResolver_NoKeysAnyMore(credentialsId))));
        }
        role.ifPresent(assumed -> rules.requireRole(assumed.arn()));
        return role.map(known::as).orElse(known);
    }

    private static URI endpoint(Access access, String place, EcsCanaryConfiguration rules) {
        if (access.endpointUrl() == null) {
            return null;
        }
        rules.requireEndpoint(place, access.endpointUrl());
        try {
            return new URI(access.endpointUrl());
        } catch (URISyntaxException e) {
            throw new IllegalArgumentException(Messages.AccessResolver_BadEndpointUrl(e.getMessage()), e);
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
