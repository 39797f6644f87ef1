package io.jenkins.plugins.ecscanary.localaws.elb;

import static io.jenkins.plugins.ecscanary.localaws.elb.ElbFixture.forward;
import static io.jenkins.plugins.ecscanary.localaws.elb.ElbFixture.forwardTo;
import static io.jenkins.plugins.ecscanary.localaws.elb.Refused.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.ecscanary.localaws.elb.Action.ForwardConfig;
import io.jenkins.plugins.ecscanary.localaws.elb.Action.GroupWeight;
import io.jenkins.plugins.ecscanary.localaws.elb.Action.Stickiness;
import io.jenkins.plugins.ecscanary.localaws.elb.ListenerOperations.CreateListenerRequest;
import io.jenkins.plugins.ecscanary.localaws.elb.ListenerOperations.DeleteListenerRequest;
import io.jenkins.plugins.ecscanary.localaws.elb.ListenerOperations.DescribeListenersRequest;
import io.jenkins.plugins.ecscanary.localaws.elb.ListenerOperations.ListenersResponse;
import io.jenkins.plugins.ecscanary.localaws.elb.ListenerOperations.ModifyListenerRequest;
import io.jenkins.plugins.ecscanary.localaws.elb.LoadBalancerOperations.CreateLoadBalancerRequest;
import io.jenkins.plugins.ecscanary.localaws.elb.LoadBalancerOperations.DeleteLoadBalancerRequest;
import io.jenkins.plugins.ecscanary.localaws.elb.LoadBalancerOperations.DescribeLoadBalancersRequest;
import io.jenkins.plugins.ecscanary.localaws.elb.LoadBalancerOperations.LoadBalancerShown;
import io.jenkins.plugins.ecscanary.localaws.elb.LoadBalancerOperations.LoadBalancersResponse;
import io.jenkins.plugins.ecscanary.localaws.elb.RuleOperations.DescribeRulesRequest;
import io.jenkins.plugins.ecscanary.localaws.elb.RuleOperations.RulesResponse;
import io.jenkins.plugins.ecscanary.localaws.elb.TargetGroupOperations.CreateTargetGroupRequest;
import io.jenkins.plugins.ecscanary.localaws.elb.TargetGroupOperations.DeleteTargetGroupRequest;
import io.jenkins.plugins.ecscanary.localaws.elb.TargetGroupOperations.DescribeTargetGroupsRequest;
import io.jenkins.plugins.ecscanary.localaws.elb.TargetGroupOperations.Matcher;
import io.jenkins.plugins.ecscanary.localaws.elb.TargetGroupOperations.ModifyTargetGroupRequest;
import io.jenkins.plugins.ecscanary.localaws.elb.TargetGroupOperations.TargetGroupsResponse;
import io.jenkins.plugins.ecscanary.localaws.elb.TargetOperations.RegisterTargetsRequest;
import io.jenkins.plugins.ecscanary.localaws.elb.TargetOperations.TargetDescription;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Load balancers, target groups and listeners through their operations. */
class ElbControlTest {

    private static final String ARN = "arn:aws:elasticloadbalancing:eu-central-1:123456789012:";

    private final ElbFixture fixture = new ElbFixture();

    @AfterEach
    void close() {
        fixture.close();
    }

    private LoadBalancerShown describe(String arn) {
        return fixture.calls
                .call(
                        "DescribeLoadBalancers",
                        new DescribeLoadBalancersRequest(List.of(arn), null, null, null),
                        LoadBalancersResponse.class)
                .loadBalancers()
                .get(0);
    }

    private ListenersResponse listeners(String arn) {
        return fixture.calls.call(
                "DescribeListeners",
                new DescribeListenersRequest(null, List.of(arn), null, null),
                ListenersResponse.class);
    }

