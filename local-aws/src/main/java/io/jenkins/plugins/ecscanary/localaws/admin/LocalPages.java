package io.jenkins.plugins.ecscanary.localaws.admin;

import io.jenkins.plugins.ecscanary.localaws.faults.Faults;
import org.eclipse.jetty.server.Handler;

/** {@code /_local/}: what a local AWS has and AWS has not. */
public final class LocalPages {

    private LocalPages() {}

    public static Handler of(Faults faults) {
        return new FaultsResource(faults);
    }
}
