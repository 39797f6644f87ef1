package io.jenkins.plugins.ecscanary.localaws.elb;

import static io.jenkins.plugins.ecscanary.localaws.elb.ElbFixture.forward;
import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.ecscanary.localaws.elb.LoadBalancing.TargetAddress;
import io.jenkins.plugins.ecscanary.localaws.proxy.HealthProbe;
import io.jenkins.plugins.ecscanary.localaws.proxy.HealthProbe.Failed;
import io.jenkins.plugins.ecscanary.localaws.proxy.ProxySettings;
import io.jenkins.plugins.ecscanary.localaws.proxy.RecordingMeter;
import io.jenkins.plugins.ecscanary.localaws.proxy.ScriptedTarget;
import io.jenkins.plugins.ecscanary.localaws.world.Ids;
import io.jenkins.plugins.ecscanary.localaws.world.ScaledTime;
import io.jenkins.plugins.ecscanary.localaws.world.World;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Real requests through a listener while weights, targets and health change. */
@Timeout(60)
class ElbTrafficTest {

    private final ElbFixture fixture = new ElbFixture();
    private final String a = fixture.targetGroup("web-a");
    private final String b = fixture.targetGroup("web-b");
    private final String listener = fixture.listener(fixture.loadBalancer("web"), 80, forward(a, 100, b, 0));
    private ScriptedTarget blue;
    private ScriptedTarget green;

    @BeforeEach
    void start() throws Exception {
        blue = named("blue");
        green = named("green");
        fixture.register(a, address(blue));
        fixture.register(b, address(green));
        fixture.settle();
    }

    @AfterEach
    void close() throws Exception {
        fixture.close();
        blue.close();
        green.close();
    }

    private static ScriptedTarget named(String name) throws Exception {
        return new ScriptedTarget(wire -> {
            while (wire.readHead() != null) {
                wire.write("HTTP/1.1 200 OK\nContent-Length: " + name.length() + "\n\n" + name);
            }
        });
    }

    private static TargetAddress address(ScriptedTarget target) {
        return new TargetAddress("127.0.0.1", target.port());
    }

    private Map<String, Integer> answers(int requests) throws Exception {
        Map<String, Integer> answers = new TreeMap<>();
        for (int i = 0; i < requests; i++) {
            answers.merge(fixture.get(listener).body(), 1, Integer::sum);
        }
        return answers;
    }

    private void weights(int toA, int toB) {
        Map<String, Integer> weights = new LinkedHashMap<>();
        weights.put(a, toA);
        weights.put(b, toB);
        fixture.world.run(() -> fixture.elb.setWeights(listener, weights));
    }

    @Test
    void aShiftMovesExactlyItsShare() throws Exception {
        assertThat(answers(20)).isEqualTo(Map.of("blue", 20));
        weights(90, 10);
        assertThat(answers(100)).isEqualTo(Map.of("blue", 90, "green", 10));
        weights(0, 100);
        assertThat(answers(20)).isEqualTo(Map.of("green", 20));
    }

    @Test
    void aChangeOfHealthDoesNotDisturbTheShares() throws Exception {
        weights(90, 10);
        TargetAddress flapping = new TargetAddress("127.0.1.9", 3000);
        Map<String, Integer> all = new TreeMap<>();
        for (int i = 0; i < 10; i++) {
            fixture.health.put(flapping, new Failed());
            fixture.register(a, flapping);
            answers(5).forEach((name, count) -> all.merge(name, count, Integer::sum));
            fixture.world.run(() -> fixture.elb.deregister(a, flapping, () -> {}));
            answers(5).forEach((name, count) -> all.merge(name, count, Integer::sum));
        }
        assertThat(all).isEqualTo(Map.of("blue", 90, "green", 10));
    }

