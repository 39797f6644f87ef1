package io.jenkins.plugins.ecscanary.localaws.elb;

import io.jenkins.plugins.ecscanary.localaws.wire.AwsError;
import io.jenkins.plugins.ecscanary.localaws.wire.Operation;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** AddTags, RemoveTags, DescribeTags. */
final class TagOperations {

    private static final int MOST_TAGS = 50;
    private static final int MOST_RESOURCES = 20;
    private static final int LONGEST_KEY = 128;
    private static final int LONGEST_VALUE = 256;

    private final ElbState state;

    TagOperations(ElbState state) {
        this.state = state;
    }

    List<Operation<?, ?>> operations() {
        return List.of(
                Operation.of("AddTags", AddTagsRequest.class, this::add),
                Operation.of("RemoveTags", RemoveTagsRequest.class, this::remove),
                Operation.of("DescribeTags", DescribeTagsRequest.class, this::describe));
    }

    /**
     * The tags a resource would have with these added: nothing is changed.
     *
     * @param tags null for none
     */
    Map<String, String> checked(String arn, List<Tag> tags) {
        Map<String, String> merged = new LinkedHashMap<>(state.tags.getOrDefault(arn, Map.of()));
        Set<String> given = new HashSet<>();
        for (Tag tag : tags == null ? List.<Tag>of() : tags) {
            String key = Require.present(tag.key(), "tag key");
            Require.shorter(key, LONGEST_KEY, "Tag key");
            Require.shorter(tag.value() == null ? "" : tag.value(), LONGEST_VALUE, "Tag value");
            if (key.toLowerCase(Locale.ROOT).startsWith("aws:")) {
                throw Require.invalid("Tag key '" + key + "' cannot begin with 'aws:', which is reserved");
            }
            if (!given.add(key)) {
                throw new AwsError("DuplicateTagKeys", "The tag key '" + key + "' is specified more than once");
            }
            merged.put(key, tag.value() == null ? "" : tag.value());
        }
        if (merged.size() > MOST_TAGS) {
            throw new AwsError("TooManyTags", "A resource can have " + MOST_TAGS + " tags at most");
        }
        return merged;
    }

    /** Takes what {@link #checked} gave. */
    void set(String arn, Map<String, String> tags) {
        if (tags.isEmpty()) {
            state.tags.remove(arn);
        } else {
            state.tags.put(arn, tags);
        }
    }

    private Empty add(AddTagsRequest in) {
        resources(in.resourceArns());
        if (in.tags() == null || in.tags().isEmpty()) {
            throw Require.invalid("A tag must be specified");
        }
        Map<String, Map<String, String>> checked = new LinkedHashMap<>();
        in.resourceArns().forEach(arn -> checked.put(arn, checked(arn, in.tags())));
        checked.forEach(this::set);
        return new Empty();
    }

    private Empty remove(RemoveTagsRequest in) {
        resources(in.resourceArns());
        if (in.tagKeys() == null || in.tagKeys().isEmpty()) {
            throw Require.invalid("A tag key must be specified");
        }
        for (String arn : in.resourceArns()) {
            Map<String, String> left = new LinkedHashMap<>(state.tags.getOrDefault(arn, Map.of()));
            left.keySet().removeAll(in.tagKeys());
            set(arn, left);
        }
        return new Empty();
    }

    private DescribeTagsResponse describe(DescribeTagsRequest in) {
        return new DescribeTagsResponse(resources(in.resourceArns()).stream()
                .map(arn -> new TagDescription(
                        arn,
                        state.tags.getOrDefault(arn, Map.of()).entrySet().stream()
                                .map(tag -> new Tag(tag.getKey(), tag.getValue()))
                                .toList()))
                .toList());
    }

    /** At most twenty, all of which there are. */
    private List<String> resources(List<String> arns) {
        if (arns == null || arns.isEmpty()) {
            throw Require.invalid("A resource ARN must be specified");
        }
        if (arns.size() > MOST_RESOURCES) {
            throw Require.invalid("A maximum of '" + MOST_RESOURCES + "' resource ARNs can be specified");
        }
        arns.forEach(this::requireResource);
        return arns;
    }

    private void requireResource(String arn) {
        if (arn.contains(":targetgroup/")) {
            state.targetGroup(arn);
        } else if (arn.contains(":listener-rule/")) {
            state.rule(arn);
        } else if (arn.contains(":listener/")) {
            state.listener(arn);
        } else {
            state.loadBalancer(arn);
        }
    }

    record AddTagsRequest(List<String> resourceArns, List<Tag> tags) {}

    record RemoveTagsRequest(List<String> resourceArns, List<String> tagKeys) {}

    record DescribeTagsRequest(List<String> resourceArns) {}

    record DescribeTagsResponse(List<TagDescription> tagDescriptions) {}

    record TagDescription(String resourceArn, List<Tag> tags) {}
}
