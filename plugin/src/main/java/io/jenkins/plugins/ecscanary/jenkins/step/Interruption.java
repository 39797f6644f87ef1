package io.jenkins.plugins.ecscanary.jenkins.step;

import hudson.model.Result;
import java.util.stream.Stream;
import jenkins.model.CauseOfInterruption;
import org.jenkinsci.plugins.workflow.steps.FlowInterruptedException;

/**
 * Why the steps inside a deploying step ended before they were through. Pipeline stops the innermost step only: what is around
 * it learns of an abort, and of what is none, by the end of its body.
 */
final class Interruption {

    /** What the step {@code input} gives for a no. Known by its name: the plugin it is in need not be there. */
    private static final String REJECTION = "org.jenkinsci.plugins.workflow.support.steps.input.Rejection";

    private Interruption() {}

    /** Stops steps that have lost their deployment; {@link #byDeployment} knows it again. */
    static FlowInterruptedException lost(String why) {
        return new FlowInterruptedException(Result.FAILURE, true, new DeploymentFailed(why));
    }

    /** Whether the deployment itself stopped them. */
    static boolean byDeployment(Throwable problem) {
        return causes(problem).anyMatch(DeploymentFailed.class::isInstance);
    }

    /** Whether the build was aborted. Who answers a question with no has judged the release, and not the build. */
    static boolean byAbort(Throwable problem) {
        return problem instanceof FlowInterruptedException interrupted
                && interrupted.isActualInterruption()
                && !byDeployment(problem)
                && !byAnswer(problem);
    }

    private static boolean byAnswer(Throwable problem) {
        return causes(problem).anyMatch(cause -> cause.getClass().getName().equals(REJECTION));
    }

    private static Stream<CauseOfInterruption> causes(Throwable problem) {
        return problem instanceof FlowInterruptedException interrupted
                ? interrupted.getCauses().stream()
                : Stream.empty();
    }

    /** Why a deployment is rolled back whose steps inside failed, for the timeline. */
    static String failure(Throwable problem) {
        return (byAnswer(problem) ? "an input was answered with no: " : "the steps inside failed: ")
                + problem.getMessage();
    }
}
