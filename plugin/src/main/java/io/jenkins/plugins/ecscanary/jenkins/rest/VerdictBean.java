package io.jenkins.plugins.ecscanary.jenkins.rest;

import io.jenkins.plugins.ecscanary.engine.model.Verdict;
import org.kohsuke.stapler.export.Exported;
import org.kohsuke.stapler.export.ExportedBean;

/** How a deployment ended, in {@code api/json}. */
@ExportedBean(defaultVisibility = 2)
public final class VerdictBean {

    /** {@code PROMOTED}, {@code ROLLED_BACK} … */
    @Exported
    public final String outcome;

    /** One sentence; null for who may not read the job that deployed. */
    @Exported
    public final String cause;

    /** ISO 8601. */
    @Exported
    public final String at;

    /** Whether AWS could still roll it back. */
    @Exported
    public final boolean provisional;

    VerdictBean(Verdict verdict, boolean all) {
        outcome = verdict.outcome().name();
        cause = all ? verdict.cause() : null;
        at = verdict.at().toString();
        provisional = verdict.provisional();
    }
}
