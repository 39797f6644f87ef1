package io.jenkins.plugins.ecscanary.localaws.elb;

import io.jenkins.plugins.ecscanary.localaws.elb.Action.ForwardConfig;
import io.jenkins.plugins.ecscanary.localaws.elb.Action.GroupWeight;
import io.jenkins.plugins.ecscanary.localaws.elb.AttributeOperations.AttributesResponse;
import io.jenkins.plugins.ecscanary.localaws.elb.AttributeOperations.ModifyLoadBalancerAttributesRequest;
import io.jenkins.plugins.ecscanary.localaws.elb.AttributeOperations.ModifyTargetGroupAttributesRequest;
import io.jenkins.plugins.ecscanary.localaws.elb.AttributeTable.Attribute;
import io.jenkins.plugins.ecscanary.localaws.elb.ListenerOperations.CreateListenerRequest;
import io.jenkins.plugins.ecscanary.localaws.elb.ListenerOperations.ListenersResponse;
import io.jenkins.plugins.ecscanary.localaws.elb.LoadBalancerOperations.CreateLoadBalancerRequest;
import io.jenkins.plugins.ecscanary.localaws.elb.LoadBalancerOperations.LoadBalancersResponse;
import io.jenkins.plugins.ecscanary.localaws.elb.LoadBalancing.TargetAddress;
import io.jenkins.plugins.ecscanary.localaws.elb.RuleOperations.CreateRuleRequest;
import io.jenkins.plugins.ecscanary.localaws.elb.RuleOperations.RuleShown;
import io.jenkins.plugins.ecscanary.localaws.elb.RuleOperations.RulesResponse;
import io.jenkins.plugins.ecscanary.localaws.elb.TargetGroupOperations.CreateTargetGroupRequest;
import io.jenkins.plugins.ecscanary.localaws.elb.TargetGroupOperations.Matcher;
import io.jenkins.plugins.ecscanary.localaws.elb.TargetGroupOperations.TargetGroupsResponse;
import io.jenkins.plugins.ecscanary.localaws.elb.TargetOperations.DescribeTargetHealthRequest;
import io.jenkins.plugins.ecscanary.localaws.elb.TargetOperations.DescribeTargetHealthResponse;
import io.jenkins.plugins.ecscanary.localaws.elb.TargetOperations.TargetHealth;
import io.jenkins.plugins.ecscanary.localaws.elb.TargetOperations.TargetHealthDescription;
import io.jenkins.plugins.ecscanary.localaws.proxy.DataPlane;
import io.jenkins.plugins.ecscanary.localaws.proxy.HealthProbe;
import io.jenkins.plugins.ecscanary.localaws.proxy.RecordingMeter;
import io.jenkins.plugins.ecscanary.localaws.world.Ids;
import io.jenkins.plugins.ecscanary.localaws.world.ManualTime;
import io.jenkins.plugins.ecscanary.localaws.world.World;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;

/** A load balancing service in a world whose time stands still, with health told by the test. */
final class ElbFixture implements AutoCloseable {

    final ManualTime time = new ManualTime();
    final List<String> log = new ArrayList<>();
    final World world = new World("123456789012", "eu-central-1", time, new Ids(new Random(1)), log::add);
    final RecordingMeter meter = new RecordingMeter();
    final Map<TargetAddress, HealthProbe.Outcome> health = new ConcurrentHashMap<>();
    final List<String> probed = new ArrayList<>();
    final DataPlane plane;
    final Elb elb;
    final Calls calls;
    private final HttpClient http = HttpClient.newHttpClient();

    ElbFixture() {
        this(PortMapping.systemPicked());
    }

    ElbFixture(PortMapping ports) {
        ElbSettings settings = ElbSettings.defaults();
        plane = new DataPlane(settings.proxy());
        elb = new Elb(world, ports, meter, settings, plane, this::probe);
        calls = new Calls(world, elb.api());
    }

