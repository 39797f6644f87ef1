package io.jenkins.plugins.ecscanary.jenkins.history;

import hudson.Util;
import io.jenkins.plugins.ecscanary.engine.model.Revision;
import java.time.Duration;

/** Durations and revisions as people read them. */
final class Shown {

    private static final int DIGEST_DIGITS = 12;
    private static final String SHA256 = "sha256:";

    private Shown() {}

    static String span(Duration duration) {
        return Util.getTimeSpanString(Math.max(0, duration.toMillis()));
    }

    /** The beginning of it, as people compare them. */
    static String digest(String digest) {
        if (digest == null || !digest.startsWith(SHA256)) {
            return digest;
        }
        return digest.substring(SHA256.length(), Math.min(digest.length(), SHA256.length() + DIGEST_DIGITS));
    }

    /** What became of a value; null where there was none, or is none any more. */
    static String change(String before, String after) {
        if (before == null) {
            return "+ " + after;
        }
        return after == null ? "− " + before : before + " → " + after;
    }

    /** {@code web:12 · 1.5.0 · 0a1b2c3d4e5f}, as far as it is known. */
    static String revision(Revision revision, String tag) {
        StringBuilder text = new StringBuilder(revision.shortTaskDefinition());
        if (tag != null) {
            text.append(" · ").append(tag);
        }
        if (revision.digest() != null) {
            text.append(" · ").append(digest(revision.digest()));
        }
        return text.toString();
    }
}
