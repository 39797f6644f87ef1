package io.jenkins.plugins.ecscanary.jenkins.history;

import hudson.Extension;
import hudson.model.Action;
import hudson.model.Api;
import hudson.model.Job;
import io.jenkins.plugins.ecscanary.engine.model.ServiceKey;
import io.jenkins.plugins.ecscanary.engine.record.RecordStore;
import io.jenkins.plugins.ecscanary.jenkins.deployments.Deployments;
import io.jenkins.plugins.ecscanary.jenkins.page.JobPage;
import io.jenkins.plugins.ecscanary.jenkins.rest.ServicesBean;
import java.util.Collection;
import java.util.List;
import jenkins.model.TransientActionFactory;

/** The histories of the services that a job deploys, below the job. Read from the index of the records, never from builds. */
public final class JobHistory extends JobPage {

    /** Below the job's address. */
    public static final String URL_NAME = "ecs-services";

    JobHistory(Job<?, ?> job) {
        super(job, "symbol-ecs-canary plugin-ecs-canary-deploy");
    }

    @Override
    public String getDisplayName() {
        return Messages.JobHistory_DisplayName();
    }

    @Override
    public String getUrlName() {
        return URL_NAME;
    }

    /** Each of them; one alone is shown with all it has. */
    public List<ServiceHistory> getServices() {
        List<ServiceKey> keys = keys();
        int most = keys.size() == 1 ? ServiceHistory.PAGE : ServiceHistory.FEW;
        return keys.stream().map(key -> history(key, most)).toList();
    }

    private List<ServiceKey> keys() {
        return ServiceHistory.services(history -> history.stream().anyMatch(record -> Deployments.get()
                .origin(record.id())
                .filter(origin -> origin.isOf(getObject()))
                .isPresent()));
    }

    private ServiceHistory history(ServiceKey key, int most) {
        RecordStore records = Deployments.get().records();
        return new ServiceHistory(key, records.history(key), getObject(), most);
    }

    /** {@code <token>/}; Stapler answers 404 where it is null. */
    public ServiceHistory getDynamic(String token) {
        return keys().stream()
                .filter(key -> ServiceHistory.token(key).equals(token))
                .findFirst()
                .map(key -> history(key, ServiceHistory.PAGE))
                .orElse(null);
    }

    /** The same as JSON or XML. */
    public Api getApi() {
        return new Api(new ServicesBean(
                getServices().stream().map(ServiceHistory::bean).toList()));
    }

    /** On every job that has deployed something. Asked at each of the job's pages: nothing is read. */
    @Extension
    public static final class Factory extends TransientActionFactory<Job> {
        @Override
        public Class<Job> type() {
            return Job.class;
        }

        @Override
        public Collection<? extends Action> createFor(Job target) {
            Job<?, ?> job = target;
            return Deployments.get().anyOf(job) ? List.of(new JobHistory(job)) : List.of();
        }
    }
}
