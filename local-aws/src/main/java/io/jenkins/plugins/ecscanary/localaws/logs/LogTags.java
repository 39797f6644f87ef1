package io.jenkins.plugins.ecscanary.localaws.logs;

import static io.jenkins.plugins.ecscanary.localaws.logs.LogErrors.invalid;

import io.jenkins.plugins.ecscanary.localaws.logs.LogGroupOperations.Empty;
import io.jenkins.plugins.ecscanary.localaws.wire.Operation;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** TagResource, UntagResource, ListTagsForResource, of log groups: at most 50 tags each. */
final class LogTags {

    private static final int MOST = 50;
    private static final int LONGEST_KEY = 128;
    private static final int LONGEST_VALUE = 256;

    private final LogStore store;

    LogTags(LogStore store) {
        this.store = store;
    }

    List<Operation<?, ?>> operations() {
        return List.of(
                Operation.of("TagResource", TagResourceRequest.class, store.guarded(this::tag)),
                Operation.of("UntagResource", UntagResourceRequest.class, store.guarded(this::untag)),
                Operation.of("ListTagsForResource", ListTagsForResourceRequest.class, store.guarded(this::list)));
    }

    private Empty tag(TagResourceRequest request) {
        LogGroup group = group(request.resourceArn);
        check(request.tags, group.tags);
        group.tags.putAll(request.tags);
        return new Empty();
    }

    private Empty untag(UntagResourceRequest request) {
        LogGroup group = group(request.resourceArn);
        if (request.tagKeys == null || request.tagKeys.isEmpty()) {
            throw invalid("tagKeys must have at least one element");
        }
        group.tags.keySet().removeAll(request.tagKeys);
        return new Empty();
    }

    private ListTagsForResourceResponse list(ListTagsForResourceRequest request) {
        return new ListTagsForResourceResponse(new TreeMap<>(group(request.resourceArn).tags));
    }

    private LogGroup group(String arn) {
        String name = arn == null ? null : store.nameOf(arn);
        if (name == null || name.equals(arn)) {
            throw invalid("resourceArn '" + arn + "' is not the ARN of a log group here");
        }
        return store.group(name).orElseThrow(LogErrors::noGroup);
    }

    /** @param present the tags there are already */
    static void check(Map<String, String> tags, Map<String, String> present) {
        if (tags == null) {
            throw invalid("tags must be specified");
        }
        tags.forEach((key, value) -> {
            if (key.isEmpty() || key.length() > LONGEST_KEY || value == null || value.length() > LONGEST_VALUE) {
                throw invalid("The tag '" + key + "' must have a key of 1 to " + LONGEST_KEY
                        + " and a value of at most " + LONGEST_VALUE + " characters");
            }
            if (key.startsWith("aws:")) {
                throw invalid("The tag key '" + key + "' begins with aws:, which is AWS's own");
            }
        });
        Map<String, String> all = new TreeMap<>(present);
        all.putAll(tags);
        if (all.size() > MOST) {
            throw invalid("A log group has at most " + MOST + " tags");
        }
    }

    record TagResourceRequest(String resourceArn, Map<String, String> tags) {}

    record UntagResourceRequest(String resourceArn, List<String> tagKeys) {}

    record ListTagsForResourceRequest(String resourceArn) {}

    record ListTagsForResourceResponse(Map<String, String> tags) {}
}
