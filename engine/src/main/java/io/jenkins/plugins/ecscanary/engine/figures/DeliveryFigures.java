package io.jenkins.plugins.ecscanary.engine.figures;

import io.jenkins.plugins.ecscanary.engine.model.Outcome;
import io.jenkins.plugins.ecscanary.engine.model.Revision;
import io.jenkins.plugins.ecscanary.engine.record.RecordSummary;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * DORA's four figures of one service over a stretch of time, as far as records of deployments can tell them. What is counted:
 *
 * <ul>
 *   <li>A deployment counts at the time of its verdict, and only if a deployment was created in AWS: what preflight refused, or
 *       was given up before, never met production. One without a verdict does not count yet.
 *   <li>It is <em>live</em> if it was promoted or AWS completed it with too few requests to judge it by
 *       ({@link Outcome#INCONCLUSIVE}), and <em>failed</em> if it was rolled back, whoever or whatever asked for that, or stopped
 *       half-way ({@link Outcome#ROLLBACK_FAILED}). One whose end could not be seen is neither.
 *   <li>Deployments by others than the holder of these records are not seen at all.
 * </ul>
 *
 * @param window how long the stretch is
 * @param live how many went live
 * @param failed how many failed
 * @param perDay deployment frequency: those that went live, per day of the window
 * @param changeFailureRate failed ÷ (live + failed), from 0 to 1; null if there was neither
 * @param timeToRestore the median, over the stretches of failed deployments that ended in the window, of the time from the verdict
 *     of the first failed deployment to the verdict of the next live one; null if there were none. The canary has the original
 *     serve everyone from a roll back on: this is how long the change was late, not how long users were without service
 * @param failingSince the verdict of the first failed deployment that no live one has followed yet; null if there is none
 * @param leadTime the median, over the images that went live in the window for the first time, of the time from the start of the
 *     first deployment of that image recorded for the service, which may have failed, to the verdict of the one that went live;
 *     null if there were none. The same image is the same digest, or where that is not known the same task definition
 *     revision. A redeployment is no new change. When the change was committed or built is in no record: it is DORA's lead time
 *     less all that comes before the first attempt to deploy
 */
public record DeliveryFigures(
        Duration window,
        int live,
        int failed,
        double perDay,
        Double changeFailureRate,
        Duration timeToRestore,
        Instant failingSince,
        Duration leadTime) {

    /** What DORA's own surveys look at. */
    public static final Duration LAST_30_DAYS = Duration.ofDays(30);

    private enum Fate {
        LIVE,
        FAILED,
        NEITHER;

        static Fate of(RecordSummary record) {
            if (record.verdict() == null || record.deploymentId() == null) {
                return NEITHER;
            }
            if (record.wentLive()) {
                return LIVE;
            }
            return switch (record.verdict().outcome()) {
                case ROLLED_BACK, ROLLBACK_FAILED -> FAILED;
                default -> NEITHER;
            };
        }
    }

    /**
     * The window ends now, or with the newest verdict where that is later: verdicts are dated by AWS's clock, and that of a local
     * AWS that runs fast is days ahead of the host's before long.
     *
     * @param records of one service, in any order; those before the window tell what was tried or failed before
     * @param now by the host's clock
     */
    public static DeliveryFigures of(List<RecordSummary> records, Instant now, Duration window) {
        List<RecordSummary> ended = records.stream()
                .filter(record -> record.verdict() != null)
                .sorted(Comparator.comparing(record -> record.verdict().at()))
                .toList();
        Instant from = end(ended, now).minus(window);
        Map<String, Instant> firstTried = firstTried(records);
        int live = 0;
        int failed = 0;
        Instant failingSince = null;
        List<Duration> restored = new ArrayList<>();
        List<Duration> lead = new ArrayList<>();
        for (RecordSummary record : ended) {
            Instant at = record.verdict().at();
            boolean counts = !at.isBefore(from);
            Fate fate = Fate.of(record);
            if (fate == Fate.FAILED) {
                failed += counts ? 1 : 0;
                failingSince = failingSince == null ? at : failingSince;
            } else if (fate == Fate.LIVE) {
                live += counts ? 1 : 0;
                if (counts && failingSince != null) {
                    restored.add(Duration.between(failingSince, at));
                }
                failingSince = null;
                // Taken out, since only the first time is the lead time; it went live by then whatever the window.
                Instant tried = firstTried.remove(change(record.revision()));
                if (counts && tried != null && record.redeployOf() == null) {
                    lead.add(Duration.between(tried, at));
                }
            }
        }
        return new DeliveryFigures(
                window,
                live,
                failed,
                live / (window.toSeconds() / (double) Duration.ofDays(1).toSeconds()),
                live + failed == 0 ? null : failed / (double) (live + failed),
                median(restored),
                failingSince,
                median(lead));
    }

    private static Instant end(List<RecordSummary> oldestFirst, Instant now) {
        if (oldestFirst.isEmpty()) {
            return now;
        }
        Instant newest = oldestFirst.get(oldestFirst.size() - 1).verdict().at();
        return newest.isAfter(now) ? newest : now;
    }

    private static Map<String, Instant> firstTried(List<RecordSummary> records) {
        Map<String, Instant> first = new HashMap<>();
        for (RecordSummary record : records) {
            if (record.revision() != null) {
                first.merge(
                        change(record.revision()),
                        record.startedAt(),
                        (one, other) -> one.isBefore(other) ? one : other);
            }
        }
        return first;
    }

    /** What makes two deployments one change; null if that is not known. */
    private static String change(Revision revision) {
        if (revision == null) {
            return null;
        }
        return revision.digest() != null ? revision.digest() : revision.taskDefinition();
    }

    private static Duration median(List<Duration> durations) {
        if (durations.isEmpty()) {
            return null;
        }
        List<Duration> sorted = new ArrayList<>(durations);
        Collections.sort(sorted);
        int half = sorted.size() / 2;
        return sorted.size() % 2 == 1
                ? sorted.get(half)
                : sorted.get(half - 1).plus(sorted.get(half)).dividedBy(2);
    }
}
