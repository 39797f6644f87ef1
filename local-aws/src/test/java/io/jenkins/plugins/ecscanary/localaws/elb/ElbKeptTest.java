package io.jenkins.plugins.ecscanary.localaws.elb;

import static io.jenkins.plugins.ecscanary.localaws.elb.ElbFixture.forward;
import static io.jenkins.plugins.ecscanary.localaws.elb.ElbFixture.forwardTo;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.jenkins.plugins.ecscanary.localaws.elb.Action.FixedResponseConfig;
import io.jenkins.plugins.ecscanary.localaws.elb.Action.ForwardConfig;
import io.jenkins.plugins.ecscanary.localaws.elb.Action.GroupWeight;
import io.jenkins.plugins.ecscanary.localaws.elb.Action.Stickiness;
import io.jenkins.plugins.ecscanary.localaws.elb.AttributeOperations.AttributesResponse;
import io.jenkins.plugins.ecscanary.localaws.elb.AttributeOperations.DescribeLoadBalancerAttributesRequest;
import io.jenkins.plugins.ecscanary.localaws.elb.AttributeOperations.DescribeTargetGroupAttributesRequest;
import io.jenkins.plugins.ecscanary.localaws.elb.ListenerOperations.DescribeListenersRequest;
import io.jenkins.plugins.ecscanary.localaws.elb.ListenerOperations.ListenersResponse;
import io.jenkins.plugins.ecscanary.localaws.elb.LoadBalancerOperations.DescribeLoadBalancersRequest;
import io.jenkins.plugins.ecscanary.localaws.elb.LoadBalancerOperations.LoadBalancersResponse;
import io.jenkins.plugins.ecscanary.localaws.elb.LoadBalancing.TargetAddress;
import io.jenkins.plugins.ecscanary.localaws.elb.RuleCondition.HttpHeaderConfig;
import io.jenkins.plugins.ecscanary.localaws.elb.RuleOperations.DescribeRulesRequest;
import io.jenkins.plugins.ecscanary.localaws.elb.RuleOperations.RulesResponse;
import io.jenkins.plugins.ecscanary.localaws.elb.TagOperations.AddTagsRequest;
import io.jenkins.plugins.ecscanary.localaws.elb.TagOperations.DescribeTagsRequest;
import io.jenkins.plugins.ecscanary.localaws.elb.TagOperations.DescribeTagsResponse;
import io.jenkins.plugins.ecscanary.localaws.elb.TargetGroupOperations.DescribeTargetGroupsRequest;
import io.jenkins.plugins.ecscanary.localaws.elb.TargetGroupOperations.TargetGroupsResponse;
import io.jenkins.plugins.ecscanary.localaws.elb.TargetOperations.RegisterTargetsRequest;
import io.jenkins.plugins.ecscanary.localaws.elb.TargetOperations.TargetDescription;
import io.jenkins.plugins.ecscanary.localaws.proxy.ScriptedTarget;
import io.jenkins.plugins.ecscanary.localaws.world.Kept;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A load balancing service that takes up what another one has left. */
@Timeout(60)
class ElbKeptTest {

    private static final ObjectMapper JSON = new ObjectMapper();

    private final ElbFixture before = new ElbFixture();

    @AfterEach
    void close() {
        before.close();
    }

    private static <S> String written(ElbFixture fixture, Kept<S> kept) throws Exception {
        return JSON.writeValueAsString(fixture.world.call(kept::snapshot));
    }

    private static <S> void restore(ElbFixture fixture, Kept<S> kept, String json) throws Exception {
        S state = JSON.readValue(json, kept.type());
        fixture.world.run(() -> kept.restore(state));
    }

    /** All that describing tells. */
    private static List<Object> described(ElbFixture fixture, String balancer, String listener, List<String> groups) {
        Calls calls = fixture.calls;
        return List.of(
                calls.call(
                        "DescribeLoadBalancers",
                        new DescribeLoadBalancersRequest(null, null, null, null),
                        LoadBalancersResponse.class),
                calls.call(
                        "DescribeLoadBalancerAttributes",
                        new DescribeLoadBalancerAttributesRequest(balancer),
                        AttributesResponse.class),
                calls.call(
                        "DescribeTargetGroups",
                        new DescribeTargetGroupsRequest(null, null, null, null, null),
                        TargetGroupsResponse.class),
                calls.call(
                        "DescribeTargetGroupAttributes",
                        new DescribeTargetGroupAttributesRequest(groups.get(0)),
                        AttributesResponse.class),
                calls.call(
                        "DescribeListeners",
                        new DescribeListenersRequest(balancer, null, null, null),
                        ListenersResponse.class),
                calls.call("DescribeRules", new DescribeRulesRequest(listener, null, null, null), RulesResponse.class),
                calls.call(
                        "DescribeTags",
                        new DescribeTagsRequest(List.of(balancer, groups.get(0))),
                        DescribeTagsResponse.class));
    }

