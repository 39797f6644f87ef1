package io.jenkins.plugins.ecscanary.jenkins.access;

import hudson.Extension;
import hudson.ExtensionList;
import hudson.model.Item;
import hudson.model.listeners.ItemListener;
import hudson.util.FormValidation;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import jenkins.model.GlobalConfiguration;
import jenkins.model.Jenkins;
import net.sf.json.JSONObject;
import org.jenkinsci.Symbol;
import org.kohsuke.stapler.DataBoundSetter;
import org.kohsuke.stapler.QueryParameter;
import org.kohsuke.stapler.StaplerRequest2;
import org.kohsuke.stapler.verb.POST;

/** What an administrator allows deployments to do. By default: no identity of the controller's, no endpoint but AWS's own. */
@Extension
@Symbol("ecsCanary")
public final class EcsCanaryConfiguration extends GlobalConfiguration {

    private boolean controllerIdentityAllowed;
    private ArrayList<String> endpointUrls = new ArrayList<>();
    private ArrayList<String> regions = new ArrayList<>();
    private ArrayList<String> roleArns = new ArrayList<>();
    private ArrayList<FolderRules> folders = new ArrayList<>();

    public EcsCanaryConfiguration() {
        load();
    }

    /** The only one there is. */
    public static EcsCanaryConfiguration get() {
        return ExtensionList.lookupSingleton(EcsCanaryConfiguration.class);
    }

    @Override
    public String getDisplayName() {
        return Messages.EcsCanaryConfiguration_DisplayName();
    }

    /** For those who may not change it. */
    static String where() {
        return Messages.EcsCanaryConfiguration_Where(Messages.EcsCanaryConfiguration_DisplayName());
    }

    /** Whether jobs may deploy as whoever the controller is for AWS. */
    public boolean isControllerIdentityAllowed() {
        return controllerIdentityAllowed;
    }

    @DataBoundSetter
    public void setControllerIdentityAllowed(boolean controllerIdentityAllowed) {
        this.controllerIdentityAllowed = controllerIdentityAllowed;
        save();
    }

    /** Endpoints other than AWS's own that jobs may name. */
    public List<String> getEndpointUrls() {
        return List.copyOf(endpointUrls);
    }

    /** @throws IllegalArgumentException naming what is no URL */
    @DataBoundSetter
    public void setEndpointUrls(List<String> endpointUrls) {
        this.endpointUrls = Rule.ENDPOINT_URL.checked(endpointUrls);
        save();
    }

    /** Regions that jobs may deploy to; empty for all. */
    public List<String> getRegions() {
        return List.copyOf(regions);
    }

    /** @throws IllegalArgumentException naming what is no region */
    @DataBoundSetter
    public void setRegions(List<String> regions) {
        this.regions = Rule.REGION.checked(regions);
        save();
    }

    /** Roles that jobs may assume, with {@code *} for anything; empty for all. */
    public List<String> getRoleArns() {
        return List.copyOf(roleArns);
    }

    /** @throws IllegalArgumentException naming what is no role's ARN */
    @DataBoundSetter
    public void setRoleArns(List<String> roleArns) {
        this.roleArns = Rule.ROLE_ARN.checked(roleArns);
        save();
    }

    /** What single folders may do beyond this. */
    public synchronized List<FolderRules> getFolders() {
        return List.copyOf(folders);
    }

    @DataBoundSetter
    public synchronized void setFolders(List<FolderRules> folders) {
        this.folders = folders == null ? new ArrayList<>() : new ArrayList<>(folders);
        save();
    }

    /** The form has its lists as text, one on each line; code has the lists themselves. Nothing is kept if anything is wrong. */
    @Override
    public boolean configure(StaplerRequest2 request, JSONObject form) throws FormException {
        try {
            ArrayList<String> newUrls = Rule.ENDPOINT_URL.checked(Rule.lines(form.optString("endpointUrls")));
            ArrayList<String> newRegions = Rule.REGION.checked(Rule.lines(form.optString("regions")));
            ArrayList<String> newRoles = Rule.ROLE_ARN.checked(Rule.lines(form.optString("roleArns")));
            List<FolderRules> newFolders = request.bindJSONToList(FolderRules.class, form.opt("folders"));
            setControllerIdentityAllowed(form.optBoolean("controllerIdentityAllowed"));
            setEndpointUrls(newUrls);
            setRegions(newRegions);
            setRoleArns(newRoles);
            setFolders(newFolders);
            return true;
        } catch (IllegalArgumentException e) {
            throw new FormException(e.getMessage(), e, "ecsCanary");
        }
    }

