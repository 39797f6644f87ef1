package io.jenkins.plugins.ecscanary.localaws.ecs;

import io.jenkins.plugins.ecscanary.localaws.ecs.TaskDefinitions.Registered;
import io.jenkins.plugins.ecscanary.localaws.wire.AwsError;
import io.jenkins.plugins.ecscanary.localaws.wire.Operation;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** TagResource, UntagResource, ListTagsForResource, for clusters, services, tasks and task definitions. */
final class TagOperations {

    private final Clusters clusters;
    private final TaskDefinitions definitions;

    TagOperations(Clusters clusters, TaskDefinitions definitions) {
        this.clusters = clusters;
        this.definitions = definitions;
    }

    List<Operation<?, ?>> operations() {
        return List.of(
                Operation.of("TagResource", TagResourceRequest.class, this::tag),
                Operation.of("UntagResource", UntagResourceRequest.class, this::untag),
                Operation.of("ListTagsForResource", ListTagsForResourceRequest.class, this::list));
    }

    NoAnswer tag(TagResourceRequest request) {
        Tagged tagged = find(request.resourceArn);
        Tag.check(request.tags);
        tagged.change.accept(Tag.merged(tagged.tags, request.tags));
        return new NoAnswer();
    }

    NoAnswer untag(UntagResourceRequest request) {
        Tagged tagged = find(request.resourceArn);
        tagged.change.accept(Tag.without(tagged.tags, request.tagKeys));
        return new NoAnswer();
    }

    ListTagsForResourceResponse list(ListTagsForResourceRequest request) {
        return new ListTagsForResourceResponse(find(request.resourceArn).tags);
    }

    private Tagged find(String arn) {
        String[] parts = Members.required("resourceArn", arn).split(":", 6);
        if (parts.length < 6 || !"ecs".equals(parts[2])) {
            throw Members.invalid("Invalid resourceArn '" + arn + "': it is no ARN of Amazon ECS.");
        }
        String[] resource = parts[5].split("/");
        return switch (resource[0]) {
            case "cluster" -> tagged(clusters.require(arn));
            case "service" -> tagged(cluster(resource, arn).requireActive(arn));
            case "task" ->
                cluster(resource, arn).task(arn).map(TagOperations::tagged).orElseThrow(() -> missing(arn));
            case "task-definition" -> definitions.find(arn).map(this::tagged).orElseThrow(() -> missing(arn));
            default -> throw AwsError.unsupported("tags of a " + resource[0]);
        };
    }

    private Cluster cluster(String[] resource, String arn) {
        return Optional.of(resource)
                .filter(parts -> parts.length == 3)
                .map(parts -> clusters.require(parts[1]))
                .orElseThrow(() -> Members.invalid("Invalid resourceArn '" + arn + "': it names no cluster."));
    }

    /** AWS documents the code; its sentence is not known. */
    private static AwsError missing(String arn) {
        return new AwsError("ResourceNotFoundException", "The specified resource " + arn + " was not found.");
    }

    private static Tagged tagged(Cluster cluster) {
        return new Tagged(cluster.tags, tags -> cluster.tags = tags);
    }

    private static Tagged tagged(Service service) {
        return new Tagged(service.tags, tags -> service.tags = tags);
    }

    private static Tagged tagged(Task task) {
        return new Tagged(task.tags, tags -> task.tags = tags);
    }

    private Tagged tagged(Registered registered) {
        return new Tagged(registered.tags(), tags -> definitions.replace(registered.definition(), tags));
    }

    /** A resource's tags and how they are changed. */
    private record Tagged(List<Tag> tags, Consumer<List<Tag>> change) {}

    record TagResourceRequest(String resourceArn, List<Tag> tags) {
        TagResourceRequest {
            tags = Copies.orEmpty(tags);
        }
    }

    record UntagResourceRequest(String resourceArn, List<String> tagKeys) {
        UntagResourceRequest {
            tagKeys = Copies.orEmpty(tagKeys);
        }
    }

    record ListTagsForResourceRequest(String resourceArn) {}

    record ListTagsForResourceResponse(List<Tag> tags) {
        ListTagsForResourceResponse {
            tags = List.copyOf(tags);
        }
    }

    record NoAnswer() {}
}
