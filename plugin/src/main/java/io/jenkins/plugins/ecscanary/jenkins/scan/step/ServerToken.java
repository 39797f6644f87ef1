package io.jenkins.plugins.ecscanary.jenkins.scan.step;

import com.cloudbees.plugins.credentials.CredentialsProvider;
import hudson.model.Item;
import hudson.model.Run;
import hudson.util.ListBoxModel;
import io.jenkins.plugins.ecscanary.engine.scan.TrivyCommand;
import io.jenkins.plugins.ecscanary.jenkins.access.CredentialChoices;
import java.util.List;
import java.util.Map;
import org.jenkinsci.plugins.plaincredentials.StringCredentials;

/** The token for a Trivy server: looked up when the scanner is started, given to it in its environment, and kept nowhere. */
final class ServerToken {

    private ServerToken() {}

    /**
     * The scanner's environment with it.
     *
     * @throws GateClosed if there is no such secret text that the build may use, or what it holds can be no token
     */
    static Map<String, String> of(Run<?, ?> run, String credentialsId) throws GateClosed {
        StringCredentials credential =
                CredentialsProvider.findCredentialById(credentialsId, StringCredentials.class, run, List.of());
        if (credential == null) {
            throw new GateClosed(
                    Messages.ServerToken_None(credentialsId, run.getParent().getFullName()));
        }
        CredentialsProvider.track(run, credential);
        try {
            return TrivyCommand.environment(credential.getSecret().getPlainText());
        } catch (IllegalArgumentException e) {
            throw new GateClosed(e.getMessage(), e);
        }
    }

    /** As {@link CredentialChoices} has them. */
    static ListBoxModel choices(Item item, String chosen) {
        return CredentialChoices.of(StringCredentials.class, item, chosen);
    }
}
