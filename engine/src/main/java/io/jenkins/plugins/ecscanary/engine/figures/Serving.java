package io.jenkins.plugins.ecscanary.engine.figures;

import io.jenkins.plugins.ecscanary.engine.model.Outcome;
import io.jenkins.plugins.ecscanary.engine.model.Revision;
import io.jenkins.plugins.ecscanary.engine.record.RecordSummary;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What a service's records say serves its traffic: the word of the last deployment that tells. AWS is not asked, so what others
 * have deployed since is not seen.
 *
 * @param revision what serves
 * @param since when it was said: the verdict of the deployment that made it live, or the start of the last one that found it
 *     there and did not take over
 * @param by the last deployment that made it live; null if none of the records did
 * @param sure false where the last deployment stopped half-way or its end was not seen: traffic may go elsewhere, too; and
 *     where its verdict was provisional, since whether AWS completed it or rolled it back is in no record
 */
public record Serving(Revision revision, Instant since, RecordSummary by, boolean sure) {

    /**
     * Empty if no record tells.
     *
     * @param history of one service, newest first
     */
    public static Optional<Serving> of(List<RecordSummary> history) {
        boolean sure = true;
        for (RecordSummary record : history) {
            if (record.wentLive()) {
                boolean settled = sure && !record.verdict().provisional();
                return Optional.of(
                        new Serving(record.revision(), record.verdict().at(), record, settled));
            }
            sure &= !unclear(record);
            if (record.original() != null) {
                return Optional.of(found(record, history, sure));
            }
        }
        return Optional.empty();
    }

    private static Serving found(RecordSummary there, List<RecordSummary> history, boolean sure) {
        RecordSummary by = history.stream()
                .filter(record -> record.wentLive()
                        && record.revision()
                                .taskDefinition()
                                .equals(there.original().taskDefinition()))
                .findFirst()
                .orElse(null);
        Revision revision = by == null ? there.original() : by.revision();
        return new Serving(
                revision, by == null ? there.startedAt() : by.verdict().at(), by, sure);
    }

    private static boolean unclear(RecordSummary record) {
        return record.verdict() != null
                && record.deploymentId() != null
                && (record.verdict().outcome() == Outcome.ROLLBACK_FAILED
                        || record.verdict().outcome() == Outcome.UNKNOWN);
    }
}
