package io.jenkins.plugins.ecscanary.jenkins.access;

import hudson.Util;
import hudson.model.Item;
import hudson.util.FormValidation;
import io.jenkins.plugins.ecscanary.engine.aws.RoleToAssume;
import java.util.Optional;

/**
 * What a form says of the credential that a step names: what {@link AccessResolver} will say of it in a build, as far as that can
 * be told without asking AWS or whoever hands out keys. Of the credential itself it shows nothing but its id.
 */
public final class CredentialCheck {

    private CredentialCheck() {}

    /**
     * For those who are shown what there is to choose from; others get the same answer whatever they ask.
     *
     * @param item in whose form, or null for one of Jenkins's own
     * @param given what stands there; an expression is known in a build only
     */
    public static FormValidation of(Item item, String given) {
        if (!CredentialChoices.areShown(item)) {
            return FormValidation.ok();
        }
        String id = Util.fixEmptyAndTrim(given);
        if (id != null && id.contains("${")) {
            return FormValidation.ok();
        }
        CredentialsContext context = CredentialsContext.ofForm(item);
        return id == null ? blank(context) : named(context, id);
    }

    private static FormValidation blank(CredentialsContext context) {
        return EcsCanaryConfiguration.get().allowsControllerIdentity(context.folder())
                ? FormValidation.ok(Messages.CredentialCheck_Controller())
                : FormValidation.warning(Messages.CredentialCheck_NotAsController(EcsCanaryConfiguration.where()));
    }

    private static FormValidation named(CredentialsContext context, String id) {
        EcsCanaryConfiguration rules = EcsCanaryConfiguration.get();
        AwsCredential credential = new AwsCredential(context, id);
        Optional<RoleToAssume> role;
        boolean noKeys;
        try {
            noKeys = credential.isKnownToHaveNoKeys();
            role = credential.role(AccessResolver.SHARED_SESSION);
        } catch (IllegalStateException e) {
            return FormValidation.error(notFound(context.folder(), e.getMessage()));
        } catch (IllegalArgumentException e) {
            return FormValidation.error(Messages.CredentialCheck_BadRole(id));
        }
        if (noKeys && !rules.allowsControllerIdentity(context.folder())) {
            return FormValidation.error(
                    Messages.CredentialCheck_NoKeysNotAsController(id, EcsCanaryConfiguration.where()));
        }
        if (role.isPresent() && !rules.allowsRole(role.get().arn())) {
            return FormValidation.error(Messages.CredentialCheck_RoleNotAllowed(id, EcsCanaryConfiguration.where()));
        }
        return noKeys ? FormValidation.ok(Messages.CredentialCheck_NoKeysController(id)) : FormValidation.ok();
    }

    private static String notFound(String folder, String why) {
        return folder.isEmpty()
                ? Messages.CredentialCheck_NotFoundAtRoot(why)
                : Messages.CredentialCheck_NotFound(why, folder);
    }
}
