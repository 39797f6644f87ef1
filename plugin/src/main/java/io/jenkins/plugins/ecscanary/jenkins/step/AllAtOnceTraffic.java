package io.jenkins.plugins.ecscanary.jenkins.step;

import hudson.Extension;
import hudson.model.Descriptor;
import io.jenkins.plugins.ecscanary.engine.model.TrafficPlan;
import org.jenkinsci.Symbol;
import org.kohsuke.stapler.DataBoundConstructor;

/** Everything in one shift. */
public final class AllAtOnceTraffic extends TrafficShift {
    private static final long serialVersionUID = 1L;

    @DataBoundConstructor
    public AllAtOnceTraffic() {}

    @Override
    TrafficPlan plan() {
        return new TrafficPlan.AllAtOnce();
    }

    /** {@code allAtOnce()}. */
    @Extension
    @Symbol("allAtOnce")
    public static final class DescriptorImpl extends Descriptor<TrafficShift> {
        @Override
        public String getDisplayName() {
            return Messages.AllAtOnceTraffic_DisplayName();
        }
    }
}
