package io.jenkins.plugins.ecscanary.bench;

import java.util.Locale;

/**
 * A row of the one table.
 *
 * @param beside the same of what it is compared with, in the same run
 * @param ratio ours to the other's, or what the figures are in
 * @param goal what was set out to reach; – where none was
 * @param met yes, no or –
 */
record Row(String what, String ours, String beside, String ratio, String goal, String met) {

    static final String NONE = "–";

    static final String HEAD = "| what | ours | beside | ratio or unit | goal | met |\n|---|---|---|---|---|---|";

    /** A figure without another beside it. */
    static Row figure(String what, String ours, String unit) {
        return new Row(what, ours, NONE, unit, NONE, NONE);
    }

    /** Two figures without a goal. */
    static Row beside(String what, String ours, String beside, double ratio) {
        return new Row(what, ours, beside, times(ratio), NONE, NONE);
    }

    /** Two figures whose ratio should be at least {@code goal}. */
    static Row atLeast(String what, String ours, String beside, double ratio, double goal) {
        return new Row(what, ours, beside, times(ratio), "≥ " + goal + "×", ratio >= goal ? "yes" : "no");
    }

    /** A count that should be {@code goal}. */
    static Row exactly(String what, long ours, String unit, long goal) {
        return new Row(what, Long.toString(ours), NONE, unit, Long.toString(goal), ours == goal ? "yes" : "no");
    }

    private static String times(double ratio) {
        return String.format(Locale.ROOT, "%.2f×", ratio);
    }

    String markdown() {
        return "| " + String.join(" | ", what, ours, beside, ratio, goal, met) + " |";
    }
}
