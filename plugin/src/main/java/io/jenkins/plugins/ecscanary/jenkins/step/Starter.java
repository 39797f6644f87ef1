package io.jenkins.plugins.ecscanary.jenkins.step;

import hudson.model.Cause;
import hudson.model.Run;
import hudson.model.User;
import jenkins.model.CauseOfInterruption;
import org.jenkinsci.plugins.workflow.steps.FlowInterruptedException;

/** Who is behind something, for people. */
final class Starter {

    private Starter() {}

    /** The build, and the user who asked for it if there is one. */
    static String of(Run<?, ?> build) {
        Cause.UserIdCause cause = build.getCause(Cause.UserIdCause.class);
        String user = cause == null || cause.getUserId() == null ? "" : cause.getUserId() + " in ";
        return user + build.getParent().getFullName() + " #" + build.getNumber();
    }

    /** Who stopped a step. */
    static String of(Throwable cause) {
        if (cause instanceof FlowInterruptedException interrupted) {
            for (CauseOfInterruption one : interrupted.getCauses()) {
                if (one instanceof CauseOfInterruption.UserInterruption byUser) {
                    User user = byUser.getUserOrNull();
                    return user == null ? byUser.getUserId() : user.getId();
                }
            }
            return interrupted.getCauses().isEmpty()
                    ? "Jenkins"
                    : "Jenkins: " + interrupted.getCauses().get(0).getShortDescription();
        }
        return "Jenkins";
    }
}
