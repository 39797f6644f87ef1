package io.jenkins.plugins.ecscanary.jenkins.step;

import hudson.Extension;
import hudson.model.Descriptor;
import hudson.util.FormValidation;
import io.jenkins.plugins.ecscanary.engine.model.TrafficPlan;
import io.jenkins.plugins.ecscanary.engine.text.TimeSpan;
import java.util.ArrayList;
import java.util.List;
import org.jenkinsci.Symbol;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.QueryParameter;

/** Given weights, each held as long; what CodeDeploy cannot do is refused before anything is created. */
public final class WeightsTraffic extends TrafficShift {
    private static final long serialVersionUID = 1L;

    private final ArrayList<Integer> weights;
    private final String every;

    /**
     * @param weights percent, rising, the last 100
     * @param every such as {@code 1m}
     */
    @DataBoundConstructor
    public WeightsTraffic(List<Integer> weights, String every) {
        this.weights = weights == null ? new ArrayList<>() : new ArrayList<>(weights);
        this.every = every;
    }

    public List<Integer> getWeights() {
        return List.copyOf(weights);
    }

    public String getEvery() {
        return every;
    }

    @Override
    TrafficPlan plan() {
        return new TrafficPlan.Weights(weights, TimeSpan.parse(String.valueOf(every)));
    }

    /** {@code weights(weights: [10, 20, 50, 70, 100], every: '1m')}. */
    @Extension
    @Symbol("weights")
    public static final class DescriptorImpl extends Descriptor<TrafficShift> {
        @Override
        public String getDisplayName() {
            return Messages.WeightsTraffic_DisplayName();
        }

        public FormValidation doCheckEvery(@QueryParameter String value) {
            return Checks.timeSpan(value);
        }
    }
}
