package io.jenkins.plugins.ecscanary.jenkins.step;

import hudson.Extension;
import hudson.Util;
import hudson.model.Describable;
import hudson.model.Descriptor;
import java.io.Serializable;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.DataBoundSetter;

/** Where CodeDeploy finds the service; what is left out has the name that the AWS CLI gives it. */
public final class CodeDeploySettings implements Describable<CodeDeploySettings>, Serializable {
    private static final long serialVersionUID = 1L;

    private String application;
    private String group;
    private String config;

    @DataBoundConstructor
    public CodeDeploySettings() {}

    public String getApplication() {
        return application;
    }

    @DataBoundSetter
    public void setApplication(String application) {
        this.application = Util.fixEmptyAndTrim(application);
    }

    public String getGroup() {
        return group;
    }

    @DataBoundSetter
    public void setGroup(String group) {
        this.group = Util.fixEmptyAndTrim(group);
    }

    public String getConfig() {
        return config;
    }

    @DataBoundSetter
    public void setConfig(String config) {
        this.config = Util.fixEmptyAndTrim(config);
    }

    /** {@code codeDeploy: [application: …, group: …, config: …]}. */
    @Extension
    public static final class DescriptorImpl extends Descriptor<CodeDeploySettings> {
        @Override
        public String getDisplayName() {
            return Messages.CodeDeploySettings_DisplayName();
        }
    }
}
