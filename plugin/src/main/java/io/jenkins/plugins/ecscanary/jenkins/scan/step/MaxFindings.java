package io.jenkins.plugins.ecscanary.jenkins.scan.step;

import hudson.Extension;
import hudson.Util;
import hudson.model.AbstractDescribableImpl;
import hudson.model.Descriptor;
import hudson.util.FormValidation;
import hudson.util.ListBoxModel;
import io.jenkins.plugins.ecscanary.engine.scan.Consequence;
import io.jenkins.plugins.ecscanary.engine.scan.Severity;
import io.jenkins.plugins.ecscanary.jenkins.step.Choice;
import java.io.Serializable;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.DataBoundSetter;
import org.kohsuke.stapler.QueryParameter;

/** How many findings of one severity are one too many, and what comes of them. */
public final class MaxFindings extends AbstractDescribableImpl<MaxFindings> implements Serializable {
    private static final long serialVersionUID = 1L;

    private final String severity;
    private final int atMost;
    private String consequence = Choice.text(Consequence.FAIL);

    /**
     * @param severity such as {@code HIGH}
     * @param atMost so many are let through
     */
    @DataBoundConstructor
    public MaxFindings(String severity, int atMost) {
        this.severity = Util.fixEmptyAndTrim(severity);
        this.atMost = atMost;
    }

    public String getSeverity() {
        return severity;
    }

    public int getAtMost() {
        return atMost;
    }

    /** {@code fail} or {@code unstable}. */
    public String getConsequence() {
        return consequence;
    }

    @DataBoundSetter
    public void setConsequence(String consequence) {
        this.consequence = consequence;
    }

    /** {@code [severity: 'HIGH', atMost: 5, consequence: 'unstable']}. */
    @Extension
    public static final class DescriptorImpl extends Descriptor<MaxFindings> {
        @Override
        public String getDisplayName() {
            return Messages.MaxFindings_DisplayName();
        }

        public ListBoxModel doFillSeverityItems() {
            ListBoxModel model = new ListBoxModel();
            for (int i = Severity.values().length - 1; i >= 0; i--) {
                model.add(Severity.values()[i].name());
            }
            return model;
        }

        public ListBoxModel doFillConsequenceItems() {
            ListBoxModel model = new ListBoxModel();
            for (Consequence word : Consequence.values()) {
                model.add(Choice.text(word));
            }
            return model;
        }

        public FormValidation doCheckAtMost(@QueryParameter String value) {
            return FormValidation.validateNonNegativeInteger(value);
        }
    }
}
