package io.jenkins.plugins.ecscanary.jenkins.step;

import hudson.Extension;
import hudson.model.Descriptor;
import hudson.util.FormValidation;
import io.jenkins.plugins.ecscanary.engine.model.TrafficPlan;
import io.jenkins.plugins.ecscanary.engine.text.TimeSpan;
import org.jenkinsci.Symbol;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.QueryParameter;

/** One increment, a bake, then the rest. */
public final class CanaryTraffic extends TrafficShift {
    private static final long serialVersionUID = 1L;

    private final int percent;
    private final String bake;

    /** @param bake such as {@code 5m} */
    @DataBoundConstructor
    public CanaryTraffic(int percent, String bake) {
        this.percent = percent;
        this.bake = bake;
    }

    public int getPercent() {
        return percent;
    }

    public String getBake() {
        return bake;
    }

    @Override
    TrafficPlan plan() {
        return new TrafficPlan.Canary(percent, TimeSpan.parse(String.valueOf(bake)));
    }

    /** {@code canary(percent: 10, bake: '5m')}. */
    @Extension
    @Symbol("canary")
    public static final class DescriptorImpl extends Descriptor<TrafficShift> {
        @Override
        public String getDisplayName() {
            return Messages.CanaryTraffic_DisplayName();
        }

        public FormValidation doCheckPercent(@QueryParameter String value) {
            return FormValidation.validateIntegerInRange(value, 1, 99);
        }

        public FormValidation doCheckBake(@QueryParameter String value) {
            return Checks.timeSpan(value);
        }
    }
}
