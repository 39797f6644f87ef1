package io.jenkins.plugins.ecscanary.jenkins.access;

import hudson.Extension;
import hudson.ExtensionList;
import hudson.Util;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import jenkins.model.GlobalConfiguration;
import net.sf.json.JSONObject;
import org.jenkinsci.Symbol;
import org.kohsuke.stapler.DataBoundSetter;
import org.kohsuke.stapler.StaplerRequest2;

/** What an administrator allows deployments to do. By default: no identity of the controller's, no endpoint but AWS's own. */
@Extension
@Symbol("ecsCanary")
public final class EcsCanaryConfiguration extends GlobalConfiguration {

    private boolean controllerIdentityAllowed;
    private ArrayList<String> endpointUrls = new ArrayList<>();
    private ArrayList<String> regions = new ArrayList<>();
    private ArrayList<String> roleArns = new ArrayList<>();

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

    @DataBoundSetter
    public void setEndpointUrls(List<String> endpointUrls) {
        this.endpointUrls = cleaned(endpointUrls);
        save();
    }

    /** Regions that jobs may deploy to; empty for all. */
    public List<String> getRegions() {
        return List.copyOf(regions);
    }

    @DataBoundSetter
    public void setRegions(List<String> regions) {
        this.regions = cleaned(regions);
        save();
    }

    /** Roles that jobs may assume, with {@code *} for anything; empty for all. */
    public List<String> getRoleArns() {
        return List.copyOf(roleArns);
    }

    @DataBoundSetter
    public void setRoleArns(List<String> roleArns) {
        this.roleArns = cleaned(roleArns);
        save();
    }

    /** The form has its lists as text, one on each line; code has the lists themselves. */
    @Override
    public boolean configure(StaplerRequest2 request, JSONObject form) {
        setControllerIdentityAllowed(form.optBoolean("controllerIdentityAllowed"));
        setEndpointUrls(form.optString("endpointUrlsText").lines().toList());
        setRegions(form.optString("regionsText").lines().toList());
        setRoleArns(form.optString("roleArnsText").lines().toList());
        return true;
    }

    /** For the form: one on each line. */
    public String getEndpointUrlsText() {
        return String.join("\n", endpointUrls);
    }

    /** For the form: one on each line. */
    public String getRegionsText() {
        return String.join("\n", regions);
    }

    /** For the form: one on each line. */
    public String getRoleArnsText() {
        return String.join("\n", roleArns);
    }

    private static ArrayList<String> cleaned(List<String> given) {
        ArrayList<String> cleaned = new ArrayList<>();
        if (given != null) {
            for (String value : given) {
                String text = Util.fixEmptyAndTrim(value);
                if (text != null) {
                    cleaned.add(text);
                }
            }
        }
        return cleaned;
    }

    void requireControllerIdentity(String why) {
        if (!controllerIdentityAllowed) {
            throw new IllegalArgumentException(why
                    + ", so AWS would be asked as whoever the controller is, which is not allowed here; give credentialsId,"
                    + " or have an administrator allow it in Manage Jenkins » System » ECS canary deployments");
        }
    }

    void requireEndpoint(String url) {
        if (!endpointUrls.contains(url)) {
            throw new IllegalArgumentException("endpointUrl " + url
                    + " is not allowed here; have an administrator allow it in Manage Jenkins » System » ECS canary"
                    + " deployments");
        }
    }

    void requireRegion(String region) {
        if (!regions.isEmpty() && !regions.contains(region)) {
            throw new IllegalArgumentException("region " + region + " is not allowed here; allowed are "
                    + String.join(", ", regions) + " (Manage Jenkins » System » ECS canary deployments)");
        }
    }

    void requireRole(String arn) {
        if (!roleArns.isEmpty() && roleArns.stream().noneMatch(pattern -> matches(pattern, arn))) {
            throw new IllegalArgumentException("roleArn " + arn
                    + " is not allowed here; have an administrator allow it in Manage Jenkins » System » ECS canary"
                    + " deployments");
        }
    }

    private static boolean matches(String pattern, String arn) {
        StringBuilder regex = new StringBuilder();
        for (String part : pattern.split("\\*", -1)) {
            regex.append(regex.length() == 0 ? "" : ".*").append(Pattern.quote(part));
        }
        return arn.matches(regex.toString());
    }
}
