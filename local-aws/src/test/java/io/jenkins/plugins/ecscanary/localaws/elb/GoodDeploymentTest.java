package io.jenkins.plugins.ecscanary.localaws.elb;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.ecscanary.localaws.cloudwatch.AlbMetrics;
import io.jenkins.plugins.ecscanary.localaws.cloudwatch.IngestDelay;
import io.jenkins.plugins.ecscanary.localaws.cloudwatch.MetricStore;
import io.jenkins.plugins.ecscanary.localaws.elb.AttributeOperations.AttributesResponse;
import io.jenkins.plugins.ecscanary.localaws.elb.AttributeOperations.ModifyTargetGroupAttributesRequest;
import io.jenkins.plugins.ecscanary.localaws.elb.AttributeTable.Attribute;
import io.jenkins.plugins.ecscanary.localaws.elb.LoadBalancing.TargetAddress;
import io.jenkins.plugins.ecscanary.localaws.elb.TargetGroupOperations.TargetGroupsResponse;
import io.jenkins.plugins.ecscanary.localaws.proxy.ScriptedTarget;
import io.jenkins.plugins.ecscanary.localaws.world.Ids;
import io.jenkins.plugins.ecscanary.localaws.world.ScaledTime;
import io.jenkins.plugins.ecscanary.localaws.world.World;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Under steady traffic, deployments replace one group's targets by the other's and stop the old ones when drained. */
@Timeout(120)
class GoodDeploymentTest {

    private static final int CLIENTS = 6;
    private static final int DEPLOYMENTS = 6;

    private final BlockingQueue<String> healthy = new LinkedBlockingQueue<>();
    private final World world =
            new World("123456789012", "eu-central-1", new ScaledTime(1000), new Ids(new Random(1)), this::log);

    private void log(String line) {
        if (line.endsWith(" healthy")) {
            healthy.add(line);
        }
    }

    @Test
    void notOneRequestFails() throws Exception {
        AlbMetrics meter = new AlbMetrics(new MetricStore(world.time(), IngestDelay.none()), world.time());
        AtomicBoolean stop = new AtomicBoolean();
        AtomicInteger answered = new AtomicInteger();
        Map<String, Integer> failures = new ConcurrentHashMap<>();
        try (world;
                Elb elb = new Elb(world, PortMapping.systemPicked(), meter, ElbSettings.defaults())) {
            Calls calls = new Calls(world, elb.api());
            String first = ElbWorld.groupBehindListener(calls);
            String second = calls.call(
                            "CreateTargetGroup", ElbFixture.groupRequest("web-b"), TargetGroupsResponse.class)
                    .targetGroups()
                    .get(0)
                    .targetGroupArn();
            String listener = ElbWorld.onlyListener(calls, first);
            delay(calls, first);
            delay(calls, second);
            Deque<ScriptedTarget> running = new ArrayDeque<>(start(elb, first));
            shift(elb, listener, first, second, 0);

            List<Thread> clients = new ArrayList<>();
            CountDownLatch flowing = new CountDownLatch(CLIENTS * 10);
            for (int i = 0; i < CLIENTS; i++) {
                Thread client = new Thread(() -> {
                    HttpClient http = HttpClient.newHttpClient();
                    HttpRequest request = HttpRequest.newBuilder(
                                    URI.create("http://127.0.0.1:" + elb.realPort(listener) + "/"))
                            .timeout(Duration.ofSeconds(20))
                            .build();
                    while (!stop.get()) {
                        try {
                            int status = http.send(request, HttpResponse.BodyHandlers.ofString())
                                    .statusCode();
                            if (status != 200) {
                                failures.merge("status " + status, 1, Integer::sum);
                            }
                        } catch (Exception e) {
                            failures.merge(e.toString(), 1, Integer::sum);
                        }
                        answered.incrementAndGet();
                        flowing.countDown();
                    }
                });
                client.start();
                clients.add(client);
            }
            assertThat(flowing.await(30, TimeUnit.SECONDS)).isTrue();

            String blue = first;
            String green = second;
            for (int deployment = 0; deployment < DEPLOYMENTS; deployment++) {
                List<ScriptedTarget> replacement = start(elb, green);
                for (int weight : new int[] {10, 20, 50, 70, 100}) {
                    shift(elb, listener, blue, green, weight);
                }
                for (ScriptedTarget old : List.copyOf(running)) {
                    stop(elb, blue, old);
                }
                running.clear();
                running.addAll(replacement);
                String swapped = blue;
                blue = green;
                green = swapped;
            }
            stop.set(true);
            for (Thread client : clients) {
                client.join();
            }
            for (ScriptedTarget target : running) {
                target.close();
            }
        }
        assertThat(failures).isEmpty();
        assertThat(answered.get()).isGreaterThan(CLIENTS * 10);
    }

    private static void delay(Calls calls, String group) {
        calls.call(
                "ModifyTargetGroupAttributes",
                new ModifyTargetGroupAttributesRequest(
                        group, List.of(new Attribute("deregistration_delay.timeout_seconds", "20"))),
                AttributesResponse.class);
    }

    private void shift(Elb elb, String listener, String blue, String green, int weight) {
        Map<String, Integer> weights = new LinkedHashMap<>();
        weights.put(blue, 100 - weight);
        weights.put(green, weight);
        world.run(() -> elb.setWeights(listener, weights));
    }

    /** Two targets, registered and found healthy by real health checks. */
    private List<ScriptedTarget> start(Elb elb, String group) throws Exception {
        List<ScriptedTarget> targets = new ArrayList<>();
        for (int i = 0; i < 2; i++) {
            ScriptedTarget target = new ScriptedTarget(wire -> {
                while (wire.readHead() != null) {
                    wire.write("HTTP/1.1 200 OK\nContent-Length: 2\n\nok");
                }
            });
            targets.add(target);
            world.run(() -> elb.register(group, new TargetAddress("127.0.0.1", target.port())));
            if (used(elb, group)) {
                assertThat(healthy.poll(30, TimeUnit.SECONDS)).isNotNull();
            }
        }
        return targets;
    }

    private boolean used(Elb elb, String group) {
        return world.call(
                () -> !elb.targetGroup(group).orElseThrow().loadBalancerArns().isEmpty());
    }

    /** As ECS does: deregister, wait until it is drained, and only then stop. */
    private void stop(Elb elb, String group, ScriptedTarget target) throws Exception {
        CompletableFuture<Void> drained = new CompletableFuture<>();
        world.run(() ->
                elb.deregister(group, new TargetAddress("127.0.0.1", target.port()), () -> drained.complete(null)));
        drained.get(30, TimeUnit.SECONDS);
        target.close();
    }
}
