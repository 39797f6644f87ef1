package io.jenkins.plugins.ecscanary.infra.settings;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A deployment config of one's own: what CodeDeploy knows beside its predefined ones.
 *
 * @param linear equal steps; else one step and then the rest
 * @param percent of a step, 1–99
 * @param minutes between two, 1–2880
 */
public record TrafficPlan(boolean linear, int percent, int minutes) {

    private static final Pattern TEXT = Pattern.compile("(linear|canary):([1-9][0-9]?):([1-9][0-9]{0,3})");
    private static final int MOST_MINUTES = 2_880;

    /** Null for a text that is none. */
    static TrafficPlan parse(String text) {
        Matcher matcher = TEXT.matcher(text);
        if (!matcher.matches() || Integer.parseInt(matcher.group(3)) > MOST_MINUTES) {
            return null;
        }
        return new TrafficPlan(
                matcher.group(1).equals("linear"),
                Integer.parseInt(matcher.group(2)),
                Integer.parseInt(matcher.group(3)));
    }
}
