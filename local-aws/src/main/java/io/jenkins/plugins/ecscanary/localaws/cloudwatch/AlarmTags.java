package io.jenkins.plugins.ecscanary.localaws.cloudwatch;

import static io.jenkins.plugins.ecscanary.localaws.cloudwatch.Arguments.invalid;
import static io.jenkins.plugins.ecscanary.localaws.cloudwatch.Arguments.required;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.jenkins.plugins.ecscanary.localaws.wire.AwsError;
import io.jenkins.plugins.ecscanary.localaws.wire.Operation;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** TagResource, UntagResource, ListTagsForResource: of alarms, the only resources here. At most 50 tags each. */
final class AlarmTags {

    private static final int MOST = 50;
    private static final int LONGEST_KEY = 128;
    private static final int LONGEST_VALUE = 256;

    private final AlarmBook book;

    AlarmTags(AlarmBook book) {
        this.book = book;
    }

    List<Operation<?, ?>> operations() {
        return List.of(
                Operation.of("TagResource", TagResourceRequest.class, this::tag),
                Operation.of("UntagResource", UntagResourceRequest.class, this::untag),
                Operation.of("ListTagsForResource", ListTagsForResourceRequest.class, this::list));
    }

    private Empty tag(TagResourceRequest in) {
        Alarm alarm = alarm(in.resourceArn());
        alarm.tags.putAll(checked(required(in.tags(), "Tags"), alarm.tags));
        return new Empty();
    }

    private Empty untag(UntagResourceRequest in) {
        Alarm alarm = alarm(in.resourceArn());
        alarm.tags.keySet().removeAll(required(in.tagKeys(), "TagKeys"));
        return new Empty();
    }

    private ListTagsForResourceResponse list(ListTagsForResourceRequest in) {
        return new ListTagsForResourceResponse(alarm(in.resourceArn()).tags.entrySet().stream()
                .map(tag -> new Tag(tag.getKey(), tag.getValue()))
                .toList());
    }

    private Alarm alarm(String arn) {
        String prefix = book.arnPrefix();
        required(arn, "ResourceARN");
        return book.alarm(arn.startsWith(prefix) ? arn.substring(prefix.length()) : null)
                .orElseThrow(() -> new AwsError(404, "ResourceNotFoundException", "There is no alarm " + arn));
    }

    /**
     * @param given null for none
     * @param present the tags there are already
     */
    static Map<String, String> checked(List<Tag> given, Map<String, String> present) {
        Map<String, String> tags = new TreeMap<>();
        for (Tag tag : given == null ? List.<Tag>of() : given) {
            if (tag.key() == null || tag.key().isEmpty() || tag.key().length() > LONGEST_KEY) {
                throw invalid("A tag's Key must have 1 to " + LONGEST_KEY + " characters");
            }
            if (tag.key().startsWith("aws:")) {
                throw invalid("The tag key '" + tag.key() + "' begins with aws:, which is AWS's own");
            }
            if (tag.value() == null || tag.value().length() > LONGEST_VALUE) {
                throw invalid(
                        "The Value of the tag '" + tag.key() + "' must have 0 to " + LONGEST_VALUE + " characters");
            }
            if (tags.put(tag.key(), tag.value()) != null) {
                throw invalid("The tag key '" + tag.key() + "' is given more than once");
            }
        }
        Map<String, String> all = new TreeMap<>(present);
        all.putAll(tags);
        if (all.size() > MOST) {
            throw invalid("An alarm has at most " + MOST + " tags");
        }
        return tags;
    }

    record TagResourceRequest(@JsonProperty("ResourceARN") String resourceArn, List<Tag> tags) {}

    record UntagResourceRequest(@JsonProperty("ResourceARN") String resourceArn, List<String> tagKeys) {}

    record ListTagsForResourceRequest(@JsonProperty("ResourceARN") String resourceArn) {}

    record ListTagsForResourceResponse(List<Tag> tags) {}
}
