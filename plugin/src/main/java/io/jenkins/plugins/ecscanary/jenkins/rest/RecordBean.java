package io.jenkins.plugins.ecscanary.jenkins.rest;

import io.jenkins.plugins.ecscanary.engine.record.RecordSummary;
import org.kohsuke.stapler.export.Exported;
import org.kohsuke.stapler.export.ExportedBean;

/** One deployment, in {@code api/json}. */
@ExportedBean(defaultVisibility = 2)
public final class RecordBean {

    @Exported
    public final String id;

    @Exported(inline = true)
    public final ServiceBean service;

    /** {@code deploy} or {@code redeploy}. */
    @Exported
    public final String kind;

    /** The record whose revision was shipped again, or null. */
    @Exported
    public final String redeployOf;

    /** Null for who may not read the job that deployed. */
    @Exported
    public final String startedBy;

    /** ISO 8601. */
    @Exported
    public final String startedAt;

    /** Null if it never got that far. */
    @Exported(inline = true)
    public final RevisionBean revision;

    /** What it replaces; null if it never got as far as that being known. */
    @Exported(inline = true)
    public final RevisionBean original;

    /** CodeDeploy's, or null. */
    @Exported
    public final String deploymentId;

    /** Null while it is under way. */
    @Exported(inline = true)
    public final VerdictBean verdict;

    /** @param all whether the reader may read the job that deployed, so that names and words of people are shown */
    public RecordBean(RecordSummary record, boolean all) {
        id = record.id();
        service = new ServiceBean(record.service());
        kind = record.kind();
        redeployOf = all ? record.redeployOf() : null;
        startedBy = all ? record.startedBy() : null;
        startedAt = record.startedAt().toString();
        revision = RevisionBean.of(record.revision());
        original = RevisionBean.of(record.original());
        deploymentId = record.deploymentId();
        verdict = record.verdict() == null ? null : new VerdictBean(record.verdict(), all);
    }
}
