package io.jenkins.plugins.ecscanary.localaws.ecs;

import io.jenkins.plugins.ecscanary.localaws.wire.AwsError;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * A key and a value people attach to a resource. The limits are those of the API reference (TagResource): 50 a resource,
 * keys of 1 to 128 characters, values of up to 256, nothing that starts with {@code aws:}.
 */
record Tag(String key, String value) {

    private static final int MOST = 50;
    private static final int LONGEST_KEY = 128;
    private static final int LONGEST_VALUE = 256;
    private static final Pattern CHARACTERS = Pattern.compile("[\\p{L}\\p{Z}\\p{N}_.:/=+\\-@]*");

    /** Tags are answered only to those who ask for them with {@code include=TAGS}. */
    static List<Tag> ifIncluded(List<String> include, List<Tag> tags) {
        return include.contains("TAGS") ? tags : null;
    }

    /** @throws AwsError InvalidParameterException if they are not what a resource may get */
    static void check(Collection<Tag> tags) {
        Set<String> keys = new HashSet<>();
        for (Tag tag : tags) {
            tag.check();
            if (!keys.add(tag.key)) {
                throw Members.invalid("Duplicate tag keys found: '" + tag.key + "'. Tag keys must be unique.");
            }
        }
        checkNumber(tags);
    }

    /** What is there with {@code added} on top; a key that is there gets the new value. */
    static List<Tag> merged(List<Tag> present, List<Tag> added) {
        List<Tag> merged = new ArrayList<>(present);
        merged.removeIf(old -> added.stream().anyMatch(tag -> tag.key.equals(old.key)));
        merged.addAll(added);
        checkNumber(merged);
        return List.copyOf(merged);
    }

    static List<Tag> without(List<Tag> present, List<String> keys) {
        return present.stream().filter(tag -> !keys.contains(tag.key)).toList();
    }

    private void check() {
        if (key == null || key.isEmpty() || key.length() > LONGEST_KEY) {
            throw Members.invalid("Tag keys must have 1 to " + LONGEST_KEY + " characters.");
        }
        if (value != null && value.length() > LONGEST_VALUE) {
            throw Members.invalid("Tag values must have at most " + LONGEST_VALUE + " characters (tag '" + key + "').");
        }
        if (isReserved(key) || (value != null && isReserved(value))) {
            throw Members.invalid("Tag keys and values that start with 'aws:' are reserved (tag '" + key + "').");
        }
        if (!CHARACTERS.matcher(key).matches()
                || (value != null && !CHARACTERS.matcher(value).matches())) {
            throw Members.invalid("Tag '" + key + "' has characters that are not allowed: letters, numbers, spaces and"
                    + " + - = . _ : / @ are.");
        }
    }

    private static boolean isReserved(String text) {
        return text.toLowerCase(Locale.ROOT).startsWith("aws:");
    }

    private static void checkNumber(Collection<Tag> tags) {
        if (tags.stream().filter(tag -> !isReserved(tag.key)).count() > MOST) {
            throw Members.invalid("A resource can have " + MOST + " tags at most.");
        }
    }
}
