package io.jenkins.plugins.ecscanary.jenkins.access;

import com.cloudbees.plugins.credentials.CredentialsProvider;
import com.cloudbees.plugins.credentials.common.StandardCredentials;
import com.cloudbees.plugins.credentials.common.StandardListBoxModel;
import hudson.model.Item;
import hudson.util.ListBoxModel;
import java.util.List;
import jenkins.model.Jenkins;
import org.springframework.security.core.Authentication;

/** The credentials of one kind to choose from in a form. Their names are for those who may use credentials there. */
public final class CredentialChoices {

    private CredentialChoices() {}

    /**
     * What a build would find, and no other.
     *
     * @param item in whose form, or null for one of Jenkins's own
     * @param chosen what others see alone; may be null
     */
    public static ListBoxModel of(Class<? extends StandardCredentials> type, Item item, String chosen) {
        StandardListBoxModel model = new StandardListBoxModel();
        if (!areShown(item)) {
            return model.includeCurrentValue(chosen);
        }
        model.includeEmptyValue();
        for (Authentication as : CredentialsContext.ofForm(item).lookedUpAs()) {
            model.includeMatchingAs(as, item, type, List.of(), CredentialsContext.forJobs());
        }
        return model.includeCurrentValue(chosen);
    }

    /**
     * Whether whoever asks may know which credentials there are.
     *
     * @param item in whose form, or null for one of Jenkins's own
     */
    static boolean areShown(Item item) {
        return item == null
                ? Jenkins.get().hasPermission(Jenkins.ADMINISTER)
                : item.hasPermission(Item.EXTENDED_READ) || item.hasPermission(CredentialsProvider.USE_ITEM);
    }
}
