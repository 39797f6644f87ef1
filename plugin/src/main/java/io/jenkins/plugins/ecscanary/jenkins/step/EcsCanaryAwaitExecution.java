package io.jenkins.plugins.ecscanary.jenkins.step;

import hudson.AbortException;
import hudson.model.Result;
import io.jenkins.plugins.ecscanary.engine.model.Outcome;
import io.jenkins.plugins.ecscanary.engine.view.DeploymentView;
import io.jenkins.plugins.ecscanary.jenkins.deployments.Deployments;
import io.jenkins.plugins.ecscanary.jenkins.deployments.Followed;
import java.io.IOException;
import java.util.Optional;
import org.jenkinsci.plugins.workflow.steps.FlowInterruptedException;
import org.jenkinsci.plugins.workflow.steps.StepContext;
import org.jenkinsci.plugins.workflow.steps.StepExecution;

/** Ends at the weight, or fails with the deployment. It holds no thread; after a restart it asks again where things are. */
final class EcsCanaryAwaitExecution extends StepExecution {
    private static final long serialVersionUID = 1L;

    private final int weight;
    private transient volatile String id;
    private transient boolean completed;
    private transient Followed followed;
    private transient Followed.Listener listener;

    EcsCanaryAwaitExecution(StepContext context, int weight) {
        super(context);
        this.weight = weight;
    }

    @Override
    public boolean start() throws Exception {
        if (weight < 1 || weight > 100) {
            throw new IllegalArgumentException(Messages.EcsCanaryAwaitExecution_BadWeight(weight));
        }
        listen(handle());
        return false;
    }

    private String handle() throws IOException, InterruptedException {
        return getContext().get(DeploymentHandle.class).id();
    }

    @Override
    public void onResume() {
        try {
            listen(handle());
        } catch (IOException | RuntimeException e) {
            getContext().onFailure(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            getContext().onFailure(e);
        }
    }

    /** The deploying step around it may be told later that it goes on: whoever comes first finds the deployment's place. */
    private void listen(String handle) {
        id = handle;
        Optional<Followed> known = Deployments.get().find(id);
        if (known.isEmpty()) {
            Deployments.get().later(() -> {
                Optional<Followed> now = Deployments.get().find(id);
                if (now.isPresent()) {
                    listenTo(now.get());
                } else {
                    over(Deployments.get().view(id));
                }
            });
            return;
        }
        listenTo(known.get());
    }

    private void listenTo(Followed one) {
        followed = one;
        listener = new AtWeight();
        one.listen(listener);
        one.look(this::reached);
    }

    private void reached(DeploymentView now) {
        if (!now.ended() && now.phase() == DeploymentView.Phase.ROLLING_BACK) {
            fail(Messages.EcsCanaryAwaitExecution_RollingBack(weight));
        } else if (now.replacement() != null
                && now.replacement().weight() != null
                && now.replacement().weight() >= weight
                && now.rollback() == null) {
            complete(() -> getContext().onSuccess(null));
        }
    }

    /** The cause is told by the step around it, which tells it from a failure of the steps inside. */
    private void fail(String text) {
        complete(() -> getContext()
                .onFailure(new FlowInterruptedException(Result.FAILURE, true, new DeploymentFailed(id, text))));
    }

    private void over(DeploymentView end) {
        if (end == null || !end.ended()) {
            complete(() -> getContext().onFailure(new AbortException(Messages.EcsCanaryAwaitExecution_NeverBegun())));
        } else if (end.verdict().outcome() == Outcome.PROMOTED || end.verdict().outcome() == Outcome.INCONCLUSIVE) {
            complete(() -> getContext().onSuccess(null));
        } else {
            fail(Messages.EcsCanaryAwaitExecution_Ended(
                    weight, end.verdict().outcome(), PlainText.of(end.verdict().cause())));
        }
    }

    private void complete(Runnable ending) {
        synchronized (this) {
            if (completed) {
                return;
            }
            completed = true;
        }
        if (followed != null) {
            followed.forget(listener);
        }
        ending.run();
    }

    @Override
    public void stop(Throwable cause) {
        complete(() -> getContext().onFailure(cause));
    }

    @Override
    public String getStatus() {
        Followed now = followed;
        return now == null
                ? Messages.EcsCanaryAwaitExecution_Waits(weight)
                : Messages.EcsCanaryAwaitExecution_WaitsWhile(weight, now.status());
    }

    private final class AtWeight implements Followed.Listener {
        @Override
        public void line(DeploymentView.LogLine line, DeploymentView now) {
            reached(now);
        }

        @Override
        public void over(DeploymentView end) {
            EcsCanaryAwaitExecution.this.over(end);
        }

        @Override
        public void refused(RuntimeException why) {
            complete(() -> getContext().onFailure(new AbortException(why.getMessage())));
        }
    }
}
