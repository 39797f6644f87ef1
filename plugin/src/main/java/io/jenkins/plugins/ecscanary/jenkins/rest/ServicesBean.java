package io.jenkins.plugins.ecscanary.jenkins.rest;

import java.util.List;
import org.kohsuke.stapler.export.Exported;
import org.kohsuke.stapler.export.ExportedBean;

/** Several services, in {@code api/json}. */
@ExportedBean(defaultVisibility = 2)
public final class ServicesBean {

    @Exported(inline = true)
    public final List<HistoryBean> services;

    public ServicesBean(List<HistoryBean> services) {
        this.services = List.copyOf(services);
    }
}