    /** For the form. */
    public String text(List<String> values) {
        return Rule.text(values);
    }

    @POST
    public FormValidation doCheckEndpointUrls(@QueryParameter String value) {
        Jenkins.get().checkPermission(Jenkins.ADMINISTER);
        return Rule.ENDPOINT_URL.check(value);
    }

    @POST
    public FormValidation doCheckRegions(@QueryParameter String value) {
        Jenkins.get().checkPermission(Jenkins.ADMINISTER);
        return Rule.REGION.check(value);
    }

    @POST
    public FormValidation doCheckRoleArns(@QueryParameter String value) {
        Jenkins.get().checkPermission(Jenkins.ADMINISTER);
        return Rule.ROLE_ARN.check(value);
    }

    /** @param place the folder that the job is in */
    boolean allowsControllerIdentity(String place) {
        return controllerIdentityAllowed
                || getFolders().stream()
                        .anyMatch(rules -> rules.isControllerIdentityAllowed() && rules.coverJobsIn(place));
    }

    boolean allowsRole(String arn) {
        return roleArns.isEmpty() || roleArns.stream().anyMatch(pattern -> matches(pattern, arn));
    }

    /**
     * @param place the folder that the job is in
     * @param why what it is that asks for it, as the beginning of a sentence
     */
    void requireControllerIdentity(String place, String why) {
        if (!allowsControllerIdentity(place)) {
            throw new IllegalArgumentException(Messages.EcsCanaryConfiguration_ControllerIdentityRefused(why, where()));
        }
    }

    /** @param place the folder that the job is in */
    void requireEndpoint(String place, String url) {
        boolean allowed = endpointUrls.contains(url)
                || getFolders().stream()
                        .anyMatch(rules -> rules.getEndpointUrls().contains(url) && rules.coverJobsIn(place));
        if (!allowed) {
            throw new IllegalArgumentException(Messages.EcsCanaryConfiguration_EndpointRefused(url, where()));
        }
    }

    void requireRegion(String region) {
        if (!regions.isEmpty() && !regions.contains(region)) {
            throw new IllegalArgumentException(
                    Messages.EcsCanaryConfiguration_RegionRefused(region, String.join(", ", regions), where()));
        }
    }

    void requireRole(String arn) {
        if (!allowsRole(arn)) {
            throw new IllegalArgumentException(Messages.EcsCanaryConfiguration_RoleRefused(arn, where()));
        }
    }

    private static boolean matches(String pattern, String arn) {
        StringBuilder regex = new StringBuilder();
        for (String part : pattern.split("\\*", -1)) {
            regex.append(regex.length() == 0 ? "" : ".*").append(Pattern.quote(part));
        }
        return arn.matches(regex.toString());
    }

    private synchronized void renamed(String oldFullName, String newFullName) {
        boolean any = false;
        for (FolderRules rules : folders) {
            any |= rules.renamed(oldFullName, newFullName);
        }
        if (any) {
            save();
        }
    }

    private synchronized void deleted(String fullName) {
        if (folders.removeIf(rules -> isOrIsIn(rules.getFolder(), fullName))) {
            save();
        }
    }

    private static boolean isOrIsIn(String folder, String fullName) {
        return folder.equals(fullName) || folder.startsWith(fullName + "/");
    }

    /** What a folder may do goes with it and ends with it: a new one of the same name begins with nothing. */
    @Extension
    public static final class Names extends ItemListener {
        @Override
        public void onLocationChanged(Item item, String oldFullName, String newFullName) {
            get().renamed(oldFullName, newFullName);
        }

        @Override
        public void onDeleted(Item item) {
            get().deleted(item.getFullName());
        }
    }
}
