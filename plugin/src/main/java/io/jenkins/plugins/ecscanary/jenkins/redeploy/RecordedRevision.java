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
            throw new IllegalArgumentException(
                    "the deployment never got as far as a revision: there is nothing to ship again");
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
            throw new IllegalArgumentException("this build ships again what " + cluster + "/" + service + " in "
                    + region
                    + " had in the deployment " + recordId + ", and nothing to " + wantedCluster + "/" + wantedService
                    + " in " + wantedRegion + "; have the Pipeline leave that out where " + RedeployEnvironment.VARIABLE
                    + " is set");
        }
    }
}
