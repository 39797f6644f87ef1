package io.jenkins.plugins.ecscanary.jenkins.step;

import hudson.AbortException;
import hudson.model.Result;
import hudson.model.Run;
import hudson.model.TaskListener;
import io.jenkins.plugins.ecscanary.engine.model.DeploymentRequest;
import io.jenkins.plugins.ecscanary.engine.model.Outcome;
import io.jenkins.plugins.ecscanary.engine.record.RecordId;
import io.jenkins.plugins.ecscanary.engine.record.Redeploy;
import io.jenkins.plugins.ecscanary.engine.view.DeploymentView;
import io.jenkins.plugins.ecscanary.jenkins.deployments.Deployments;
import io.jenkins.plugins.ecscanary.jenkins.deployments.Followed;
import io.jenkins.plugins.ecscanary.jenkins.deployments.OnAbort;
import io.jenkins.plugins.ecscanary.jenkins.deployments.Owner;
import io.jenkins.plugins.ecscanary.jenkins.deployments.RedeployMode;
import io.jenkins.plugins.ecscanary.jenkins.run.CanaryRunAction;
import io.jenkins.plugins.ecscanary.jenkins.scan.RequiredScan;
import java.io.IOException;
import java.time.Instant;
import java.util.function.Supplier;
import org.jenkinsci.plugins.workflow.flow.FlowExecution;
import org.jenkinsci.plugins.workflow.steps.BodyExecution;
import org.jenkinsci.plugins.workflow.steps.BodyExecutionCallback;
import org.jenkinsci.plugins.workflow.steps.FlowInterruptedException;
import org.jenkinsci.plugins.workflow.steps.StepContext;
import org.jenkinsci.plugins.workflow.steps.StepExecution;

/**
 * A deploying step on its way. It holds the id of its deployment and nothing that {@link Deployments} knows better: after a
 * restart it asks for the deployment with that id and listens on. It has no thread, and neither {@link #start} nor
 * {@link #onResume} reads or asks anything.
 *
 * <ul>
 *   <li>Aborted: AWS is asked to roll back, and the step ends when that is seen, with the cause of the abort.
 *   <li>Its body fails: the same, with the body's failure.
 *   <li>The deployment fails while the body runs: the body is stopped.
 *   <li>The controller is gone before the deployment is over: {@link #onResume} where the build can go on; else
 *       {@link io.jenkins.plugins.ecscanary.jenkins.deployments.Supervisor}.
 * </ul>
 */
final class EcsCanaryDeployExecution extends StepExecution {
    private static final long serialVersionUID = 1L;

    private final EcsCanaryDeployStep step;

    /** Made before anything else, so that whatever happens the deployment is found again by it. */
    private final String id;

    private BodyExecution body;
    private boolean hasBody;
    private boolean bodyOver;
    private boolean bodyFailed;
    private Throwable failure;

    /** There is no deployment, or it can't be reached any more: only the body's end is waited for. */
    private boolean refused;

    /** Stopped, with the deployment left to go on. */
    private volatile boolean left;

    private transient volatile Followed followed;
    private transient volatile Run<?, ?> build;
    private transient boolean completed;

    EcsCanaryDeployExecution(StepContext context, EcsCanaryDeployStep step) {
        super(context);
        this.step = step;
        this.id = RecordId.fresh(Instant.now());
    }

    @Override
    public boolean start() throws Exception {
        Run<?, ?> build = getContext().get(Run.class);
        if (step.recordId() == null) {
            Wanted.request(step, Starter.of(build)); // complains before anything is noted
        }
        hasBody = getContext().hasBody();
        if (hasBody) { // before anything can end it
            BodyExecution started = getContext()
                    .newBodyInvoker()
                    .withContext(new DeploymentHandle(id))
                    .withCallback(new BodyEnd(this))
                    .start();
            synchronized (this) {
                body = started;
            }
        }
        follow(build);
        return false;
    }

    /**
     * Whether the Pipeline goes on as soon as AWS has the deployment: from then on it is not lost without its step. Before that
     * only the step can create it, and only the step can tell why it may not be.
     */
    private boolean onlyBegins() {
        return !step.isWait() && !hasBody;
    }

