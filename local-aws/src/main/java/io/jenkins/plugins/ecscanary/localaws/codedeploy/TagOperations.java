package io.jenkins.plugins.ecscanary.localaws.codedeploy;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.jenkins.plugins.ecscanary.localaws.wire.AwsError;
import io.jenkins.plugins.ecscanary.localaws.wire.Operation;
import io.jenkins.plugins.ecscanary.localaws.world.Page;
import java.util.List;

/** TagResource, UntagResource, ListTagsForResource, for applications and deployment groups. */
final class TagOperations {

    private final Applications applications;
    private final Tags tags;

    TagOperations(Applications applications, Tags tags) {
        this.applications = applications;
        this.tags = tags;
    }

    List<Operation<?, ?>> operations() {
        return List.of(
                Operation.of("TagResource", TagResource.class, this::tag),
                Operation.of("UntagResource", UntagResource.class, this::untag),
                Operation.of("ListTagsForResource", ListTags.class, this::list));
    }

    private Done tag(TagResource in) {
        require(in.resourceArn);
        if (in.tags == null || in.tags.isEmpty()) {
            throw new AwsError("TagRequiredException", "At least one tag is required");
        }
        tags.put(in.resourceArn, Tags.checked(in.tags));
        return new Done();
    }

    private Done untag(UntagResource in) {
        require(in.resourceArn);
        if (in.tagKeys == null || in.tagKeys.isEmpty()) {
            throw new AwsError("TagRequiredException", "At least one tag key is required");
        }
        tags.remove(in.resourceArn, in.tagKeys);
        return new Done();
    }

    private TagList list(ListTags in) {
        require(in.resourceArn);
        Page<Tags.Tag> page = Pages.of(tags.of(in.resourceArn), in.nextToken);
        return new TagList(page.items(), page.nextToken());
    }

    private void require(String arn) {
        if (arn == null || arn.isEmpty()) {
            throw new AwsError("ResourceArnRequiredException", "The resource ARN is required");
        }
        if (arn.startsWith(tags.applicationArn(""))) {
            applications.get(arn.substring(tags.applicationArn("").length()));
            return;
        }
        String prefix = tags.groupArn("", "").replaceAll("/$", "");
        String[] names = arn.startsWith(prefix) ? arn.substring(prefix.length()).split("/", 2) : new String[0];
        if (names.length == 2) {
            applications.group(names[0], names[1]);
        } else if (arn.matches("arn:aws[a-z-]*:codedeploy:[a-z0-9-]+:[0-9]{12}:.+")) {
            throw new AwsError(
                    "ArnNotSupportedException", "The ARN is of no application and no deployment group: " + arn);
        } else {
            throw new AwsError("InvalidArnException", "The ARN is not valid: " + arn);
        }
    }

    record TagResource(@JsonProperty("ResourceArn") String resourceArn, @JsonProperty("Tags") List<Tags.Tag> tags) {}

    record UntagResource(
            @JsonProperty("ResourceArn") String resourceArn, @JsonProperty("TagKeys") List<String> tagKeys) {}

    record ListTags(@JsonProperty("ResourceArn") String resourceArn, @JsonProperty("NextToken") String nextToken) {}

    record TagList(@JsonProperty("Tags") List<Tags.Tag> tags, @JsonProperty("NextToken") String nextToken) {}

    record Done() {}
}
