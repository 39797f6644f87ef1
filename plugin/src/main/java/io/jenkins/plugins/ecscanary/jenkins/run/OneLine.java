package io.jenkins.plugins.ecscanary.jenkins.run;

/** Foreign text for a line of a page. Escaping is the page's; what no page can show, or no line can hold, is left out here. */
public final class OneLine {

    private static final int LONGEST = 300;

    private OneLine() {}

    /** Without control characters, and no longer than can be read at a glance; the live view and the timeline have it all. */
    public static String of(String text) {
        String line = text == null ? "" : text.replaceAll("[\\p{Cc}\\u202a-\\u202e\\u2066-\\u2069]+", " ");
        if (line.length() <= LONGEST) {
            return line;
        }
        int end = Character.isHighSurrogate(line.charAt(LONGEST - 1)) ? LONGEST - 1 : LONGEST;
        return line.substring(0, end) + "…";
    }
}