    @Test
    void aLoadBalancerIsProvisionedAndThenActive() {
        String arn = fixture.loadBalancer("web");
        assertThat(arn).matches(ARN + "loadbalancer/app/web/[0-9a-f]{16}");
        LoadBalancerShown shown = describe(arn);
        assertThat(shown.state().code()).isEqualTo("provisioning");
        assertThat(shown.dnsName()).isEqualTo("127.0.0.1");
        assertThat(shown.type()).isEqualTo("application");
        assertThat(shown.scheme()).isEqualTo("internet-facing");
        assertThat(shown.availabilityZones()).hasSize(2);
        fixture.time.advance(Duration.ofSeconds(30));
        assertThat(describe(arn).state().code()).isEqualTo("active");
        assertThat(fixture.log).contains("elb load balancer web provisioning", "elb load balancer web active");
    }

    @Test
    void creatingTheSameAgainGivesTheSameAndOtherwiseItIsADuplicate() {
        assertThat(fixture.loadBalancer("web")).isEqualTo(fixture.loadBalancer("web"));
        assertThat(fixture.targetGroup("web-a")).isEqualTo(fixture.targetGroup("web-a"));
        assertRefused(
                "DuplicateLoadBalancerName",
                "with the same name 'web' exists",
                () -> fixture.calls.call(
                        "CreateLoadBalancer",
                        new CreateLoadBalancerRequest(
                                "web", List.of("subnet-x", "subnet-y"), null, null, null, null, null),
                        LoadBalancersResponse.class));
        assertRefused(
                "DuplicateTargetGroupName",
                "with the same name 'web-a' exists",
                () -> fixture.calls.call(
                        "CreateTargetGroup",
                        new CreateTargetGroupRequest(
                                "web-a", "HTTP", null, 81, "vpc-1", null, null, null, null, null, null, null, null,
                                null, "ip", null, null),
                        TargetGroupsResponse.class));
    }

    @Test
    void targetGroupsShowTheirHealthCheckAndTheirLoadBalancer() {
        String balancer = fixture.loadBalancer("web");
        String group = fixture.targetGroup("web-a");
        assertThat(group).matches(ARN + "targetgroup/web-a/[0-9a-f]{16}");
        fixture.listener(balancer, 80, forwardTo(group));
        var byBalancer = fixture.calls.call(
                "DescribeTargetGroups",
                new DescribeTargetGroupsRequest(balancer, null, null, null, null),
                TargetGroupsResponse.class);
        assertThat(byBalancer.targetGroups()).singleElement().satisfies(shown -> {
            assertThat(shown.loadBalancerArns()).containsExactly(balancer);
            assertThat(shown.healthCheckPath()).isEqualTo("/health");
            assertThat(shown.healthCheckPort()).isEqualTo("traffic-port");
            assertThat(shown.matcher()).isEqualTo(new Matcher("200-299"));
            assertThat(shown.targetType()).isEqualTo("ip");
        });
        var changed = fixture.calls.call(
                "ModifyTargetGroup",
                new ModifyTargetGroupRequest(group, null, null, "/ready", null, 10, null, null, null, null),
                TargetGroupsResponse.class);
        assertThat(changed.targetGroups().get(0).healthCheckPath()).isEqualTo("/ready");
        assertThat(changed.targetGroups().get(0).healthCheckIntervalSeconds()).isEqualTo(10);
        assertThat(changed.targetGroups().get(0).healthCheckTimeoutSeconds()).isEqualTo(5);
    }

    @Test
    void listingsComeInPages() {
        Stream.of("a", "b", "c").forEach(fixture::targetGroup);
        var first = fixture.calls.call(
                "DescribeTargetGroups",
                new DescribeTargetGroupsRequest(null, null, null, null, 2),
                TargetGroupsResponse.class);
        assertThat(first.targetGroups()).hasSize(2);
        var second = fixture.calls.call(
                "DescribeTargetGroups",
                new DescribeTargetGroupsRequest(null, null, null, first.nextMarker(), 2),
                TargetGroupsResponse.class);
        assertThat(second.targetGroups()).hasSize(1);
        assertThat(second.nextMarker()).isNull();
    }

