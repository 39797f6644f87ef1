package io.jenkins.plugins.ecscanary.jenkins.history;

import hudson.Extension;
import hudson.model.Api;
import hudson.model.RootAction;
import io.jenkins.plugins.ecscanary.engine.record.RecordSummary;
import io.jenkins.plugins.ecscanary.jenkins.deployments.Deployments;
import io.jenkins.plugins.ecscanary.jenkins.deployments.Origin;
import io.jenkins.plugins.ecscanary.jenkins.rest.ServicesBean;
import java.util.List;
import jenkins.model.Jenkins;

/**
 * The current deployments of all services that this Jenkins deploys, as far as the reader may read the job that made the last
 * one. Where that job is gone, administrators see it.
 */
@Extension
public final class AllServices implements RootAction {

    @Override
    public String getIconFileName() {
        return Deployments.get().any() ? "symbol-ecs-canary plugin-ecs-canary-deploy" : null;
    }

    @Override
    public String getDisplayName() {
        return Messages.AllServices_DisplayName();
    }

    @Override
    public String getUrlName() {
        return "ecs-deployments";
    }

    /** One for each service. */
    public List<ServiceHistory> getServices() {
        return ServiceHistory.services(history -> mayRead(history.get(0))).stream()
                .map(key -> new ServiceHistory(key, Deployments.get().records().history(key), null, 1))
                .toList();
    }

    private static boolean mayRead(RecordSummary last) {
        Origin origin = Deployments.get().origin(last.id()).orElse(null);
        return origin == null ? Jenkins.get().hasPermission(Jenkins.ADMINISTER) : origin.readableJob() != null;
    }

    /** The same as JSON or XML. */
    public Api getApi() {
        return new Api(new ServicesBean(
                getServices().stream().map(ServiceHistory::bean).toList()));
    }
}
