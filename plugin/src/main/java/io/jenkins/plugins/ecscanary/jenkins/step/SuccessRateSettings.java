package io.jenkins.plugins.ecscanary.jenkins.step;

import hudson.Extension;
import hudson.model.Describable;
import hudson.model.Descriptor;
import hudson.util.FormValidation;
import io.jenkins.plugins.ecscanary.engine.model.Criterion;
import java.io.Serializable;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.DataBoundSetter;
import org.kohsuke.stapler.QueryParameter;

/** What healthy means. AWS's alarm stops a deployment; this is what the view compares with and what is too little to judge by. */
public final class SuccessRateSettings implements Describable<SuccessRateSettings>, Serializable {
    private static final long serialVersionUID = 1L;

    private double threshold = Criterion.REFERENCE.threshold();
    private int datapoints = Criterion.REFERENCE.datapoints();
    private int minRequests = Criterion.REFERENCE.minRequests();

    @DataBoundConstructor
    public SuccessRateSettings() {}

    /** Percent of requests. */
    public double getThreshold() {
        return threshold;
    }

    @DataBoundSetter
    public void setThreshold(double threshold) {
        this.threshold = threshold;
    }

    /** How many periods below the threshold are one too many. */
    public int getDatapoints() {
        return datapoints;
    }

    @DataBoundSetter
    public void setDatapoints(int datapoints) {
        this.datapoints = datapoints;
    }

    /** Periods with fewer say nothing; 0 accepts silence. */
    public int getMinRequests() {
        return minRequests;
    }

    @DataBoundSetter
    public void setMinRequests(int minRequests) {
        this.minRequests = minRequests;
    }

    /** @throws IllegalArgumentException saying what is wrong with it */
    Criterion criterion() {
        return new Criterion(threshold, datapoints, minRequests, Criterion.REFERENCE.period());
    }

    /** {@code successRate: [threshold: 99.5, datapoints: 2, minRequests: 50]}. */
    @Extension
    public static final class DescriptorImpl extends Descriptor<SuccessRateSettings> {
        @Override
        public String getDisplayName() {
            return Messages.SuccessRateSettings_DisplayName();
        }

        public FormValidation doCheckThreshold(@QueryParameter String value) {
            try {
                double percent = Double.parseDouble(value);
                return percent > 0 && percent <= 100
                        ? FormValidation.ok()
                        : FormValidation.error(Messages.SuccessRateSettings_BadThreshold());
            } catch (NumberFormatException e) {
                return FormValidation.error(Messages.SuccessRateSettings_BadThreshold());
            }
        }

        public FormValidation doCheckDatapoints(@QueryParameter String value) {
            return FormValidation.validatePositiveInteger(value);
        }

        public FormValidation doCheckMinRequests(@QueryParameter String value) {
            return FormValidation.validateNonNegativeInteger(value);
        }
    }
}