    @Test
    void theTargetGroupArnIsInTheActionOnlyWhileThereIsOneGroup() {
        String balancer = fixture.loadBalancer("web");
        String a = fixture.targetGroup("web-a");
        String b = fixture.targetGroup("web-b");
        String listener = fixture.listener(balancer, 80, forwardTo(a));
        assertThat(listener).matches(ARN + "listener/app/web/[0-9a-f]{16}/[0-9a-f]{16}");
        Action single = listeners(listener).listeners().get(0).defaultActions().get(0);
        assertThat(single.targetGroupArn()).isEqualTo(a);
        assertThat(single.forwardConfig().targetGroups()).containsExactly(new GroupWeight(a, 1));

        fixture.calls.call(
                "ModifyListener",
                new ModifyListenerRequest(listener, null, null, List.of(forward(a, 90, b, 10)), null, null),
                ListenersResponse.class);
        Action weighted =
                listeners(listener).listeners().get(0).defaultActions().get(0);
        assertThat(weighted.targetGroupArn()).isNull();
        assertThat(weighted.forwardConfig().targetGroups())
                .containsExactly(new GroupWeight(a, 90), new GroupWeight(b, 10));
        assertThat(fixture.log).contains("elb listener :80 web-a 90 web-b 10");

        fixture.world.run(() -> fixture.elb.setWeights(listener, Map.of(a, 0, b, 100)));
        assertThat(fixture.world.call(
                        () -> fixture.elb.listener(listener).orElseThrow().weights()))
                .isEqualTo(Map.of(a, 0, b, 100));
    }

    @Test
    void aListenerHasADefaultRule() {
        String listener = fixture.listener(fixture.loadBalancer("web"), 80, forwardTo(fixture.targetGroup("web-a")));
        var rules = fixture.calls.call(
                "DescribeRules", new DescribeRulesRequest(listener, null, null, null), RulesResponse.class);
        assertThat(rules.rules()).singleElement().satisfies(rule -> {
            assertThat(rule.ruleArn()).matches(ARN + "listener-rule/app/web/[0-9a-f]{16}/[0-9a-f]{16}/[0-9a-f]{16}");
            assertThat(rule.priority()).isEqualTo("default");
            assertThat(rule.isDefault()).isTrue();
            assertThat(rule.actions()).hasSize(1);
        });
        var byArn = fixture.calls.call(
                "DescribeRules",
                new DescribeRulesRequest(null, List.of(rules.rules().get(0).ruleArn()), null, null),
                RulesResponse.class);
        assertThat(byArn).isEqualTo(rules);
    }

    @Test
    void aGroupBelongsToOneLoadBalancer() {
        String a = fixture.targetGroup("web-a");
        fixture.listener(fixture.loadBalancer("web"), 80, forwardTo(a));
        String other = fixture.loadBalancer("other");
        assertRefused(
                "TargetGroupAssociationLimit",
                "cannot be associated with more than one load balancer",
                () -> fixture.listener(other, 80, forwardTo(a)));
    }

    @Test
    void whatIsInUseIsNotDeletedAndDeletingNothingSucceeds() {
        String balancer = fixture.loadBalancer("web");
        String a = fixture.targetGroup("web-a");
        String listener = fixture.listener(balancer, 80, forwardTo(a));
        assertRefused(
                "ResourceInUse",
                "is currently in use by a listener or a rule",
                () -> fixture.calls.call("DeleteTargetGroup", new DeleteTargetGroupRequest(a), Empty.class));
        fixture.calls.call("DeleteLoadBalancer", new DeleteLoadBalancerRequest(balancer), Empty.class);
        assertRefused("ListenerNotFound", listener, () -> listeners(listener));
        fixture.calls.call("DeleteTargetGroup", new DeleteTargetGroupRequest(a), Empty.class);
        fixture.calls.call("DeleteTargetGroup", new DeleteTargetGroupRequest(a), Empty.class);
        fixture.calls.call("DeleteLoadBalancer", new DeleteLoadBalancerRequest(balancer), Empty.class);
        assertRefused(
                "ListenerNotFound",
                listener,
                () -> fixture.calls.call("DeleteListener", new DeleteListenerRequest(listener), Empty.class));
    }

