package io.jenkins.plugins.ecscanary.localaws.elb;

import static io.jenkins.plugins.ecscanary.localaws.elb.ElbFixture.forwardTo;
import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.ecscanary.localaws.elb.ListenerOperations.DeleteListenerRequest;
import io.jenkins.plugins.ecscanary.localaws.elb.LoadBalancing.TargetAddress;
import io.jenkins.plugins.ecscanary.localaws.elb.TargetGroupOperations.DeleteTargetGroupRequest;
import io.jenkins.plugins.ecscanary.localaws.elb.TargetOperations.DescribeTargetHealthRequest;
import io.jenkins.plugins.ecscanary.localaws.elb.TargetOperations.DescribeTargetHealthResponse;
import io.jenkins.plugins.ecscanary.localaws.elb.TargetOperations.TargetDescription;
import io.jenkins.plugins.ecscanary.localaws.elb.TargetOperations.TargetHealth;
import io.jenkins.plugins.ecscanary.localaws.proxy.HealthProbe;
import io.jenkins.plugins.ecscanary.localaws.proxy.HealthProbe.Answered;
import io.jenkins.plugins.ecscanary.localaws.proxy.HealthProbe.Failed;
import io.jenkins.plugins.ecscanary.localaws.proxy.HealthProbe.TimedOut;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Target states and reasons in simulated time; the groups here check every 30 s, 3 to be healthy, 2 to be unhealthy. */
class TargetHealthTest {

    private static final TargetAddress TARGET = new TargetAddress("127.0.1.2", 3000);
    private static final Duration INTERVAL = Duration.ofSeconds(30);

    private final ElbFixture fixture = new ElbFixture();
    private final String group = fixture.targetGroup("web-a");

    @AfterEach
    void close() {
        fixture.close();
    }

    private String listen() {
        return fixture.listener(fixture.loadBalancer("web"), 80, forwardTo(group));
    }

    private TargetHealth health() {
        return fixture.only(group);
    }

    @Test
    void aNewTargetIsHealthyAfterItsFirstSuccessfulCheck() {
        listen();
        List<String> states = new ArrayList<>();
        fixture.elb.onHealthChange(
                target -> states.add(fixture.elb.health(group, target).orElse("gone")));
        fixture.register(group, TARGET);
        assertThat(health())
                .isEqualTo(new TargetHealth(
                        "initial", "Elb.RegistrationInProgress", "Target registration is in progress"));
        fixture.health.put(TARGET, new Failed());
        fixture.settle();
        assertThat(health())
                .isEqualTo(
                        new TargetHealth("initial", "Elb.InitialHealthChecking", "Initial health checks in progress"));
        fixture.health.put(TARGET, new Answered(204));
        fixture.time.advance(INTERVAL);
        assertThat(health()).isEqualTo(new TargetHealth("healthy", null, null));
        assertThat(states).containsExactly("initial", "healthy");
        assertThat(fixture.log).contains("elb web-a 127.0.1.2:3000 healthy");
        assertThat(fixture.probed).containsOnly("127.0.1.2:3000/health within 5 s");
    }

    static Stream<Arguments> failures() {
        return Stream.of(
                Arguments.of(
                        new Answered(503),
                        "Target.ResponseCodeMismatch",
                        "Health checks failed with these codes: [503]"),
                Arguments.of(new TimedOut(), "Target.Timeout", "Request timed out"),
                Arguments.of(new Failed(), "Target.FailedHealthChecks", "Health checks failed"));
    }

    @ParameterizedTest
    @MethodSource("failures")
    void twoFailuresMakeItUnhealthyAndThreeSuccessesHealthyAgain(
            HealthProbe.Outcome failure, String reason, String description) {
        listen();
        fixture.register(group, TARGET);
        fixture.settle();
        fixture.health.put(TARGET, failure);
        fixture.time.advance(INTERVAL);
        assertThat(health().state()).as("after one failure").isEqualTo("healthy");
        fixture.time.advance(INTERVAL);
        assertThat(health()).isEqualTo(new TargetHealth("unhealthy", reason, description));
        fixture.health.put(TARGET, new Answered(200));
        fixture.time.advance(INTERVAL.multipliedBy(2));
        assertThat(health().state()).as("after two successes").isEqualTo("unhealthy");
        fixture.time.advance(INTERVAL);
        assertThat(health().state()).isEqualTo("healthy");
    }

