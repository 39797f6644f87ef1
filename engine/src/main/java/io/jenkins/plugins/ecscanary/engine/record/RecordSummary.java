package io.jenkins.plugins.ecscanary.engine.record;

import io.jenkins.plugins.ecscanary.engine.model.Outcome;
import io.jenkins.plugins.ecscanary.engine.model.Revision;
import io.jenkins.plugins.ecscanary.engine.model.ServiceKey;
import io.jenkins.plugins.ecscanary.engine.model.Verdict;
import java.time.Instant;

/**
 * One line of a service's history.
 *
 * @param revision what was deployed, or null if it never got that far
 * @param original what it replaced, or null if it never got that far
 * @param deploymentId or null
 * @param verdict null while unfinished
 */
public record RecordSummary(
        String id,
        ServiceKey service,
        String kind,
        String redeployOf,
        String startedBy,
        Instant startedAt,
        Revision revision,
        Revision original,
        String deploymentId,
        Verdict verdict) {

    /**
     * Whether its revision took over, with or without requests to judge it by. A provisional verdict says that it had then, and
     * not that it stayed: AWS could still roll it back.
     */
    public boolean wentLive() {
        return verdict != null
                && revision != null
                && (verdict.outcome() == Outcome.PROMOTED || verdict.outcome() == Outcome.INCONCLUSIVE);
    }
}
