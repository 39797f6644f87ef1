package io.jenkins.plugins.ecscanary.jenkins.run;

import hudson.Extension;
import hudson.model.Run;
import java.util.List;
import jenkins.model.details.Detail;
import jenkins.model.details.DetailFactory;

/** A chip on the new build page and in Pipeline Graph View: what share has the new revision, and what came of it. */
public final class DeploymentDetail extends Detail {

    private final DeploymentPage page;

    private DeploymentDetail(Run<?, ?> run, DeploymentPage page) {
        super(run);
        this.page = page;
    }

    /** The deployment, for the chip's own view. */
    public DeploymentPage getPage() {
        return page;
    }

    @Override
    public String getIconClassName() {
        return "symbol-ecs-canary plugin-ecs-canary-deploy";
    }

    @Override
    public String getDisplayName() {
        return page.getChip();
    }

    @Override
    public String getLink() {
        return CanaryRunAction.URL_NAME + "/" + page.getId() + "/";
    }

    /** One for each deployment of a build. */
    @Extension
    public static final class Factory extends DetailFactory<Run> {
        @Override
        public Class<Run> type() {
            return Run.class;
        }

        @Override
        public List<? extends Detail> createFor(Run run) {
            CanaryRunAction action = ((Run<?, ?>) run).getAction(CanaryRunAction.class);
            return action == null
                    ? List.of()
                    : action.getDeployments().stream()
                            .map(page -> new DeploymentDetail((Run<?, ?>) run, page))
                            .toList();
        }
    }
}
