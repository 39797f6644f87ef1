package io.jenkins.plugins.ecscanary.jenkins.step;

import hudson.AbortException;
import hudson.model.Result;
import hudson.model.Run;
import hudson.model.TaskListener;
import io.jenkins.plugins.ecscanary.engine.model.Outcome;
import io.jenkins.plugins.ecscanary.engine.view.DeploymentView;
import io.jenkins.plugins.ecscanary.jenkins.run.CanaryRunAction;
import java.io.IOException;
import org.jenkinsci.plugins.workflow.actions.WarningAction;
import org.jenkinsci.plugins.workflow.graph.FlowNode;
import org.jenkinsci.plugins.workflow.steps.StepContext;

/** What a deploying step comes to: its deployment is over, and so are the steps inside. */
record Conclusion(StepContext context, EcsCanaryDeployStep step, String id) {

    /**
     * Ends the step.
     *
     * @param problem why the step was stopped or the steps inside were; null if nothing was
     * @param inside whether that is a failure of the steps inside
     */
    void of(DeploymentView end, Throwable problem, boolean inside) {
        boolean promoted = end.verdict().outcome() == Outcome.PROMOTED;
        try {
            if (problem != null && (promoted || !DeploymentFailed.isCauseOf(problem, id))) {
                if (promoted && inside) {
                    sayThatItIsLive();
                }
                context.onFailure(problem);
            } else if (promoted) {
                context.onSuccess(result(end));
            } else if (step.isUnstableOnRollback() && end.verdict().outcome() == Outcome.ROLLED_BACK) {
                context.get(FlowNode.class)
                        .addOrReplaceAction(new WarningAction(Result.UNSTABLE).withMessage(summary(end)));
                context.get(Run.class).setResult(Result.UNSTABLE);
                context.onSuccess(result(end));
            } else {
                context.onFailure(new AbortException(summary(end)));
            }
        } catch (IOException e) {
            context.onFailure(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            context.onFailure(e);
        }
    }

    private void sayThatItIsLive() throws IOException, InterruptedException {
        context.get(TaskListener.class).getLogger().println(Messages.Conclusion_FailedAfterPromotion());
    }

    private CanaryResult result(DeploymentView end) throws IOException, InterruptedException {
        return CanaryResult.of(end, CanaryRunAction.url(context.get(Run.class), id));
    }

    /** One line: the verdict, CodeDeploy's id where there is one, and the cause. */
    static String summary(DeploymentView end) {
        String deployment = end.deploymentId() == null ? "" : " (" + end.deploymentId() + ")";
        return end.verdict().outcome() + deployment + ": "
                + PlainText.of(end.verdict().cause());
    }
}
