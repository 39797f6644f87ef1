package io.jenkins.plugins.ecscanary.jenkins.deployments;

import hudson.Extension;
import hudson.model.AdministrativeMonitor;
import java.util.List;

/** Tells administrators of deployments that have no verdict and that nobody can follow: unreadable, or out of reach. */
@Extension
public final class OrphansMonitor extends AdministrativeMonitor {

    @Override
    public String getDisplayName() {
        return Messages.OrphansMonitor_DisplayName();
    }

    @Override
    public boolean isActivated() {
        return !getTroubles().isEmpty();
    }

    /** One sentence for each. */
    public List<String> getTroubles() {
        return Deployments.get().troubles();
    }
}