    @Override
    public void onResume() {
        Throwable refusal = refusal();
        if (refusal != null) { // not begun after all: the steps inside may still be on their way out
            if (!bodyRuns()) {
                complete(() -> getContext().onFailure(refusal));
            }
            return;
        }
        try {
            follow(getContext().get(Run.class));
        } catch (IOException | RuntimeException e) {
            complete(() -> getContext().onFailure(e));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            complete(() -> getContext().onFailure(e));
        }
    }

    private void follow(Run<?, ?> ofStep) throws IOException, InterruptedException {
        build = ofStep;
        String starter = Starter.of(build);
        Supplier<DeploymentRequest> request = step.recordId() == null
                ? () -> Wanted.request(step, starter)
                : () -> RequiredScan.of(
                        Redeploy.of(Deployments.get().records(), step.recordId(), starter), step.requiredScan());
        Owner owner = new Owner(
                        id,
                        build,
                        step.access(),
                        Choice.of(OnAbort.class, "onAbort", step.getOnAbort()),
                        step.getApprovers(),
                        starter,
                        Choice.of(RedeployMode.class, "redeploy", step.getRedeploy()))
                .withRequireScan(step.requiredScan());
        if (onlyBegins()) {
            owner.detach();
        }
        boolean waitForOthers = Choice.of(OnConflict.class, "onConflict", step.getOnConflict()) == OnConflict.WAIT;
        boolean again = step.recordId() != null || step.recorded() != null;
        followed = Deployments.get()
                .begin(owner, request, waitForOthers, RequiredScan.scans(step.requiredScan(), build, again));
        followed.listen(new Telling(new DeploymentLog(build, log(), id)));
        Throwable stopped;
        synchronized (this) {
            stopped = failure;
        }
        if (stopped != null && !left && !DeploymentFailed.isCauseOf(stopped, id)) {
            askToRollBack(stopped);
        }
    }

    /** The log of a step is closed when the step is over; what is not waited for is told in the build's. */
    private TaskListener log() throws IOException, InterruptedException {
        return onlyBegins()
                ? getContext().get(FlowExecution.class).getOwner().getListener()
                : getContext().get(TaskListener.class);
    }

    @Override
    public void stop(Throwable cause) {
        BodyExecution running;
        synchronized (this) {
            if (failure == null) {
                failure = cause;
                left = toBeLeft();
            }
            running = bodyOver ? null : body;
        }
        if (running != null) {
            running.cancel(cause); // its end ends this where the deployment is left
        } else if (left) {
            complete(() -> getContext().onFailure(cause));
        }
        if (!left) {
            askToRollBack(cause);
        }
        getContext().saveState();
    }

    private boolean toBeLeft() {
        return Choice.of(OnAbort.class, "onAbort", step.getOnAbort()) == OnAbort.LEAVE;
    }

    /** Pipeline stops the innermost step only: what is around it learns of an abort by the end of its body. */
    private boolean aborted(Throwable problem) {
        return problem instanceof FlowInterruptedException interrupted
                && interrupted.isActualInterruption()
                && !DeploymentFailed.isCauseOf(problem, id);
    }

    private synchronized boolean bodyFailed() {
        return bodyFailed;
    }

    /** Stopped before {@link #onResume}, it asks then. */
    private void askToRollBack(Throwable cause) {
        Followed now = followed;
        if (now != null && bodyFailed()) {
            now.rollBack("Jenkins", Messages.EcsCanaryDeployExecution_StepsFailed(cause.getMessage()));
        } else if (now != null) {
            now.rollBack(
                    Starter.of(cause),
                    DeploymentFailed.isCauseOf(cause)
                            ? Messages.EcsCanaryDeployExecution_OuterFailed()
                            : Messages.EcsCanaryDeployExecution_Aborted());
        }
    }

    @Override
    public String getStatus() {
        Followed now = followed;
        return now == null ? Messages.EcsCanaryDeployExecution_NotBegun() : now.status();
    }