    @Test
    void aTargetThatNeverGetsHealthyBecomesUnhealthy() {
        listen();
        fixture.health.put(TARGET, new Failed());
        fixture.register(group, TARGET);
        fixture.time.advance(INTERVAL.multipliedBy(2));
        assertThat(health().state()).isEqualTo("unhealthy");
    }

    @Test
    void withoutAListenerTargetsAreUnusedAndNotChecked() {
        fixture.register(group, TARGET);
        fixture.time.advance(INTERVAL.multipliedBy(3));
        assertThat(health())
                .isEqualTo(new TargetHealth(
                        "unused",
                        "Target.NotInUse",
                        "Target group is not configured to receive traffic from the load balancer"));
        assertThat(fixture.probed).isEmpty();
        String listener = listen();
        assertThat(health().state()).isEqualTo("initial");
        fixture.settle();
        assertThat(health().state()).isEqualTo("healthy");
        fixture.calls.call("DeleteListener", new DeleteListenerRequest(listener), Empty.class);
        assertThat(health().state()).isEqualTo("unused");
        int checks = fixture.probed.size();
        fixture.time.advance(INTERVAL.multipliedBy(3));
        assertThat(fixture.probed).hasSize(checks);
    }

    @Test
    void aLeavingTargetDrainsForTheDeregistrationDelayAndIsGone() {
        listen();
        fixture.register(group, TARGET);
        fixture.settle();
        List<String> left = new ArrayList<>();
        fixture.world.run(() -> fixture.elb.deregister(group, TARGET, () -> left.add("first")));
        fixture.world.run(() -> fixture.elb.deregister(group, TARGET, () -> left.add("second")));
        assertThat(health())
                .isEqualTo(new TargetHealth(
                        "draining", "Target.DeregistrationInProgress", "Target deregistration is in progress"));
        fixture.time.advance(Duration.ofSeconds(299));
        assertThat(left).isEmpty();
        fixture.time.advance(Duration.ofSeconds(1));
        assertThat(left).containsExactly("first", "second");
        assertThat(fixture.targets(group)).isEmpty();
        fixture.world.run(() -> fixture.elb.deregister(group, TARGET, () -> left.add("third")));
        assertThat(left).as("not registered: at once").contains("third");
        var asked = fixture.calls.call(
                "DescribeTargetHealth",
                new DescribeTargetHealthRequest(group, List.of(new TargetDescription(TARGET.ip(), 3000, null))),
                DescribeTargetHealthResponse.class);
        assertThat(asked.targetHealthDescriptions().get(0).targetHealth())
                .isEqualTo(new TargetHealth(
                        "unused", "Target.NotRegistered", "Target is not registered to the target group"));
    }

    @Test
    void anAddressMayComeBackWhileItsFormerTargetDrains() {
        listen();
        fixture.register(group, TARGET);
        fixture.settle();
        List<String> left = new ArrayList<>();
        fixture.world.run(() -> fixture.elb.deregister(group, TARGET, () -> left.add("former")));
        fixture.register(group, TARGET);
        assertThat(health().state()).isEqualTo("initial");
        fixture.time.advance(Duration.ofSeconds(300));
        assertThat(left).containsExactly("former");
        assertThat(health().state()).isEqualTo("healthy");
    }

    @Test
    void aDeletedGroupHoldsNobodyUp() {
        fixture.register(group, TARGET);
        fixture.calls.call("DeleteTargetGroup", new DeleteTargetGroupRequest(group), Empty.class);
        List<String> left = new ArrayList<>();
        fixture.world.run(() -> fixture.elb.deregister(group, TARGET, () -> left.add("at once")));
        assertThat(left).containsExactly("at once");
        assertThat(fixture.world.call(() -> fixture.elb.health(group, TARGET))).isEmpty();
    }

    @Test
    void hostsAreCountedOnceAMinute() throws Exception {
        listen();
        TargetAddress bad = new TargetAddress("127.0.1.3", 3000);
        fixture.health.put(bad, new Answered(500));
        fixture.register(group, TARGET);
        fixture.register(group, bad);
        fixture.time.advance(Duration.ofSeconds(120));
        assertThat(fixture.meter.next(2))
                .allSatisfy(event -> assertThat(event).matches("targetgroup/web-a/[0-9a-f]{16} 1/1"));
        assertThat(fixture.meter.isEmpty()).isTrue();
    }
}
