package io.jenkins.plugins.ecscanary.jenkins.step;

import hudson.Extension;
import hudson.model.TaskListener;
import hudson.util.FormValidation;
import java.util.Map;
import java.util.Set;
import org.jenkinsci.plugins.workflow.steps.Step;
import org.jenkinsci.plugins.workflow.steps.StepContext;
import org.jenkinsci.plugins.workflow.steps.StepDescriptor;
import org.jenkinsci.plugins.workflow.steps.StepExecution;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.QueryParameter;

/** {@code ecsCanaryAwait}: inside {@code withEcsCanaryDeploy}, waits until so much traffic is on the new revision. */
public final class EcsCanaryAwaitStep extends Step {

    private final int weight;

    /** @param weight percent, 1 to 100 */
    @DataBoundConstructor
    public EcsCanaryAwaitStep(int weight) {
        this.weight = weight;
    }

    public int getWeight() {
        return weight;
    }

    @Override
    public StepExecution start(StepContext context) {
        return new EcsCanaryAwaitExecution(context, weight);
    }

    /** {@code ecsCanaryAwait(weight: 10)}. */
    @Extension
    public static final class DescriptorImpl extends StepDescriptor {
        @Override
        public String getFunctionName() {
            return "ecsCanaryAwait";
        }

        @Override
        public String getDisplayName() {
            return Messages.EcsCanaryAwaitStep_DisplayName();
        }

        @Override
        public Set<? extends Class<?>> getRequiredContext() {
            return Set.of(DeploymentHandle.class, TaskListener.class);
        }

        @Override
        public String argumentsToString(Map<String, Object> arguments) {
            return arguments.get("weight") + " %";
        }

        public FormValidation doCheckWeight(@QueryParameter String value) {
            return FormValidation.validateIntegerInRange(value, 1, 100);
        }
    }
}
