package io.jenkins.plugins.ecscanary.jenkins.step;

import hudson.model.Result;
import org.jenkinsci.plugins.workflow.steps.FlowInterruptedException;

/**
 * Why the steps inside a deploying step ended before they were through. Pipeline stops the innermost step only: what is around
 * it learns of an abort, and of what is none, by the end of its body. What a deployment does to them is {@link DeploymentFailed}.
 */
final class Interruption {

    /** What the step {@code input} gives for a no. Known by its name: the plugin it is in need not be there. */
    private static final String REJECTION = "org.jenkinsci.plugins.workflow.support.steps.input.Rejection";

    private Interruption() {}

    /**
     * Stops steps that have lost their deployment.
     *
     * @param id of its record
     */
    static FlowInterruptedException lost(String id, String why) {
        return new FlowInterruptedException(Result.FAILURE, true, new DeploymentFailed(id, why));
    }

    /**
     * Whether the build was aborted. Who answers a question with no has judged the release, and not the build.
     *
     * @param id of the record of the deployment around
     */
    static boolean byAbort(Throwable problem, String id) {
        return problem instanceof FlowInterruptedException interrupted
                && interrupted.isActualInterruption()
                && !DeploymentFailed.isCauseOf(problem, id)
                && !byAnswer(problem);
    }

    private static boolean byAnswer(Throwable problem) {
        return problem instanceof FlowInterruptedException interrupted
                && interrupted.getCauses().stream()
                        .anyMatch(cause -> cause.getClass().getName().equals(REJECTION));
    }

    /** Why a deployment is rolled back whose steps inside failed, for the timeline. */
    static String failure(Throwable problem) {
        return byAnswer(problem)
                ? Messages.EcsCanaryDeployExecution_AnsweredNo(problem.getMessage())
                : Messages.EcsCanaryDeployExecution_StepsFailed(problem.getMessage());
    }
}
