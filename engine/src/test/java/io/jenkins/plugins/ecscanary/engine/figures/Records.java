package io.jenkins.plugins.ecscanary.engine.figures;

import io.jenkins.plugins.ecscanary.engine.model.Outcome;
import io.jenkins.plugins.ecscanary.engine.model.Revision;
import io.jenkins.plugins.ecscanary.engine.model.Verdict;
import io.jenkins.plugins.ecscanary.engine.record.RecordSummary;
import io.jenkins.plugins.ecscanary.engine.timeline.Timelines;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** A service's records for tests, told oldest first: {@code deploy("a").at(hours).took(minutes, outcome)}. */
final class Records {

    static final Instant NOW = Instant.parse("2026-11-23T12:00:00Z");

    private final List<RecordSummary> all = new ArrayList<>();

    /**
     * @param change names the image; a task definition revision is made for each record
     * @param hoursAgo when it was started, before {@link #NOW}
     * @param minutes to the verdict
     * @param outcome null while unfinished
     */
    Records deploy(String change, double hoursAgo, long minutes, Outcome outcome) {
        return add(change, null, hoursAgo, minutes, outcome, "d-" + all.size());
    }

    Records redeploy(String change, double hoursAgo, long minutes, Outcome outcome) {
        return add(change, "earlier", hoursAgo, minutes, outcome, "d-" + all.size());
    }

    /** It never came to a deployment in AWS. */
    Records stopped(String change, double hoursAgo, Outcome outcome) {
        return add(change, null, hoursAgo, 1, outcome, null);
    }

    private Records add(
            String change, String redeployOf, double hoursAgo, long minutes, Outcome outcome, String deploymentId) {
        Instant at = NOW.minusSeconds((long) (hoursAgo * 3600));
        Verdict verdict = outcome == null
                ? null
                : new Verdict(outcome, "because", at.plus(Duration.ofMinutes(minutes)), false, null, null);
        all.add(new RecordSummary(
                "r-" + all.size(),
                Timelines.SERVICE,
                redeployOf == null ? "deploy" : "redeploy",
                redeployOf,
                "ann",
                at,
                change == null ? null : revision(change, all.size() + 1),
                original(),
                deploymentId,
                verdict));
        return this;
    }

    private Revision original() {
        return newestFirst().stream()
                .filter(RecordSummary::wentLive)
                .findFirst()
                .map(RecordSummary::revision)
                .orElse(null);
    }

    static Revision revision(String change, int number) {
        return new Revision("arn:aws:ecs:eu-central-1:1:task-definition/web:" + number, "web", "web:" + change, change);
    }

    List<RecordSummary> newestFirst() {
        List<RecordSummary> reversed = new ArrayList<>(all);
        Collections.reverse(reversed);
        return reversed;
    }
}
