package io.jenkins.plugins.ecscanary.engine.scan;

import java.util.HashMap;
import java.util.Map;

/** The texts of one report, cleaned, cut and each kept once: a report has the same ones thousands of times. */
final class TextPool {

    /** Characters in all: with what else there is, a report that has more would not fit the heap it is promised to fit. */
    static final int MOST_CHARACTERS = 24_000_000;

    private static final int MOST_SHARED = 200_000;

    private final Map<String, String> shared = new HashMap<>();
    private long characters;

    /** @param most characters; what is longer is cut. Null for null */
    String keep(String text, int most) {
        if (text == null) {
            return null;
        }
        String known = shared.get(text);
        if (known != null) {
            return known;
        }
        String kept = Printable.line(text, most);
        known = shared.get(kept);
        if (known != null) {
            return known;
        }
        characters += kept.length() + 40L; // an object's own size, about
        if (shared.size() < MOST_SHARED) {
            shared.put(kept, kept);
        }
        return kept;
    }

    boolean full() {
        return characters > MOST_CHARACTERS;
    }
}
