package io.jenkins.plugins.ecscanary.jenkins.access;

import com.cloudbees.jenkins.plugins.awscredentials.AmazonWebServicesCredentials;
import com.cloudbees.plugins.credentials.CredentialsProvider;
import com.cloudbees.plugins.credentials.common.StandardListBoxModel;
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
     * @return empty where it stands for whoever the controller is: a credential with blank keys
     * @throws IllegalStateException if there is no such credential there
     */
    static Optional<AwsKeys> keys(CredentialsContext context, String credentialsId) {
        AwsCredentials resolved = context.find(credentialsId).resolveCredentials();
        if (resolved == null) {
            return Optional.empty();
        }
        String token = resolved instanceof AwsSessionCredentials session ? session.sessionToken() : null;
        return Optional.of(new AwsKeys(resolved.accessKeyId(), resolved.secretAccessKey(), token));
    }

    /** What to choose from in a form, for those who may use credentials there; for others just what is chosen. */
    public static ListBoxModel choices(Item item, String chosen) {
        StandardListBoxModel model = new StandardListBoxModel();
        boolean allowed = item == null
                ? Jenkins.get().hasPermission(Jenkins.ADMINISTER)
                : item.hasPermission(Item.EXTENDED_READ) || item.hasPermission(CredentialsProvider.USE_ITEM);
        if (!allowed) {
            return model.includeCurrentValue(chosen);
        }
        return model.includeEmptyValue()
                .includeMatchingAs(
                        ACL.SYSTEM2, item, AmazonWebServicesCredentials.class, List.of(), CredentialsContext.forJobs())
                .includeCurrentValue(chosen);
    }
}
