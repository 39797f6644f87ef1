package io.jenkins.plugins.ecscanary.localaws.elb;

import java.util.List;

/**
 * A part of a listing.
 *
 * @param nextMarker for the part after it, or null if this is the last
 */
record Page<T>(List<T> items, String nextMarker) {

    /** AWS's largest page, and its default. */
    private static final int LARGEST = 400;

    static <T> Page<T> of(List<T> all, String marker, Integer pageSize) {
        int size = Require.between(pageSize, LARGEST, 1, LARGEST, "Page size");
        int from = 0;
        if (marker != null) {
            try {
                from = Integer.parseInt(marker);
            } catch (NumberFormatException e) {
                from = -1;
            }
            if (from < 0 || from > all.size()) {
                throw Require.invalid("'" + marker + "' is not a marker this operation has given");
            }
        }
        int to = Math.min(all.size(), from + size);
        return new Page<>(List.copyOf(all.subList(from, to)), to < all.size() ? Integer.toString(to) : null);
    }
}
