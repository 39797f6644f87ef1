package io.jenkins.plugins.ecscanary.localaws.cloudwatch;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Decides an alarm's state from its evaluation range: M out of N, missing data and the rule against premature alarms, as
 * CloudWatch documents them. Pure.
 *
 * @param evaluationPeriods N
 * @param datapointsToAlarm M
 */
record AlarmRule(
        int evaluationPeriods,
        int datapointsToAlarm,
        Comparison comparison,
        double threshold,
        MissingData missingData) {

    /** CloudWatch retrieves more than N data points; for N = 3 its documentation says 5. */
    private static final int MORE = 2;

    /** @param value null if the data point is missing */
    record Point(Instant at, Double value) {}

    /**
     * @param state empty to keep the present one
     * @param judged the existing points the decision rests on, newest first
     * @param filled how many missing points were counted in
     */
    record Decision(Optional<AlarmState> state, List<Point> judged, int filled) {
        Decision {
            judged = List.copyOf(judged);
        }
    }

    int range() {
        return evaluationPeriods + MORE;
    }

    /** @param points the evaluation range, oldest first */
    Decision decide(List<Point> points) {
        List<Point> judged = new ArrayList<>();
        for (int i = points.size() - 1; i >= 0 && judged.size() < evaluationPeriods; i--) {
            if (points.get(i).value() != null) {
                judged.add(points.get(i));
            }
        }
        int missing = evaluationPeriods - judged.size();
        long breaching = judged.stream().filter(this::breaches).count();
        if (breaching >= datapointsToAlarm) {
            return decision(AlarmState.ALARM, judged, 0);
        }
        if (missing == 0) {
            return decision(AlarmState.OK, judged, 0);
        }
        return switch (missingData) {
            case BREACHING ->
                decision(breaching + missing >= datapointsToAlarm ? AlarmState.ALARM : AlarmState.OK, judged, missing);
            case NOT_BREACHING -> decision(AlarmState.OK, judged, missing);
            case MISSING, IGNORE -> withoutFilling(points, judged, breaching);
        };
    }

    private Decision withoutFilling(List<Point> points, List<Point> judged, long breaching) {
        if (judged.isEmpty()) {
            return missingData == MissingData.MISSING
                    ? decision(AlarmState.INSUFFICIENT_DATA, judged, 0)
                    : new Decision(Optional.empty(), judged, 0);
        }
        if (breaching < judged.size()) {
            return decision(AlarmState.OK, judged, 0);
        }
        // All there is breaches, but there is too little of it. It is an alarm only if the oldest breach is M periods
        // old.
        boolean oldEnough = missingData == MissingData.MISSING && ageOfOldest(points) >= datapointsToAlarm;
        return new Decision(oldEnough ? Optional.of(AlarmState.ALARM) : Optional.empty(), judged, 0);
    }

    /** 1 for the newest period of the range. */
    private static int ageOfOldest(List<Point> points) {
        for (int i = 0; i < points.size(); i++) {
            if (points.get(i).value() != null) {
                return points.size() - i;
            }
        }
        return 0;
    }

    boolean breaches(Point point) {
        return comparison.breaches(point.value(), threshold);
    }

    private static Decision decision(AlarmState state, List<Point> judged, int filled) {
        return new Decision(Optional.of(state), judged, filled);
    }
}
