package io.jenkins.plugins.ecscanary.jenkins.history;

import io.jenkins.plugins.ecscanary.engine.view.DeploymentView;
import io.jenkins.plugins.ecscanary.engine.view.DeploymentView.WeightPoint;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;

/**
 * The weight of the new revision over the time of a deployment, as the points of an SVG polyline in a box of {@value #WIDTH} by
 * {@value #HEIGHT}.
 *
 * @param points as {@code points} wants them
 * @param highest percent
 * @param last percent
 */
record Sparkline(String points, int highest, int last) {

    static final int WIDTH = 96;
    static final int HEIGHT = 24;
    private static final int MARGIN = 2;

    /** Null while no traffic has been shifted. */
    static Sparkline of(DeploymentView view) {
        if (view.weights().isEmpty() || view.startedAt() == null) {
            return null;
        }
        Instant start = view.startedAt();
        Instant end = view.endedAt() != null ? view.endedAt() : view.lastEventAt();
        long span = Math.max(1, Duration.between(start, end).toMillis());
        StringBuilder points = new StringBuilder();
        int weight = 0;
        int highest = 0;
        add(points, 0, weight);
        for (WeightPoint point : view.weights()) {
            double at =
                    Math.min(1, Math.max(0, Duration.between(start, point.at()).toMillis() / (double) span));
            add(points, at, weight);
            weight = point.replacement();
            highest = Math.max(highest, weight);
            add(points, at, weight);
        }
        add(points, 1, weight);
        return new Sparkline(points.toString(), highest, weight);
    }

    private static void add(StringBuilder points, double at, int weight) {
        if (!points.isEmpty()) {
            points.append(' ');
        }
        points.append(String.format(
                Locale.ROOT,
                "%.1f,%.1f",
                MARGIN + at * (WIDTH - 2 * MARGIN),
                HEIGHT - MARGIN - weight / 100.0 * (HEIGHT - 2 * MARGIN)));
    }
}
