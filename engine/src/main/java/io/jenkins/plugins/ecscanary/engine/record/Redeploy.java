package io.jenkins.plugins.ecscanary.engine.record;

import io.jenkins.plugins.ecscanary.engine.model.DeploymentRequest;
import io.jenkins.plugins.ecscanary.engine.model.Revision;
import io.jenkins.plugins.ecscanary.engine.timeline.DeploymentEvent.Planned;
import java.util.Optional;

/** A recorded revision as a request to ship it again: the same task definition and image, through the same canary. */
public final class Redeploy {

    private Redeploy() {}

    /**
     * To where and judged as the record has it. A task before traffic is not run again: its migrations have been done. Nor is a
     * scan demanded again: what was let through is to be shipped now, whatever has become known since; who wants it asks.
     *
     * @param recordId of the record whose revision is shipped
     * @param startedBy for people
     * @throws IllegalArgumentException if there is no such record, or it never got as far as a revision
     */
    public static DeploymentRequest of(RecordStore records, String recordId, String startedBy) {
        RecordSummary record = records.find(recordId)
                .orElseThrow(() -> new IllegalArgumentException("there is no record " + recordId));
        if (record.revision() == null) {
            throw new IllegalArgumentException(
                    "the deployment " + recordId + " never got as far as a revision: there is nothing to ship again");
        }
        Planned planned = planned(records, record)
                .orElseThrow(() -> new IllegalArgumentException(
                        "the record " + recordId + " does not say what was planned: its timeline is damaged"));
        return of(planned, record.revision(), startedBy);
    }

    /**
     * The same for any revision that a record names.
     *
     * @param planned of the record whose service and canary it is
     */
    public static DeploymentRequest of(Planned planned, Revision revision, String startedBy) {
        return new DeploymentRequest(
                planned.service().cluster(),
                planned.service().service(),
                new DeploymentRequest.Registered(revision.taskDefinition(), revision.digest(), revision.container()),
                planned.codeDeploy(),
                planned.codeDeploy().config() == null ? planned.traffic() : null,
                planned.criterion(),
                planned.alarms(),
                planned.milestones(),
                planned.timeout(),
                startedBy,
                "redeploy",
                planned.id(),
                planned.options().withBeforeTraffic(null).withRequireScan(null));
    }

    /** What a record says was planned; empty if its timeline is damaged. */
    public static Optional<Planned> planned(RecordStore records, RecordSummary record) {
        return records.timeline(record).stream()
                .map(entry -> entry.event())
                .filter(Planned.class::isInstance)
                .map(Planned.class::cast)
                .findFirst();
    }
}
