package io.jenkins.plugins.ecscanary.jenkins.deployments;

import hudson.model.Item;
import hudson.model.Job;
import java.util.Objects;
import jenkins.model.Jenkins;
import jenkins.model.lazy.LazyBuildMixIn;
import org.springframework.security.access.AccessDeniedException;

/**
 * The build that made a deployment.
 *
 * @param jobFullName as the job is called now
 */
public record Origin(String jobFullName, int buildNumber) {
    public Origin {
        Objects.requireNonNull(jobFullName, "jobFullName");
    }

    /** Whether it is one of this job's. */
    public boolean isOf(Job<?, ?> job) {
        return jobFullName.equals(job.getFullName());
    }

    /** Its job, or null if that is gone or the present user may not read it. */
    public Job<?, ?> readableJob() {
        try {
            Job<?, ?> job = Jenkins.get().getItemByFullName(jobFullName, Job.class);
            return job == null || !job.hasPermission(Item.READ) ? null : job;
        } catch (AccessDeniedException e) {
            return null; // may know that it is there, and no more
        }
    }

    /** Whether the build is still there. Loads nothing. */
    public boolean buildExists(Job<?, ?> job) {
        return job instanceof LazyBuildMixIn.LazyLoadingJob<?, ?> lazy
                && lazy.getLazyBuildMixIn().getRunMap().runExists(buildNumber);
    }
}
