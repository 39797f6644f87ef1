package io.jenkins.plugins.ecscanary.engine.figures;

import io.jenkins.plugins.ecscanary.engine.aws.ImageReference;
import io.jenkins.plugins.ecscanary.engine.model.Revision;
import io.jenkins.plugins.ecscanary.engine.record.RecordSummary;
import java.util.Objects;

/**
 * What a deployment changes against what served before it, as far as its record's line tells.
 *
 * @param taskDefinition {@code family:revision} before and after
 * @param tag of the image; null on a side where it has none, as a reference by digest only
 * @param digest {@code sha256:…}; null on a side where it is not known
 */
public record ChangeSince(Step taskDefinition, Step tag, Step digest) {

    /**
     * One thing before and after; either may be null.
     *
     * @param before null where it is not known
     */
    public record Step(String before, String after) {

        /** Whether it is known to be another one. */
        public boolean differs() {
            return before != null && after != null && !before.equals(after);
        }

        /** Whether it is known to be the same one. */
        public boolean same() {
            return before != null && before.equals(after);
        }
    }

    /** Null if the record never got as far as a revision to deploy. */
    public static ChangeSince of(RecordSummary record) {
        return record.revision() == null ? null : between(record.original(), record.revision());
    }

    /** @param before null where it is not known what served before */
    public static ChangeSince between(Revision before, Revision after) {
        Objects.requireNonNull(after, "after");
        return new ChangeSince(
                new Step(before == null ? null : before.shortTaskDefinition(), after.shortTaskDefinition()),
                new Step(tag(before), tag(after)),
                new Step(digest(before), digest(after)));
    }

    /** Whether it is known that the very same image serves before and after. */
    public boolean sameImage() {
        return digest.same();
    }

    private static String tag(Revision revision) {
        ImageReference image = image(revision);
        return image == null ? null : image.effectiveTag();
    }

    private static String digest(Revision revision) {
        if (revision != null && revision.digest() != null) {
            return revision.digest();
        }
        ImageReference image = image(revision);
        return image == null ? null : image.digest();
    }

    /** Null where there is none, or it is written in a way that Docker's own rules do not know: a record shows it as it is. */
    private static ImageReference image(Revision revision) {
        if (revision == null || revision.image() == null) {
            return null;
        }
        try {
            return ImageReference.parse(revision.image());
        } catch (IllegalArgumentException e) {
            return null;
        }
    }
}
