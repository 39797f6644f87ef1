package io.jenkins.plugins.ecscanary.jenkins.access;

import com.cloudbees.jenkins.plugins.awscredentials.AWSCredentialsImpl;
import com.cloudbees.jenkins.plugins.awscredentials.AmazonWebServicesCredentials;
import com.cloudbees.plugins.credentials.CredentialsProvider;
import hudson.Util;
import hudson.model.Item;
import hudson.model.Run;
import hudson.util.ListBoxModel;
import io.jenkins.plugins.ecscanary.engine.aws.AwsKeys;
import io.jenkins.plugins.ecscanary.engine.aws.RoleToAssume;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import software.amazon.awssdk.auth.credentials.AwsCredentials;
import software.amazon.awssdk.auth.credentials.AwsSessionCredentials;

/**
 * A credential of the AWS credentials plugin, looked up anew each time, so that one that is changed, renamed or taken away counts
 * at the next call. The one place that sees that plugin and the SDK it brings, and turns its answers into keys of ours.
 */
public final class AwsCredential {

    /** An hour is what AWS allows in every case; it is renewed as long as needed. */
    private static final Duration LONGEST = RoleToAssume.USUAL_DURATION;

    /** Others are asked for so long before keys expire. */
    private static final Duration EARLY = Duration.ofMinutes(5);

    /** Of a session that does not tell when it ends; none is shorter than a quarter of an hour. */
    private static final Duration UNTOLD = Duration.ofMinutes(1);

    private final CredentialsContext context;
    private final String id;
    private volatile Session session;

    AwsCredential(CredentialsContext context, String id) {
        this.context = context;
        this.id = id;
    }

    /**
     * The role that it says to assume with its keys. Looks at the credential and asks nobody: the plugin itself would assume it at
     * every call, past proxy and endpoint, and as the controller where the keys are blank.
     *
     * @param sessionName for that role
     * @throws IllegalStateException if there is no such credential there
     * @throws IllegalArgumentException if AWS has no such role
     */
    Optional<RoleToAssume> role(String sessionName) {
        if (!(context.find(id) instanceof AWSCredentialsImpl own) || !hasRole(own)) {
            return Optional.empty();
        }
        Duration wanted = Duration.ofSeconds(own.getStsTokenDuration());
        try {
            return Optional.of(new RoleToAssume(
                    own.getIamRoleArn().strip(),
                    Util.fixEmptyAndTrim(own.getIamExternalId()),
                    sessionName,
                    wanted.compareTo(LONGEST) < 0 ? wanted : LONGEST));
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(Messages.AwsCredential_BadRole(id, e.getMessage()), e);
        }
    }

    private static boolean hasRole(AWSCredentialsImpl credential) {
        return Util.fixEmptyAndTrim(credential.getIamRoleArn()) != null;
    }

    /**
     * The keys that it stands for at this moment, without the role that it may say to assume with them.
     *
     * @return empty where it stands for whoever the controller is: a credential with blank keys
     * @throws IllegalStateException if there is no such credential there
     */
    Optional<AwsKeys> keys() {
        AmazonWebServicesCredentials credential = context.find(id);
        if (credential instanceof AWSCredentialsImpl own && hasRole(own)) {
            String key = own.getAccessKey().strip();
            String secret = own.getSecretKey().getPlainText().strip();
            return key.isEmpty() && secret.isEmpty() ? Optional.empty() : Optional.of(new AwsKeys(key, secret, null));
        }
        Session known = session;
        if (known == null) {
            return resolve(credential);
        }
        if (known.isStillOf(credential)) {
            return Optional.of(known.keys);
        }
        synchronized (this) { // one gets others, who comes meanwhile waits for them
            Session renewed = session;
            return renewed != null && renewed.isStillOf(credential) ? Optional.of(renewed.keys) : resolve(credential);
        }
    }

    /**
     * Whether it stands for whoever the controller is. Looks at the credential and asks nobody: one of another kind may have to fetch
     * what keys it has.
     *
     * @throws IllegalStateException if there is no such credential there
     */
    boolean isKnownToHaveNoKeys() {
        return context.find(id) instanceof AWSCredentialsImpl own
                && own.getAccessKey().isBlank()
                && own.getSecretKey().getPlainText().isBlank();
    }

    private Optional<AwsKeys> resolve(AmazonWebServicesCredentials credential) {
        AwsCredentials resolved = credential.resolveCredentials();
        if (resolved == null) {
            session = null;
            return Optional.empty();
        }
        if (resolved instanceof AwsSessionCredentials temporary) {
            AwsKeys keys = new AwsKeys(resolved.accessKeyId(), resolved.secretAccessKey(), temporary.sessionToken());
            Instant until = temporary
                    .expirationTime()
                    .map(end -> end.minus(EARLY))
                    .orElseGet(() -> Instant.now().plus(UNTOLD));
            session = new Session(credential, keys, until);
            return Optional.of(keys);
        }
        session = null;
        return Optional.of(new AwsKeys(resolved.accessKeyId(), resolved.secretAccessKey(), null));
    }

    /** Temporary keys that a credential of another kind has got, perhaps by a call for each time it is asked. In memory only. */
    private static final class Session {
        private final AmazonWebServicesCredentials credential;
        private final AwsKeys keys;
        private final Instant until;

        Session(AmazonWebServicesCredentials credential, AwsKeys keys, Instant until) {
            this.credential = credential;
            this.keys = keys;
            this.until = until;
        }

        /** The very object: equal are all of the same id, whatever keys they have. */
        boolean isStillOf(AmazonWebServicesCredentials other) {
            return credential == other && Instant.now().isBefore(until);
        }
    }

    /** Notes that a build uses it, so that whoever looks after credentials can see what it is for. */
    public static void track(Run<?, ?> build, String id) {
        CredentialsProvider.track(
                build, CredentialsContext.ofJob(build.getParent().getFullName()).find(id));
    }

    /** As {@link CredentialChoices} has them. */
    public static ListBoxModel choices(Item item, String chosen) {
        return CredentialChoices.of(AmazonWebServicesCredentials.class, item, chosen);
    }
}