    @Test
    void onePortHasOneListener() {
        String balancer = fixture.loadBalancer("web");
        String a = fixture.targetGroup("web-a");
        fixture.listener(balancer, 80, forwardTo(a));
        assertRefused(
                "DuplicateListener", "already exists on this port", () -> fixture.listener(balancer, 80, forwardTo(a)));
        String second = fixture.listener(balancer, 8080, forwardTo(a));
        int before = fixture.elb.realPort(second);
        assertRefused(
                "DuplicateListener",
                "already exists on this port",
                () -> fixture.calls.call(
                        "ModifyListener",
                        new ModifyListenerRequest(second, 80, null, null, null, null),
                        ListenersResponse.class));
        assertThat(fixture.elb.realPort(second)).isEqualTo(before);
        fixture.calls.call(
                "ModifyListener",
                new ModifyListenerRequest(second, 9090, null, null, null, null),
                ListenersResponse.class);
        assertThat(listeners(second).listeners().get(0).port()).isEqualTo(9090);
    }

    @Test
    void aTakenPortIsToldAndLeavesNothingBehind() throws Exception {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"));
                ElbFixture mapped = new ElbFixture(PortMapping.of(Map.of(80, taken.getLocalPort())))) {
            String balancer = mapped.loadBalancer("web");
            String a = mapped.targetGroup("web-a");
            assertRefused(
                    "InvalidConfigurationRequest",
                    "cannot listen on 127.0.0.1:" + taken.getLocalPort() + " for listener port 80",
                    () -> mapped.listener(balancer, 80, forwardTo(a)));
            mapped.calls.call("DeleteTargetGroup", new DeleteTargetGroupRequest(a), Empty.class);
        }
    }

    static Stream<Arguments> badLoadBalancers() {
        List<String> subnets = List.of("subnet-a", "subnet-b");
        return Stream.of(
                Arguments.of(null, subnets, null, null, "ValidationError", "load balancer name must be specified"),
                Arguments.of("a".repeat(33), subnets, null, null, "ValidationError", "longer than '32' characters"),
                Arguments.of("a_b", subnets, null, null, "ValidationError", "alphanumeric"),
                Arguments.of("-a", subnets, null, null, "ValidationError", "begin or end with a hyphen"),
                Arguments.of("a", List.of("subnet-a"), null, null, "ValidationError", "At least two subnets"),
                Arguments.of("a", subnets, "public", null, "InvalidScheme", "'public'"),
                Arguments.of(
                        "a", subnets, null, "network", "NotImplementedByLocalAws", "load balancer type 'network'"));
    }

    @ParameterizedTest
    @MethodSource("badLoadBalancers")
    void badLoadBalancersAreRefused(
            String name, List<String> subnets, String scheme, String type, String code, String message) {
        assertRefused(
                code,
                message,
                () -> fixture.calls.call(
                        "CreateLoadBalancer",
                        new CreateLoadBalancerRequest(name, subnets, null, scheme, null, type, null),
                        LoadBalancersResponse.class));
    }

    static Stream<Arguments> badGroups() {
        return Stream.of(
                Arguments.of(group("HTTPS", 3000, "/", 30, 5, "200", "ip"), "NotImplementedByLocalAws", "'HTTPS'"),
                Arguments.of(group("HTTP", 0, "/", 30, 5, "200", "ip"), "ValidationError", "Port '0'"),
                Arguments.of(group("HTTP", 3000, "health", 30, 5, "200", "ip"), "ValidationError", "begin with a '/'"),
                Arguments.of(group("HTTP", 3000, "/", 4, 2, "200", "ip"), "ValidationError", "interval '4'"),
                Arguments.of(
                        group("HTTP", 3000, "/", 5, 5, "200", "ip"), "ValidationError", "smaller than the interval"),
                Arguments.of(
                        group("HTTP", 3000, "/", 30, 5, "2xx", "ip"), "ValidationError", "matcher HTTP code '2xx'"),
                Arguments.of(group("HTTP", 3000, "/", 30, 5, "200-500", "ip"), "ValidationError", "200-499"),
                Arguments.of(
                        group("HTTP", 3000, "/", 30, 5, "200", null),
                        "NotImplementedByLocalAws",
                        "target type 'instance'"));
    }

    private static CreateTargetGroupRequest group(
            String protocol, int port, String path, int interval, int timeout, String matcher, String type) {
        return new CreateTargetGroupRequest(
                "web-a",
                protocol,
                null,
                port,
                "vpc-1",
                null,
                null,
                null,
                path,
                interval,
                timeout,
                null,
                null,
                new Matcher(matcher),
                type,
                null,
                null);
    }

    @ParameterizedTest
    @MethodSource("badGroups")
    void badTargetGroupsAreRefused(CreateTargetGroupRequest request, String code, String message) {
        assertRefused(
                code, message, () -> fixture.calls.call("CreateTargetGroup", request, TargetGroupsResponse.class));
    }

    @Test
    void badActionsAreRefusedAndChangeNothing() {
        String balancer = fixture.loadBalancer("web");
        String a = fixture.targetGroup("web-a");
        String b = fixture.targetGroup("web-b");
        String listener = fixture.listener(balancer, 80, forwardTo(a));
        String missing = a.replace("web-a", "web-x");
        assertRefused("TargetGroupNotFound", missing, () -> put(listener, forwardTo(missing)));
        assertRefused("ValidationError", "Weight '1000'", () -> put(listener, forward(a, 1000, b, 0)));
        assertRefused("ValidationError", "is named twice", () -> put(listener, forward(a, 1, a, 2)));
        assertRefused(
                "NotImplementedByLocalAws",
                "action type 'authenticate-oidc'",
                () -> put(listener, new Action("authenticate-oidc", null, null, null, null, null)));
        ForwardConfig sticky = new ForwardConfig(List.of(new GroupWeight(a, 1)), new Stickiness(true, 604_801));
        assertRefused(
                "ValidationError", "stickiness duration '604801'", () -> put(listener, Action.forward(null, sticky)));
        assertRefused(
                "ValidationError",
                "both be specified",
                () -> put(listener, Action.forward(b, new ForwardConfig(List.of(new GroupWeight(a, 1)), null))));
        assertThat(listeners(listener)
                        .listeners()
                        .get(0)
                        .defaultActions()
                        .get(0)
                        .targetGroupArn())
                .isEqualTo(a);
        assertRefused(
                "NotImplementedByLocalAws",
                "listener protocol 'TLS'",
                () -> fixture.calls.call(
                        "CreateListener",
                        new CreateListenerRequest(balancer, "TLS", 443, List.of(forwardTo(a)), null, null, null),
                        ListenersResponse.class));
    }

    private void put(String listener, Action action) {
        fixture.calls.call(
                "ModifyListener",
                new ModifyListenerRequest(listener, null, null, List.of(action), null, null),
                ListenersResponse.class);
    }

    @Test
    void unknownThingsAreNotFoundAndWhatIsNoArnIsSaidToBeNone() {
        String gone = ARN + "targetgroup/x/0123456789abcdef";
        assertRefused("TargetGroupNotFound", gone, () -> fixture.targets(gone));
        assertRefused("ValidationError", "'web-a' is not a valid target group ARN", () -> fixture.targets("web-a"));
        assertRefused("LoadBalancerNotFound", "/x/", () -> describe(ARN + "loadbalancer/app/x/0123456789abcdef"));
        String a = fixture.targetGroup("web-a");
        assertRefused(
                "InvalidTarget",
                "'8.8.8.8'",
                () -> fixture.calls.call(
                        "RegisterTargets",
                        new RegisterTargetsRequest(a, List.of(new TargetDescription("8.8.8.8", 80, null))),
                        Empty.class));
    }
}
