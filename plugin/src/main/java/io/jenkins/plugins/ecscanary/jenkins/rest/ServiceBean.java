package io.jenkins.plugins.ecscanary.jenkins.rest;

import io.jenkins.plugins.ecscanary.engine.model.ServiceKey;
import org.kohsuke.stapler.export.Exported;
import org.kohsuke.stapler.export.ExportedBean;

/** An ECS service in {@code api/json}. */
@ExportedBean(defaultVisibility = 2)
public final class ServiceBean {

    @Exported
    public final String account;

    @Exported
    public final String region;

    @Exported
    public final String cluster;

    @Exported
    public final String service;

    public ServiceBean(ServiceKey key) {
        account = key.account();
        region = key.region();
        cluster = key.cluster();
        service = key.service();
    }
}