    private CompletionStage<HealthProbe.Outcome> probe(String ip, int port, String path, Duration timeout) {
        probed.add(ip + ":" + port + path + " within " + timeout.toSeconds() + " s");
        return CompletableFuture.completedFuture(
                health.getOrDefault(new TargetAddress(ip, port), new HealthProbe.Answered(200)));
    }

    String loadBalancer(String name) {
        return calls.call(
                        "CreateLoadBalancer",
                        new CreateLoadBalancerRequest(
                                name, List.of("subnet-a", "subnet-b"), List.of("sg-1"), null, null, null, null),
                        LoadBalancersResponse.class)
                .loadBalancers()
                .get(0)
                .loadBalancerArn();
    }

    static CreateTargetGroupRequest groupRequest(String name) {
        return new CreateTargetGroupRequest(
                name,
                "HTTP",
                null,
                3000,
                "vpc-1",
                null,
                null,
                null,
                "/health",
                30,
                5,
                3,
                2,
                new Matcher("200-299"),
                "ip",
                null,
                null);
    }

    String targetGroup(String name) {
        return calls.call("CreateTargetGroup", groupRequest(name), TargetGroupsResponse.class)
                .targetGroups()
                .get(0)
                .targetGroupArn();
    }

    static Action forwardTo(String group) {
        return Action.forward(group, null);
    }

    static Action forward(String first, int weight, String second, int other) {
        return Action.forward(
                null, new ForwardConfig(List.of(new GroupWeight(first, weight), new GroupWeight(second, other)), null));
    }

    String listener(String loadBalancer, int port, Action action) {
        return calls.call(
                        "CreateListener",
                        new CreateListenerRequest(loadBalancer, "HTTP", port, List.of(action), null, null, null),
                        ListenersResponse.class)
                .listeners()
                .get(0)
                .listenerArn();
    }

    RuleShown rule(String listener, int priority, Action action, RuleCondition... conditions) {
        return calls.call(
                        "CreateRule",
                        new CreateRuleRequest(listener, List.of(conditions), priority, List.of(action), null),
                        RulesResponse.class)
                .rules()
                .get(0);
    }

    /** @param keysAndValues in turn */
    List<Attribute> balancerAttributes(String balancer, String... keysAndValues) {
        return calls.call(
                        "ModifyLoadBalancerAttributes",
                        new ModifyLoadBalancerAttributesRequest(balancer, attributes(keysAndValues)),
                        AttributesResponse.class)
                .attributes();
    }

    /** @param keysAndValues in turn */
    List<Attribute> groupAttributes(String group, String... keysAndValues) {
        return calls.call(
                        "ModifyTargetGroupAttributes",
                        new ModifyTargetGroupAttributesRequest(group, attributes(keysAndValues)),
                        AttributesResponse.class)
                .attributes();
    }

    private static List<Attribute> attributes(String... keysAndValues) {
        List<Attribute> attributes = new ArrayList<>();
        for (int i = 0; i < keysAndValues.length; i += 2) {
            attributes.add(new Attribute(keysAndValues[i], keysAndValues[i + 1]));
        }
        return attributes;
    }

    void register(String group, TargetAddress target) {
        world.run(() -> elb.register(group, target));
    }

    /** Lets registration and the first health check pass. */
    void settle() {
        time.advance(Duration.ofSeconds(5));
    }

    List<TargetHealthDescription> targets(String group) {
        return calls.call(
                        "DescribeTargetHealth",
                        new DescribeTargetHealthRequest(group, null),
                        DescribeTargetHealthResponse.class)
                .targetHealthDescriptions();
    }

    TargetHealth only(String group) {
        List<TargetHealthDescription> all = targets(group);
        if (all.size() != 1) {
            throw new AssertionError("not one target: " + all);
        }
        return all.get(0).targetHealth();
    }

    HttpResponse<String> get(String listener) throws IOException, InterruptedException {
        return http.send(
                HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + elb.realPort(listener) + "/"))
                        .timeout(Duration.ofSeconds(20))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
    }

    @Override
    public void close() {
        elb.close();
    }
}
