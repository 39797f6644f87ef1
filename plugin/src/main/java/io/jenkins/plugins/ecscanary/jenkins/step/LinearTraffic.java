package io.jenkins.plugins.ecscanary.jenkins.step;

import hudson.Extension;
import hudson.model.Descriptor;
import hudson.util.FormValidation;
import io.jenkins.plugins.ecscanary.engine.model.TrafficPlan;
import io.jenkins.plugins.ecscanary.engine.text.TimeSpan;
import org.jenkinsci.Symbol;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.QueryParameter;

/** Equal increments at equal intervals. */
public final class LinearTraffic extends TrafficShift {
    private static final long serialVersionUID = 1L;

    private final int percent;
    private final String every;

    /** @param every such as {@code 1m} */
    @DataBoundConstructor
    public LinearTraffic(int percent, String every) {
        this.percent = percent;
        this.every = every;
    }

    public int getPercent() {
        return percent;
    }

    public String getEvery() {
        return every;
    }

    @Override
    TrafficPlan plan() {
        return new TrafficPlan.Linear(percent, TimeSpan.parse(String.valueOf(every)));
    }

    /** {@code linear(percent: 10, every: '1m')}. */
    @Extension
    @Symbol("linear")
    public static final class DescriptorImpl extends Descriptor<TrafficShift> {
        @Override
        public String getDisplayName() {
            return Messages.LinearTraffic_DisplayName();
        }

        public FormValidation doCheckPercent(@QueryParameter String value) {
            return FormValidation.validateIntegerInRange(value, 1, 99);
        }

        public FormValidation doCheckEvery(@QueryParameter String value) {
            return Checks.timeSpan(value);
        }
    }
}
