package io.jenkins.plugins.ecscanary.jenkins.access;

import hudson.Extension;
import hudson.Util;
import hudson.model.AbstractDescribableImpl;
import hudson.model.Descriptor;
import hudson.util.FormValidation;
import java.util.ArrayList;
import java.util.List;
import jenkins.model.Jenkins;
import net.sf.json.JSONObject;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.DataBoundSetter;
import org.kohsuke.stapler.QueryParameter;
import org.kohsuke.stapler.StaplerRequest2;
import org.kohsuke.stapler.verb.POST;

/**
 * What the jobs of one folder, and of those in it, may do beyond what all may. Part of {@link EcsCanaryConfiguration} and not of
 * the folder: a folder's configuration can be posted as XML, copied and moved by people who may configure it and no more.
 */
public final class FolderRules extends AbstractDescribableImpl<FolderRules> {

    private volatile String folder;
    private boolean controllerIdentityAllowed;
    private ArrayList<String> endpointUrls = new ArrayList<>();

    /**
     * @param folder its full name, such as {@code team/shop}
     * @throws IllegalArgumentException if it is blank
     */
    @DataBoundConstructor
    public FolderRules(String folder) {
        String name = Util.fixEmptyAndTrim(folder);
        if (name == null) {
            throw new IllegalArgumentException(Messages.FolderRules_NoFolder());
        }
        this.folder = name;
    }

    public String getFolder() {
        return folder;
    }

    /** Whether its jobs may deploy as whoever the controller is for AWS. */
    public boolean isControllerIdentityAllowed() {
        return controllerIdentityAllowed;
    }

    @DataBoundSetter
    public void setControllerIdentityAllowed(boolean controllerIdentityAllowed) {
        this.controllerIdentityAllowed = controllerIdentityAllowed;
    }

    /** Endpoints other than AWS's own that its jobs may name. */
    public List<String> getEndpointUrls() {
        return List.copyOf(endpointUrls);
    }

    /** @throws IllegalArgumentException naming what is no URL */
    @DataBoundSetter
    public void setEndpointUrls(List<String> endpointUrls) {
        this.endpointUrls = Rule.ENDPOINT_URL.checked(endpointUrls);
    }

    /** @param place a folder's full name; empty for the root */
    boolean coverJobsIn(String place) {
        return place.equals(folder) || place.startsWith(folder + "/");
    }

    /** It keeps what it is allowed under the name it gets, and whoever makes a new folder of the old name does not. */
    boolean renamed(String oldFullName, String newFullName) {
        if (!folder.equals(oldFullName) && !folder.startsWith(oldFullName + "/")) {
            return false;
        }
        folder = newFullName + folder.substring(oldFullName.length());
        return true;
    }

    /** For {@link EcsCanaryConfiguration}. */
    @Extension
    public static final class DescriptorImpl extends Descriptor<FolderRules> {

        @Override
        public String getDisplayName() {
            return Messages.FolderRules_DisplayName();
        }

        /** The form has its list as text, one on each line. */
        @Override
        public FolderRules newInstance(StaplerRequest2 request, JSONObject form) throws FormException {
            try {
                FolderRules rules = new FolderRules(form.optString("folder"));
                rules.setControllerIdentityAllowed(form.optBoolean("controllerIdentityAllowed"));
                rules.setEndpointUrls(Rule.lines(form.optString("endpointUrls")));
                return rules;
            } catch (IllegalArgumentException e) {
                throw new FormException(e.getMessage(), e, "folders");
            }
        }

        /** For the form. */
        public String text(List<String> values) {
            return Rule.text(values);
        }

        @POST
        public FormValidation doCheckFolder(@QueryParameter String value) {
            Jenkins.get().checkPermission(Jenkins.ADMINISTER);
            String name = Util.fixEmptyAndTrim(value);
            if (name == null) {
                return FormValidation.error(Messages.FolderRules_NoFolder());
            }
            return Jenkins.get().getItemByFullName(name) == null
                    ? FormValidation.warning(Messages.FolderRules_NoSuchFolder(name))
                    : FormValidation.ok();
        }

        @POST
        public FormValidation doCheckEndpointUrls(@QueryParameter String value) {
            Jenkins.get().checkPermission(Jenkins.ADMINISTER);
            return Rule.ENDPOINT_URL.check(value);
        }
    }
}
