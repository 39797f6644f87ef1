package io.jenkins.plugins.ecscanary.jenkins.step;

import hudson.Extension;
import hudson.model.Descriptor;
import hudson.util.FormValidation;
import io.jenkins.plugins.ecscanary.engine.model.TrafficPlan;
import io.jenkins.plugins.ecscanary.engine.text.TimeSpan;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import net.sf.json.JSONObject;
import org.jenkinsci.Symbol;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.QueryParameter;
import org.kohsuke.stapler.StaplerRequest2;

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

        /** The form has its weights as text. */
        @Override
        public TrafficShift newInstance(StaplerRequest2 request, JSONObject form) throws FormException {
            try {
                return new WeightsTraffic(FormText.numbers(form.optString("weights")), form.optString("every"));
            } catch (IllegalArgumentException e) {
                throw new FormException(e.getMessage(), e, "weights");
            }
        }

        /** For the form. */
        public String numbersText(List<Integer> numbers) {
            return FormText.ofNumbers(numbers);
        }

        public FormValidation doCheckWeights(@QueryParameter String value) {
            return FormText.check(() -> new TrafficPlan.Weights(FormText.numbers(value), Duration.ofMinutes(1)));
        }

        public FormValidation doCheckEvery(@QueryParameter String value) {
            return Checks.timeSpan(value);
        }
    }
}