    @Test
    void everythingIsAsBeforeAndTrafficFlows() throws Exception {
        try (ScriptedTarget target = ScriptedTarget.answering("kept")) {
            String balancer = before.loadBalancer("web");
            String a = before.targetGroup("web-a");
            String b = before.targetGroup("web-b");
            before.time.advance(Duration.ofSeconds(30));
            ForwardConfig sticky = new ForwardConfig(List.of(new GroupWeight(b, 1)), new Stickiness(true, 60));
            String listener = before.listener(balancer, 80, forward(a, 90, b, 10));
            HttpHeaderConfig header = new HttpHeaderConfig("X-Canary", List.of("yes"));
            before.rule(
                    listener,
                    7,
                    Action.forward(null, sticky),
                    RuleCondition.of("path-pattern", "/b/*"),
                    new RuleCondition("http-header", null, null, null, header, null, null, null));
            FixedResponseConfig gone = new FixedResponseConfig(null, "410", null);
            before.rule(
                    listener,
                    9,
                    new Action("fixed-response", null, null, null, null, gone),
                    RuleCondition.of("host-header", "old.example.com"));
            before.balancerAttributes(balancer, "idle_timeout.timeout_seconds", "90");
            before.groupAttributes(a, "deregistration_delay.timeout_seconds", "5", "stickiness.enabled", "true");
            before.calls.call(
                    "AddTags", new AddTagsRequest(List.of(balancer), List.of(new Tag("team", "shop"))), Empty.class);
            before.calls.call(
                    "RegisterTargets",
                    new RegisterTargetsRequest(a, List.of(new TargetDescription("127.0.0.1", target.port(), null))),
                    Empty.class);
            before.register(b, new TargetAddress("127.0.1.1", 3000));
            List<Object> told = described(before, balancer, listener, List.of(a, b));
            int port = before.elb.realPort(listener);
            String json = written(before, before.elb.kept());
            before.close(); // its port is free again

            try (ElbFixture after = new ElbFixture()) {
                restore(after, after.elb.kept(), json);
                assertThat(described(after, balancer, listener, List.of(a, b))).isEqualTo(told);
                assertThat(after.elb.realPort(listener)).isEqualTo(port);
                after.settle();
                assertThat(after.only(a).state()).isEqualTo("healthy");
                assertThat(after.targets(b)).as("ECS registers its own").isEmpty();
                assertThat(after.get(listener).body()).isEqualTo("kept");
                assertThat(written(after, after.elb.kept())).isEqualTo(json);
            }
        }
    }

    @Test
    void aTakenPortIsReplacedAndTold() throws Exception {
        String listener = before.listener(before.loadBalancer("web"), 80, forwardTo(before.targetGroup("web-a")));
        int port = before.elb.realPort(listener);
        String json = written(before, before.elb.kept());
        before.close();
        try (ServerSocket taken = new ServerSocket(port, 1, InetAddress.getByName("127.0.0.1"));
                ElbFixture after = new ElbFixture()) {
            restore(after, after.elb.kept(), json);
            assertThat(after.elb.realPort(listener)).isNotEqualTo(taken.getLocalPort());
            assertThat(after.log)
                    .anyMatch(line -> line.startsWith("elb listener :80 cannot have 127.0.0.1:" + port + " again"));
            assertThat(after.get(listener).statusCode()).isEqualTo(503);
            after.time.advance(Duration.ofSeconds(30));
            assertThat(after.log).as("provisioning goes on").contains("elb load balancer web active");
        }
    }

    @Test
    void whatMakesNoSenseIsSaidWhere() throws Exception {
        try (ElbFixture after = new ElbFixture()) {
            String group = before.targetGroup("web-a");
            String listener = before.listener(before.loadBalancer("web"), 80, forwardTo(group));
            String json = written(before, before.elb.kept());
            String broken = json.replace("\"targetGroupArn\":\"" + group, "\"targetGroupArn\":\"arn:x");
            assertThatThrownBy(() -> restore(after, after.elb.kept(), broken))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining(listener)
                    .hasMessageContaining("arn:x");
        }
    }
}
