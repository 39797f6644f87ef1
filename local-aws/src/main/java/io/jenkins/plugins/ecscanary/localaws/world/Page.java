package io.jenkins.plugins.ecscanary.localaws.world;

import io.jenkins.plugins.ecscanary.localaws.wire.AwsError;
import java.util.List;

/**
 * One page of a longer answer. AWS's tokens are opaque; here a token is the position of the next item.
 *
 * @param nextToken null on the last page
 */
public record Page<T>(List<T> items, String nextToken) {

    public Page {
        items = List.copyOf(items);
    }

    /**
     * @param maxResults null for {@code most}
     * @throws AwsError InvalidParameterException if the token or the number is not valid
     */
    public static <T> Page<T> of(List<T> all, String token, Integer maxResults, int most) {
        int size = maxResults == null ? most : maxResults;
        if (size < 1 || size > most) {
            throw new AwsError(
                    "InvalidParameterException", "maxResults must be between 1 and " + most + ", not " + size);
        }
        int from = position(token, all.size());
        int to = Math.min(all.size(), from + size);
        return new Page<>(all.subList(from, to), to < all.size() ? Integer.toString(to) : null);
    }

    private static int position(String token, int size) {
        if (token == null || token.isEmpty()) {
            return 0;
        }
        try {
            return Math.min(Integer.parseUnsignedInt(token), size);
        } catch (NumberFormatException e) {
            throw new AwsError("InvalidParameterException", "Invalid token: " + token);
        }
    }
}
