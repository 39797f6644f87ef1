package io.jenkins.plugins.ecscanary.jenkins.run;

import hudson.model.Run;
import io.jenkins.plugins.ecscanary.jenkins.page.PagesOfBuild;
import java.io.IOException;
import java.util.List;

/** The deployments of one build: it keeps their ids; everything else is in the records, which outlive the build. */
public final class CanaryRunAction extends PagesOfBuild {

    /** Below the build's address. */
    public static final String URL_NAME = "ecs-canary";

    /** Notes that a build has made a deployment; once is enough. Writes the build's record. */
    public static void note(Run<?, ?> run, String id) throws IOException {
        note(run, id, CanaryRunAction.class, CanaryRunAction::new);
    }

    /** The address of a deployment's page, absolute where Jenkins knows its own; else below the server's. */
    public static String url(Run<?, ?> run, String id) {
        return url(run, URL_NAME, id);
    }

    /** The pages below. */
    public List<DeploymentPage> getDeployments() {
        return getIds().stream().map(id -> new DeploymentPage(getObject(), id)).toList();
    }

    /** {@code <id>/}. The way from build to build that Jenkins's pages have leads to ids of others: it ends at the build's own. */
    public Object getDynamic(String id) {
        return getIds().contains(id) ? new DeploymentPage(getObject(), id) : new Run.RedirectUp();
    }

    @Override
    public String getIconFileName() {
        return "symbol-ecs-canary plugin-ecs-canary-deploy";
    }

    @Override
    public String getDisplayName() {
        return Messages.CanaryRunAction_DisplayName();
    }

    @Override
    public String getUrlName() {
        return URL_NAME;
    }
}