    @Test
    void unhealthyTargetsGetNothingUnlessAllAreUnhealthy() throws Exception {
        try (ScriptedTarget second = named("second")) {
            fixture.register(a, address(second));
            fixture.settle();
            assertThat(answers(4)).isEqualTo(Map.of("blue", 2, "second", 2));
            fixture.health.put(address(second), new HealthProbe.Answered(503));
            fixture.time.advance(Duration.ofSeconds(60));
            assertThat(answers(4)).isEqualTo(Map.of("blue", 4));
            fixture.health.put(address(blue), new HealthProbe.Answered(503));
            fixture.time.advance(Duration.ofSeconds(60));
            assertThat(answers(4)).isEqualTo(Map.of("blue", 2, "second", 2));
        }
    }

    @Test
    void anEmptyGroupAnswers503ForItsShareAndDoesNotHandItOn() throws Exception {
        fixture.world.run(() -> fixture.elb.deregister(b, address(green), () -> {}));
        weights(50, 50);
        int unavailable = 0;
        for (int i = 0; i < 10; i++) {
            unavailable += fixture.get(listener).statusCode() == 503 ? 1 : 0;
        }
        assertThat(unavailable).isEqualTo(5);
    }

    @Test
    void requestsInFlightFinishWhileTheirTargetDrains() throws Exception {
        CountDownLatch arrived = new CountDownLatch(1);
        CountDownLatch answer = new CountDownLatch(1);
        try (ScriptedTarget slow = new ScriptedTarget(wire -> {
            wire.readHead();
            arrived.countDown();
            assertThat(answer.await(20, TimeUnit.SECONDS)).isTrue();
            wire.write("HTTP/1.1 200 OK\nContent-Length: 4\n\nslow");
        })) {
            weights(0, 100);
            fixture.world.run(() -> fixture.elb.deregister(b, address(green), () -> {}));
            fixture.register(b, address(slow));
            CompletableFuture<String> inFlight = CompletableFuture.supplyAsync(() -> {
                try {
                    return fixture.get(listener).body();
                } catch (Exception e) {
                    throw new AssertionError(e);
                }
            });
            assertThat(arrived.await(20, TimeUnit.SECONDS)).isTrue();
            fixture.world.run(() -> fixture.elb.deregister(b, address(slow), () -> {}));
            assertThat(fixture.get(listener).statusCode()).as("a new request").isEqualTo(503);
            answer.countDown();
            assertThat(inFlight.get(20, TimeUnit.SECONDS)).isEqualTo("slow");
        }
    }

    @Test
    void healthIsAskedForOverRealHttp() throws Exception {
        CompletableFuture<String> asked = new CompletableFuture<>();
        CompletableFuture<String> healthy = new CompletableFuture<>();
        World world = new World("123456789012", "eu-central-1", new ScaledTime(1000), new Ids(new Random(1)), line -> {
            if (line.endsWith(" healthy")) {
                healthy.complete(line);
            }
        });
        ElbSettings settings = new ElbSettings(
                ProxySettings.defaults(), Duration.ofMillis(250), Duration.ofSeconds(1), Duration.ofSeconds(15));
        try (world;
                Elb elb = new Elb(world, PortMapping.systemPicked(), new RecordingMeter(), settings);
                ScriptedTarget target = new ScriptedTarget(wire -> {
                    asked.complete(wire.readHead());
                    wire.write("HTTP/1.1 200 OK\nContent-Length: 0\n\n");
                })) {
            Calls calls = new Calls(world, elb.api());
            String group = ElbWorld.groupBehindListener(calls);
            world.run(() -> elb.register(group, address(target)));
            assertThat(asked.get(20, TimeUnit.SECONDS))
                    .startsWith("GET /health HTTP/1.1\r\n")
                    .contains("User-Agent: ELB-HealthChecker/2.0");
            assertThat(healthy.get(20, TimeUnit.SECONDS))
                    .isEqualTo("elb web-a 127.0.0.1:" + target.port() + " healthy");
        }
    }
}