    private void bodyEnded(Throwable problem) {
        synchronized (this) {
            bodyOver = true;
            if (problem != null && failure == null) {
                failure = problem;
                bodyFailed = !aborted(problem);
                left = !bodyFailed && toBeLeft();
                if (!left && !DeploymentFailed.isCauseOf(problem, id)) {
                    askToRollBack(problem);
                }
            }
        }
        Throwable refusal = refusal();
        if (left || refusal != null) {
            complete(() -> getContext().onFailure(refusal != null ? refusal : failure));
            return;
        }
        Followed now = followed;
        if (now != null) { // else it listens as soon as it goes on
            now.listen(new EndOnly());
        }
    }

    /** Ends a step that does not wait for more than AWS to have its deployment; not one that was stopped before. */
    private boolean begun(DeploymentView now) {
        synchronized (this) {
            if (!onlyBegins() || now.deploymentId() == null || failure != null) {
                return false;
            }
        }
        complete(() -> getContext().onSuccess(CanaryResult.begun(now, CanaryRunAction.url(build, id))));
        return true;
    }

    /** Once the verdict and the body's end are there. */
    private void over(DeploymentView end) {
        if (begun(end)) {
            return;
        }
        BodyExecution running;
        Throwable problem;
        synchronized (this) {
            running = hasBody && !bodyOver ? body : null;
            problem = failure;
        }
        boolean promoted = end.verdict().outcome() == Outcome.PROMOTED;
        if (running != null) {
            if (!promoted) {
                running.cancel(new FlowInterruptedException(
                        Result.FAILURE,
                        true,
                        new DeploymentFailed(id, Messages.EcsCanaryDeployExecution_Ended(Conclusion.summary(end)))));
            }
            return; // the end of the body asks again
        }
        boolean inside = bodyFailed();
        complete(() -> new Conclusion(getContext(), step, id).of(end, problem, inside));
    }

    private void complete(Runnable ending) {
        synchronized (this) {
            if (completed) {
                return;
            }
            completed = true;
        }
        if (build == null || build.isBuilding()) { // else it was killed, and there is nothing left to go on
            ending.run();
        }
    }

    /** Prints what happens, and ends the step. */
    private final class Telling implements Followed.Listener {
        private final DeploymentLog log;

        Telling(DeploymentLog log) {
            this.log = log;
        }

        @Override
        public void line(DeploymentView.LogLine line, DeploymentView now) {
            log.line(line);
            begun(now);
        }

        @Override
        public void notice(String text) {
            log.notice(text);
        }

        @Override
        public void outOfReach(String why) {
            log.introduce();
            refused(new IllegalStateException(Messages.EcsCanaryDeployExecution_OutOfReach(why)));
        }

        @Override
        public void over(DeploymentView end) {
            log.introduce();
            EcsCanaryDeployExecution.this.over(end);
        }

        @Override
        public void refused(RuntimeException why) {
            EcsCanaryDeployExecution.this.refused(why);
        }
    }

    private void refused(RuntimeException why) {
        BodyExecution running;
        Throwable problem;
        synchronized (this) {
            running = hasBody && !bodyOver ? body : null;
            if (failure == null) {
                failure = new AbortException(PlainText.of(why.getMessage()));
            }
            problem = failure;
            refused = true;
        }
        getContext().saveState();
        if (running != null) {
            running.cancel(problem); // its end ends this
        } else {
            complete(() -> getContext().onFailure(problem));
        }
    }

    /** Why there is nothing to be waited for, or null. */
    private synchronized Throwable refusal() {
        return refused ? failure : null;
    }

    private synchronized boolean bodyRuns() {
        return hasBody && !bodyOver;
    }

    /** For when the body has ended: the end of the deployment may be known already. */
    private final class EndOnly implements Followed.Listener {
        @Override
        public void over(DeploymentView end) {
            EcsCanaryDeployExecution.this.over(end);
        }

        @Override
        public void refused(RuntimeException why) {
            EcsCanaryDeployExecution.this.refused(why);
        }
    }

    /** Part of the program, as the step is. */
    private static final class BodyEnd extends BodyExecutionCallback {
        private static final long serialVersionUID = 1L;

        private final EcsCanaryDeployExecution execution;

        BodyEnd(EcsCanaryDeployExecution execution) {
            this.execution = execution;
        }

        @Override
        public void onSuccess(StepContext context, Object result) {
            execution.bodyEnded(null);
        }

        @Override
        public void onFailure(StepContext context, Throwable problem) {
            execution.bodyEnded(problem);
        }
    }
}
