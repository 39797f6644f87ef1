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

/**
 * What a deploying step ends with, once its deployment and the steps inside have ended.
 *
 * @param problem what the step was stopped with or the steps inside failed with, or null
 * @param bodyFailed whether it is a failure of the steps inside
 */
record Conclusion(DeploymentView end, Throwable problem, boolean bodyFailed) {

    /** In one line. */
    static String summary(DeploymentView end) {
        String deployment = end.deploymentId() == null ? "" : " (" + end.deploymentId() + ")";
        return end.verdict().outcome() + deployment + ": "
                + PlainText.of(end.verdict().cause());
    }

    private boolean promoted() {
        return end.verdict().outcome() == Outcome.PROMOTED;
    }

    /**
     * Ends the step.
     *
     * @param unstableOnRollback whether a roll back makes the build unstable instead of failing it
     */
    void endStep(StepContext context, String id, boolean unstableOnRollback) {
        try {
            if (problem != null && (promoted() || !Interruption.byDeployment(problem))) {
                if (promoted() && bodyFailed) {
                    context.get(TaskListener.class).getLogger().println("ERROR: " + tooLate());
                }
                context.onFailure(problem);
            } else {
                endWithVerdict(context, id, unstableOnRollback);
            }
        } catch (IOException e) {
            context.onFailure(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            context.onFailure(e);
        }
    }

    private String tooLate() {
        return (Interruption.byDeployment(problem)
                        ? "the steps inside were stopped for a roll back that came too late: the deployment has been promoted, and"
                                + " what it shipped is live."
                        : "the steps inside failed when the deployment had been promoted already: what it shipped is live.")
                + " An earlier deployment can be shipped again from its page.";
    }

    private void endWithVerdict(StepContext context, String id, boolean unstableOnRollback)
            throws IOException, InterruptedException {
        Run<?, ?> build = context.get(Run.class);
        CanaryResult result = CanaryResult.of(end, CanaryRunAction.url(build, id));
        if (promoted()) {
            context.onSuccess(result);
        } else if (unstableOnRollback && end.verdict().outcome() == Outcome.ROLLED_BACK) {
            context.get(FlowNode.class)
                    .addOrReplaceAction(new WarningAction(Result.UNSTABLE).withMessage(summary(end)));
            build.setResult(Result.UNSTABLE);
            context.onSuccess(result);
        } else {
            context.onFailure(new AbortException(summary(end)));
        }
    }
}
