package io.jenkins.plugins.ecscanary.jenkins.step;

import hudson.AbortException;
import hudson.Extension;
import hudson.model.Run;
import hudson.model.TaskListener;
import io.jenkins.plugins.ecscanary.jenkins.redeploy.RedeployAction;
import java.io.IOException;
import java.util.Set;
import org.jenkinsci.plugins.workflow.graph.FlowNode;
import org.jenkinsci.plugins.workflow.steps.Step;
import org.jenkinsci.plugins.workflow.steps.StepContext;
import org.jenkinsci.plugins.workflow.steps.StepDescriptor;
import org.jenkinsci.plugins.workflow.steps.StepExecution;
import org.kohsuke.stapler.DataBoundConstructor;

/** {@code ecsCanaryRedeploy()}: the whole Pipeline of a build that ships a recorded revision again. What it ships the build says. */
public final class EcsCanaryRedeployStep extends Step {

    @DataBoundConstructor
    public EcsCanaryRedeployStep() {}

    @Override
    public StepExecution start(StepContext context) throws IOException, InterruptedException {
        RedeployAction redeploy = context.get(Run.class).getAction(RedeployAction.class);
        if (redeploy == null) {
            throw new AbortException(Messages.EcsCanaryRedeployStep_NotAsked());
        }
        return new EcsCanaryDeployExecution(context, EcsCanaryDeployStep.again(redeploy));
    }

    /** Not offered in the Snippet Generator. */
    @Extension
    public static final class DescriptorImpl extends StepDescriptor {
        @Override
        public String getFunctionName() {
            return "ecsCanaryRedeploy";
        }

        @Override
        public String getDisplayName() {
            return Messages.EcsCanaryRedeployStep_DisplayName();
        }

        @Override
        public boolean isAdvanced() {
            return true;
        }

        @Override
        public Set<? extends Class<?>> getRequiredContext() {
            return Set.of(Run.class, TaskListener.class, FlowNode.class);
        }
    }
}
