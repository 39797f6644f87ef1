package io.jenkins.plugins.ecscanary.jenkins.rest;

import io.jenkins.plugins.ecscanary.engine.figures.DeliveryFigures;
import java.time.Duration;
import org.kohsuke.stapler.export.Exported;
import org.kohsuke.stapler.export.ExportedBean;

/** DORA's figures of a service in {@code api/json}; {@link DeliveryFigures} says what is measured. */
@ExportedBean(defaultVisibility = 2)
public final class FiguresBean {

    @Exported
    public final long windowDays;

    @Exported
    public final int live;

    @Exported
    public final int failed;

    @Exported
    public final double deploymentsPerDay;

    /** From 0 to 1, or null. */
    @Exported
    public final Double changeFailureRate;

    /** Median, or null. */
    @Exported
    public final Long timeToRestoreSeconds;

    /** ISO 8601, or null. */
    @Exported
    public final String failingSince;

    /** Median, or null. */
    @Exported
    public final Long leadTimeSeconds;

    public FiguresBean(DeliveryFigures figures) {
        windowDays = figures.window().toDays();
        live = figures.live();
        failed = figures.failed();
        deploymentsPerDay = figures.perDay();
        changeFailureRate = figures.changeFailureRate();
        timeToRestoreSeconds = seconds(figures.timeToRestore());
        failingSince =
                figures.failingSince() == null ? null : figures.failingSince().toString();
        leadTimeSeconds = seconds(figures.leadTime());
    }

    private static Long seconds(Duration duration) {
        return duration == null ? null : duration.toSeconds();
    }
}
