package io.jenkins.plugins.ecscanary.jenkins.run;

import hudson.Extension;
import hudson.model.Run;
import java.util.Collection;
import java.util.List;
import jenkins.model.Tab;
import jenkins.model.TransientActionFactory;

/**
 * A build's deployments among the tabs of the experimental build page, and there instead of the link and the row that
 * {@link CanaryRunAction} has on the classic one, which shows no tabs. The pages are those of that action in either case.
 */
public final class CanaryTab extends Tab {

    private final CanaryRunAction action;

    private CanaryTab(Run<?, ?> run, CanaryRunAction action) {
        super(run);
        this.action = action;
    }

    @Override
    public String getIconFileName() {
        return action.getIconFileName();
    }

    @Override
    public String getDisplayName() {
        return action.getIds().size() == 1 ? Messages.DeploymentPage_DisplayName() : action.getDisplayName();
    }

    /** Straight to the deployment where there is but one. */
    @Override
    public String getUrlName() {
        List<String> ids = action.getIds();
        return CanaryRunAction.URL_NAME + (ids.size() == 1 ? "/" + ids.get(0) + "/" : "");
    }

    /** What the build's overview shows of them. */
    public List<DeploymentPage> getDeployments() {
        return action.getDeployments();
    }

    /** For each build that has deployed something. */
    @Extension
    public static final class Factory extends TransientActionFactory<Run> {
        @Override
        public Class<Run> type() {
            return Run.class;
        }

        /** No more than that: who looks for the build's own action below is not led here again. */
        @Override
        public Class<CanaryTab> actionType() {
            return CanaryTab.class;
        }

        @Override
        public Collection<CanaryTab> createFor(Run target) {
            Run<?, ?> run = target;
            CanaryRunAction action = run.getAction(CanaryRunAction.class);
            return action == null ? List.of() : List.of(new CanaryTab(run, action));
        }
    }
}
