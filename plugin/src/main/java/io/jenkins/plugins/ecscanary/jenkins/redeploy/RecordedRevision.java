package io.jenkins.plugins.ecscanary.jenkins.redeploy;

import io.jenkins.plugins.ecscanary.engine.model.DeploymentRequest;
import io.jenkins.plugins.ecscanary.engine.model.Revision;
import io.jenkins.plugins.ecscanary.engine.record.RecordSummary;
import java.io.Serializable;

/** What is shipped again, and where it was: words only, so that a step on Pipeline's own thread has nothing to read. */
public final class RecordedRevision implements Serializable {
    private static final long serialVersionUID = 1L;

    private final String recordId;
    private final String region;
    private final String cluster;
    private final String service;
    private final String taskDefinition;
    private final String digest;
    private final String container;

    /** @throws IllegalArgumentException if the deployment never got as far as a revision */
    RecordedRevision(RecordSummary record) {
        Revision revision = record.revision();
        if (revision == null) {
            throw new IllegalArgumentException(Messages.RecordedRevision_None());
        }
        recordId = record.id();
        region = record.service().region();
        cluster = record.service().cluster();
        service = record.service().service();
        taskDefinition = revision.taskDefinition();
        digest = revision.digest();
        container = revision.container();
    }

    public String recordId() {
        return recordId;
    }

    /** The digest is checked by preflight: one that is gone is refused. */
    public DeploymentRequest.Source source() {
        return new DeploymentRequest.Registered(taskDefinition, digest, container);
    }

    /** @throws IllegalArgumentException if that is another service than the one whose revision it is */
    public void requireService(String wantedRegion, String wantedCluster, String wantedService) {
        if (!region.equals(wantedRegion) || !cluster.equals(wantedCluster) || !service.equals(wantedService)) {
            throw new IllegalArgumentException(Messages.RecordedRevision_AnotherService(
                    cluster + "/" + service,
                    region,
                    recordId,
                    wantedCluster + "/" + wantedService,
                    wantedRegion,
                    RedeployEnvironment.VARIABLE));
        }
    }
}
