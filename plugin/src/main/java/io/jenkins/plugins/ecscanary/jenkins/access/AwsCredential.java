package io.jenkins.plugins.ecscanary.jenkins.access;

import com.cloudbees.jenkins.plugins.awscredentials.AmazonWebServicesCredentials;
import com.cloudbees.plugins.credentials.CredentialsMatchers;
import com.cloudbees.plugins.credentials.CredentialsProvider;
import hudson.model.Item;
import hudson.security.ACL;
import hudson.util.ListBoxModel;
import io.jenkins.plugins.ecscanary.engine.aws.AwsKeys;
import java.util.List;
import java.util.Optional;
import jenkins.model.Jenkins;
import software.amazon.awssdk.auth.credentials.AwsCredentials;
import software.amazon.awssdk.auth.credentials.AwsSessionCredentials;

/**
 * The one place that sees the AWS credentials plugin and the SDK it brings, and turns its answers into keys of ours. A
 * credential is looked up anew each time, so that one that is changed, renamed or taken away counts at the next call.
 */
public final class AwsCredential {

    private AwsCredential() {}

    /**
     * The keys that a credential stands for now.
     *
     * @param place the full name of the folder or job in whose context it is looked up; where that is gone, what is left of
     *     the folders around it
     * @return empty where it stands for whoever the controller is: a credential with blank keys
     * @throws IllegalStateException if there is no such credential there
     */
    static Optional<AwsKeys> keys(String place, String credentialsId) {
        AmazonWebServicesCredentials credential =
                CredentialsMatchers.firstOrNull(visibleIn(place), CredentialsMatchers.withId(credentialsId));
        if (credential == null) {
            throw new IllegalStateException("there is no AWS credential '" + credentialsId + "' that "
                    + (place.isEmpty() ? "jobs" : place) + " may use; it may have been renamed or deleted");
        }
        AwsCredentials resolved = credential.resolveCredentials();
        if (resolved == null) {
            return Optional.empty();
        }
        String token = resolved instanceof AwsSessionCredentials session ? session.sessionToken() : null;
        return Optional.of(new AwsKeys(resolved.accessKeyId(), resolved.secretAccessKey(), token));
    }

    private static List<AmazonWebServicesCredentials> visibleIn(String place) {
        for (String name = place; !name.isEmpty(); name = name.substring(0, Math.max(0, name.lastIndexOf('/')))) {
            Item item = Jenkins.get().getItemByFullName(name);
            if (item != null) {
                return CredentialsProvider.lookupCredentialsInItem(
                        AmazonWebServicesCredentials.class, item, ACL.SYSTEM2, List.of());
            }
        }
        return CredentialsProvider.lookupCredentialsInItemGroup(
                AmazonWebServicesCredentials.class, Jenkins.get(), ACL.SYSTEM2, List.of());
    }

    /** As {@link CredentialChoices} has them. */
    public static ListBoxModel choices(Item item, String chosen) {
        return CredentialChoices.of(AmazonWebServicesCredentials.class, item, chosen);
    }
}
