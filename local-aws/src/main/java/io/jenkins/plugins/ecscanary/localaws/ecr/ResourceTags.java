package io.jenkins.plugins.ecscanary.localaws.ecr;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.jenkins.plugins.ecscanary.localaws.wire.AwsError;
import io.jenkins.plugins.ecscanary.localaws.wire.Operation;
import io.jenkins.plugins.ecscanary.localaws.world.World;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** TagResource, UntagResource, ListTagsForResource: tags of repositories. */
final class ResourceTags {

    private static final int MOST = 50;

    private final World world;
    private final Repositories repositories;

    ResourceTags(World world, Repositories repositories) {
        this.world = world;
        this.repositories = repositories;
    }

    List<Operation<?, ?>> operations() {
        return List.of(
                Operation.of("TagResource", TagResourceRequest.class, this::tag),
                Operation.of("UntagResource", UntagResourceRequest.class, this::untag),
                Operation.of("ListTagsForResource", ListTagsForResourceRequest.class, this::list));
    }

    /** @throws AwsError InvalidTagParameterException, TooManyTagsException */
    static void check(List<Tag> tags) {
        for (Tag tag : tags) {
            if (tag.key == null || tag.key.isEmpty() || tag.key.length() > 128 || tag.key.startsWith("aws:")) {
                throw invalid("a key has 1 to 128 characters and does not begin with aws:");
            }
            if (tag.value == null || tag.value.length() > 256) {
                throw invalid("a value is there and has at most 256 characters");
            }
        }
        if (tags.size() > MOST) {
            throw new AwsError("TooManyTagsException", "The maximum number of tags is " + MOST);
        }
    }

    private static AwsError invalid(String why) {
        return new AwsError("InvalidTagParameterException", "Invalid parameter at 'tags': " + why);
    }

    static void put(Repository repository, List<Tag> tags) {
        Map<String, String> all = new TreeMap<>(repository.resourceTags);
        tags.forEach(tag -> all.put(tag.key, tag.value));
        if (all.size() > MOST) {
            throw new AwsError("TooManyTagsException", "The maximum number of tags is " + MOST);
        }
        repository.resourceTags.putAll(all);
    }

    Done tag(TagResourceRequest request) {
        Repository repository = require(request.resourceArn);
        List<Tag> tags = request.tags == null ? List.of() : request.tags;
        check(tags);
        put(repository, tags);
        return new Done();
    }

    Done untag(UntagResourceRequest request) {
        Repository repository = require(request.resourceArn);
        if (request.tagKeys != null) {
            repository.resourceTags.keySet().removeAll(request.tagKeys);
        }
        return new Done();
    }

    ListTagsForResourceResponse list(ListTagsForResourceRequest request) {
        return new ListTagsForResourceResponse(require(request.resourceArn).resourceTags.entrySet().stream()
                .map(tag -> new Tag(tag.getKey(), tag.getValue()))
                .toList());
    }

    private Repository require(String arn) {
        String prefix = world.arn("ecr", "repository/");
        if (arn == null || !arn.startsWith(prefix)) {
            throw Invalid.parameter("resourceArn", "it is no repository's of this account and region: " + arn);
        }
        return repositories.require(null, arn.substring(prefix.length()));
    }

    /** ECR's tags have capitals, unlike the rest of it. */
    record Tag(@JsonProperty("Key") String key, @JsonProperty("Value") String value) {}

    record TagResourceRequest(String resourceArn, List<Tag> tags) {}

    record UntagResourceRequest(String resourceArn, List<String> tagKeys) {}

    record ListTagsForResourceRequest(String resourceArn) {}

    record ListTagsForResourceResponse(List<Tag> tags) {}

    record Done() {}
}
