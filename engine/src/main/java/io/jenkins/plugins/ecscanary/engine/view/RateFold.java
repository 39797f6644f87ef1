package io.jenkins.plugins.ecscanary.engine.view;

import io.jenkins.plugins.ecscanary.engine.model.Criterion;
import io.jenkins.plugins.ecscanary.engine.model.Side;
import io.jenkins.plugins.ecscanary.engine.timeline.DeploymentEvent.Measured;
import io.jenkins.plugins.ecscanary.engine.view.DeploymentView.Judged;
import io.jenkins.plugins.ecscanary.engine.view.DeploymentView.JudgedState;
import io.jenkins.plugins.ecscanary.engine.view.DeploymentView.RatePoint;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/** Requests and errors per period. A period that comes late or is corrected takes the place of what was known of it. */
final class RateFold {

    private final Map<Instant, RatePoint> original = new TreeMap<>();
    private final Map<Instant, RatePoint> replacement = new TreeMap<>();
    private Instant judgeFrom;

    void measured(int seq, Measured e) {
        side(e.side())
                .put(
                        e.periodStart(),
                        new RatePoint(
                                seq,
                                e.periodStart(),
                                e.side(),
                                e.requests(),
                                e.errors(),
                                rate(e.requests(), e.errors())));
    }

    /**
     * Judging starts with the period of the first production shift: what came before were not users. Of several times that are
     * told for it the earliest counts, whichever is told first: whoever comes late sees the weights before AWS says since when.
     */
    void judgeFrom(Instant shift) {
        Instant period = shift.truncatedTo(ChronoUnit.MINUTES);
        judgeFrom = judgeFrom == null || period.isBefore(judgeFrom) ? period : judgeFrom;
    }

    /** Null before the first shift. */
    Instant judgedFrom() {
        return judgeFrom;
    }

    List<RatePoint> points() {
        return Stream.concat(original.values().stream(), replacement.values().stream())
                .toList();
    }

    long bestReplacementPeriod() {
        return judged(Side.REPLACEMENT).mapToLong(RatePoint::requests).max().orElse(0);
    }

    Judged judged(Side side, Criterion criterion) {
        List<RatePoint> points = judged(side).toList();
        long requests = points.stream().mapToLong(RatePoint::requests).sum();
        long errors = points.stream().mapToLong(RatePoint::errors).sum();
        return new Judged(requests, errors, rate(requests, errors), state(points, requests, criterion));
    }

    private static JudgedState state(List<RatePoint> points, long requests, Criterion criterion) {
        if (requests == 0) {
            return JudgedState.NO_DATA;
        }
        RatePoint last = null;
        for (RatePoint point : points) {
            last = point.requests() > 0 && point.requests() >= criterion.minRequests() ? point : last;
        }
        if (last == null) {
            return JudgedState.TOO_FEW_REQUESTS;
        }
        return last.successRate() < criterion.threshold() ? JudgedState.UNHEALTHY : JudgedState.HEALTHY;
    }

    private Stream<RatePoint> judged(Side side) {
        return side(side).values().stream()
                .filter(point -> judgeFrom != null && !point.periodStart().isBefore(judgeFrom));
    }

    private Map<Instant, RatePoint> side(Side side) {
        return side == Side.ORIGINAL ? original : replacement;
    }

    private static Double rate(long requests, long errors) {
        return requests == 0 ? null : 100.0 * Math.max(0, requests - errors) / requests;
    }
}
