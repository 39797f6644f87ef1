package io.jenkins.plugins.ecscanary.localaws.elb;

import io.jenkins.plugins.ecscanary.localaws.wire.AwsError;
import io.jenkins.plugins.ecscanary.localaws.wire.Operation;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** AddTags, DescribeTags. */
final class TagOperations {

    private static final int MOST_TAGS = 50;

    private final ElbState state;

    TagOperations(ElbState state) {
        this.state = state;
    }

    List<Operation<?, ?>> operations() {
        return List.of(
                Operation.of("AddTags", AddTagsRequest.class, this::add),
                Operation.of("DescribeTags", DescribeTagsRequest.class, this::describe));
    }

    /** Tags of a resource that is being created. */
    void put(String arn, List<Tag> tags) {
        if (tags == null || tags.isEmpty()) {
            return;
        }
        Map<String, String> merged = new LinkedHashMap<>(state.tags.getOrDefault(arn, Map.of()));
        for (Tag tag : tags) {
            Require.present(tag.key(), "tag key");
            merged.put(tag.key(), tag.value() == null ? "" : tag.value());
        }
        if (merged.size() > MOST_TAGS) {
            throw new AwsError("TooManyTags", "A resource can have " + MOST_TAGS + " tags at most");
        }
        state.tags.put(arn, merged);
    }

    private Empty add(AddTagsRequest in) {
        Require.present(in.resourceArns(), "resource ARN");
        Require.present(in.tags(), "tag");
        in.resourceArns().forEach(this::requireResource);
        in.resourceArns().forEach(arn -> put(arn, in.tags()));
        return new Empty();
    }

    private DescribeTagsResponse describe(DescribeTagsRequest in) {
        Require.present(in.resourceArns(), "resource ARN");
        in.resourceArns().forEach(this::requireResource);
        return new DescribeTagsResponse(in.resourceArns().stream()
                .map(arn -> new TagDescription(
                        arn,
                        state.tags.getOrDefault(arn, Map.of()).entrySet().stream()
                                .map(tag -> new Tag(tag.getKey(), tag.getValue()))
                                .toList()))
                .toList());
    }

    private void requireResource(String arn) {
        if (arn.contains(":targetgroup/")) {
            state.targetGroup(arn);
        } else if (arn.contains(":listener/")) {
            state.listener(arn);
        } else {
            state.loadBalancer(arn);
        }
    }

    record AddTagsRequest(List<String> resourceArns, List<Tag> tags) {}

    record DescribeTagsRequest(List<String> resourceArns) {}

    record DescribeTagsResponse(List<TagDescription> tagDescriptions) {}

    record TagDescription(String resourceArn, List<Tag> tags) {}
}
