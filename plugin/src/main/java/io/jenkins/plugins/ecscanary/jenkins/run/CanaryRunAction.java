package io.jenkins.plugins.ecscanary.jenkins.run;

import hudson.model.Api;
import hudson.model.Run;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import jenkins.model.Jenkins;
import jenkins.model.RunAction2;
import org.kohsuke.stapler.export.Exported;
import org.kohsuke.stapler.export.ExportedBean;

/**
 * The deployments of one build: it keeps their ids; everything else is in the records, which outlive the build. Its
 * ids are in the build's {@code api/json}; below each there is that deployment's own.
 */
@ExportedBean(defaultVisibility = 2)
public final class CanaryRunAction implements RunAction2 {

    /** Below the build's address. */
    public static final String URL_NAME = "ecs-canary";

    private final CopyOnWriteArrayList<String> ids = new CopyOnWriteArrayList<>();
    private transient Run<?, ?> run;

    /** Notes that a build has made a deployment; once is enough. Writes the build's record. */
    public static void note(Run<?, ?> run, String id) throws IOException {
        synchronized (run) {
            CanaryRunAction action = run.getAction(CanaryRunAction.class);
            if (action == null) {
                action = new CanaryRunAction();
                run.addAction(action);
            }
            if (action.ids.addIfAbsent(id)) {
                run.save();
            }
        }
    }

    /** The address of a deployment's page, absolute where Jenkins knows its own; else below the server's. */
    public static String url(Run<?, ?> run, String id) {
        String root = Jenkins.get().getRootUrl();
        return (root == null ? contextPath() + "/" : root) + run.getUrl() + URL_NAME + "/" + id + "/";
    }

    private static String contextPath() {
        return Jenkins.get().getServletContext().getContextPath();
    }

    /** In the order they were begun. */
    @Exported
    public List<String> getIds() {
        return List.copyOf(ids);
    }

    @Override
    public void onAttached(Run<?, ?> attached) {
        run = attached;
    }

    @Override
    public void onLoad(Run<?, ?> loaded) {
        run = loaded;
    }

    /** The same alone. */
    public Api getApi() {
        return new Api(this);
    }

    /** The pages below. */
    public List<DeploymentPage> getDeployments() {
        return ids.stream().map(id -> new DeploymentPage(run, id)).toList();
    }

    /** {@code <id>/}. The way from build to build that Jenkins's pages have leads to ids of others: it ends at the build's own. */
    public Object getDynamic(String id) {
        return ids.contains(id) ? new DeploymentPage(run, id) : new Run.RedirectUp();
    }

    /** For {@code run-subpage}, which shows it. */
    public Run<?, ?> getObject() {
        return run;
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
