package io.jenkins.plugins.ecscanary.jenkins.page;

import hudson.model.Action;
import hudson.model.Item;
import hudson.model.Job;
import org.kohsuke.stapler.StaplerProxy;

/** A page below a job, for those who may read the job. */
public abstract class JobPage implements Action, StaplerProxy {

    private final Job<?, ?> job;
    private final String icon;

    protected JobPage(Job<?, ?> job, String icon) {
        this.job = job;
        this.icon = icon;
    }

    /** For {@code job-subpage}, which shows it. */
    public final Job<?, ?> getObject() {
        return job;
    }

    @Override
    public final Object getTarget() {
        job.checkPermission(Item.READ);
        return this;
    }

    @Override
    public final String getIconFileName() {
        return job.hasPermission(Item.READ) ? icon : null;
    }
}
