package io.jenkins.plugins.ecscanary.jenkins.access;

import com.cloudbees.plugins.credentials.CredentialsProvider;
import com.cloudbees.plugins.credentials.common.StandardCredentials;
import com.cloudbees.plugins.credentials.common.StandardListBoxModel;
import hudson.model.Item;
import hudson.security.ACL;
import hudson.util.ListBoxModel;
import java.util.List;
import jenkins.model.Jenkins;

/** The credentials of one kind to choose from in a form. Their names are for those who may use credentials there. */
public final class CredentialChoices {

    private CredentialChoices() {}

    /**
     * @param item in whose form, or null for one of Jenkins's own
     * @param chosen what others see alone; may be null
     */
    public static ListBoxModel of(Class<? extends StandardCredentials> type, Item item, String chosen) {
        StandardListBoxModel model = new StandardListBoxModel();
        boolean allowed = item == null
                ? Jenkins.get().hasPermission(Jenkins.ADMINISTER)
                : item.hasPermission(Item.EXTENDED_READ) || item.hasPermission(CredentialsProvider.USE_ITEM);
        if (!allowed) {
            return model.includeCurrentValue(chosen);
        }
        return model.includeEmptyValue()
                .includeMatchingAs(ACL.SYSTEM2, item, type, List.of(), CredentialsContext.forJobs())
                .includeCurrentValue(chosen);
    }
}
