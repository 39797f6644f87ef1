package io.jenkins.plugins.ecscanary.localaws.elb;

import static io.jenkins.plugins.ecscanary.localaws.elb.ElbFixture.forwardTo;
import static io.jenkins.plugins.ecscanary.localaws.elb.Refused.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.ecscanary.localaws.elb.TagOperations.AddTagsRequest;
import io.jenkins.plugins.ecscanary.localaws.elb.TagOperations.DescribeTagsRequest;
import io.jenkins.plugins.ecscanary.localaws.elb.TagOperations.DescribeTagsResponse;
import io.jenkins.plugins.ecscanary.localaws.elb.TagOperations.RemoveTagsRequest;
import io.jenkins.plugins.ecscanary.localaws.elb.TagOperations.TagDescription;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Tags of every kind of resource. */
class TagTest {

    private final ElbFixture fixture = new ElbFixture();
    private final String group = fixture.targetGroup("web-a");

    @AfterEach
    void close() {
        fixture.close();
    }

    private void add(String arn, Tag... tags) {
        fixture.calls.call("AddTags", new AddTagsRequest(List.of(arn), List.of(tags)), Empty.class);
    }

    private List<TagDescription> tags(List<String> arns) {
        return fixture.calls
                .call("DescribeTags", new DescribeTagsRequest(arns), DescribeTagsResponse.class)
                .tagDescriptions();
    }

    @Test
    void everyKindOfResourceKeepsItsTags() {
        String balancer = fixture.loadBalancer("web");
        String listener = fixture.listener(balancer, 80, forwardTo(group));
        String rule = fixture.rule(listener, 1, forwardTo(group), RuleCondition.of("path-pattern", "/x"))
                .ruleArn();
        List<String> arns = List.of(group, balancer, listener, rule);
        arns.forEach(arn -> add(arn, new Tag("team", "shop"), new Tag("empty", null)));
        add(group, new Tag("team", "cart"));
        fixture.calls.call("RemoveTags", new RemoveTagsRequest(List.of(rule), List.of("team", "no-such")), Empty.class);
        assertThat(tags(arns))
                .containsExactly(
                        new TagDescription(group, List.of(new Tag("team", "cart"), new Tag("empty", ""))),
                        new TagDescription(balancer, List.of(new Tag("team", "shop"), new Tag("empty", ""))),
                        new TagDescription(listener, List.of(new Tag("team", "shop"), new Tag("empty", ""))),
                        new TagDescription(rule, List.of(new Tag("empty", ""))));
    }

    @Test
    void badTagsAreRefusedAndChangeNothing() {
        assertRefused("DuplicateTagKeys", "'a'", () -> add(group, new Tag("a", "1"), new Tag("a", "2")));
        assertRefused("ValidationError", "'AWS:x' cannot begin", () -> add(group, new Tag("AWS:x", "1")));
        assertRefused("ValidationError", "longer than '128'", () -> add(group, new Tag("k".repeat(129), "1")));
        assertRefused("ValidationError", "longer than '256'", () -> add(group, new Tag("k", "v".repeat(257))));
        assertRefused(
                "TooManyTags",
                "50",
                () -> add(
                        group,
                        IntStream.range(0, 51)
                                .mapToObj(i -> new Tag("k" + i, ""))
                                .toArray(Tag[]::new)));
        assertRefused("ValidationError", "A tag must be specified", () -> add(group));
        assertRefused("ValidationError", "maximum of '20'", () -> tags(Collections.nCopies(21, group)));
        String gone = group.replace("web-a", "web-x");
        assertRefused("TargetGroupNotFound", gone, () -> tags(List.of(group, gone)));
        assertThat(tags(List.of(group)).get(0).tags()).isEmpty();
    }
}
