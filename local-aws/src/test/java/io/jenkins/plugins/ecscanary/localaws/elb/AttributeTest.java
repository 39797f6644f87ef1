package io.jenkins.plugins.ecscanary.localaws.elb;

import static io.jenkins.plugins.ecscanary.localaws.elb.ElbFixture.forwardTo;
import static io.jenkins.plugins.ecscanary.localaws.elb.Refused.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.ecscanary.localaws.elb.AttributeOperations.AttributesResponse;
import io.jenkins.plugins.ecscanary.localaws.elb.AttributeOperations.DescribeLoadBalancerAttributesRequest;
import io.jenkins.plugins.ecscanary.localaws.elb.AttributeOperations.DescribeTargetGroupAttributesRequest;
import io.jenkins.plugins.ecscanary.localaws.elb.AttributeTable.Attribute;
import io.jenkins.plugins.ecscanary.localaws.elb.LoadBalancerOperations.DeleteLoadBalancerRequest;
import io.jenkins.plugins.ecscanary.localaws.elb.LoadBalancing.TargetAddress;
import io.jenkins.plugins.ecscanary.localaws.proxy.HealthProbe.Answered;
import io.jenkins.plugins.ecscanary.localaws.proxy.ScriptedTarget;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Attributes of load balancers and target groups, and what they change. */
@Timeout(60)
class AttributeTest {

    private final ElbFixture fixture = new ElbFixture();
    private final String balancer = fixture.loadBalancer("web");
    private final String group = fixture.targetGroup("web-a");

    @AfterEach
    void close() {
        fixture.close();
    }

    private List<Attribute> ofBalancer() {
        return fixture.calls
                .call(
                        "DescribeLoadBalancerAttributes",
                        new DescribeLoadBalancerAttributesRequest(balancer),
                        AttributesResponse.class)
                .attributes();
    }

    private List<Attribute> ofGroup() {
        return fixture.calls
                .call(
                        "DescribeTargetGroupAttributes",
                        new DescribeTargetGroupAttributesRequest(group),
                        AttributesResponse.class)
                .attributes();
    }

    @Test
    void allAttributesHaveAwsDefaults() {
        assertThat(ofBalancer())
                .hasSize(20)
                .contains(
                        new Attribute("idle_timeout.timeout_seconds", "60"),
                        new Attribute("deletion_protection.enabled", "false"),
                        new Attribute("routing.http.xff_header_processing.mode", "append"),
                        new Attribute("access_logs.s3.bucket", ""));
        assertThat(ofGroup())
                .hasSize(14)
                .contains(
                        new Attribute("deregistration_delay.timeout_seconds", "300"),
                        new Attribute("stickiness.enabled", "false"),
                        new Attribute("load_balancing.algorithm.type", "round_robin"));
    }

    @Test
    void whatIsChangedIsShownAndNothingElseChanges() {
        List<Attribute> changed = fixture.balancerAttributes(
                balancer, "idle_timeout.timeout_seconds", "120", "waf.fail_open.enabled", "true");
        assertThat(changed)
                .isEqualTo(ofBalancer())
                .hasSize(20)
                .contains(
                        new Attribute("idle_timeout.timeout_seconds", "120"),
                        new Attribute("waf.fail_open.enabled", "true"),
                        new Attribute("routing.http2.enabled", "true"));
        fixture.groupAttributes(group, "deregistration_delay.timeout_seconds", "30");
        assertThat(ofGroup()).contains(new Attribute("deregistration_delay.timeout_seconds", "30"));
        fixture.groupAttributes(group, "deregistration_delay.timeout_seconds", "300");
        assertThat(ofGroup()).contains(new Attribute("deregistration_delay.timeout_seconds", "300"));
    }

    @ParameterizedTest
    @CsvSource({
        "no.such, 1, ValidationError, 'no.such' is not recognized",
        "idle_timeout.timeout_seconds, 0, ValidationError, in the inclusive range of 1 to 4000",
        "idle_timeout.timeout_seconds, x, ValidationError, in the inclusive range of 1 to 4000",
        "deletion_protection.enabled, yes, ValidationError, 'yes'",
        "routing.http.xff_header_processing.mode, drop, ValidationError, 'drop'",
        "load_balancing.cross_zone.enabled, false, ValidationError, 'false'",
        "access_logs.s3.enabled, true, NotImplementedByLocalAws, access_logs.s3.enabled 'true'",
        "routing.http.desync_mitigation_mode, strictest, NotImplementedByLocalAws, 'strictest'",
        "client_keep_alive.seconds, 60, NotImplementedByLocalAws, client_keep_alive.seconds '60'",
    })
    void badBalancerAttributesAreRefusedAndChangeNothing(String key, String value, String code, String message) {
        List<Attribute> before = ofBalancer();
        assertRefused(
                code, message, () -> fixture.balancerAttributes(balancer, "waf.fail_open.enabled", "true", key, value));
        assertThat(ofBalancer()).isEqualTo(before);
    }

    @ParameterizedTest
    @CsvSource({
        "no.such, 1, ValidationError, 'no.such' is not recognized",
        "deregistration_delay.timeout_seconds, 3601, ValidationError, in the inclusive range of 0 to 3600",
        "stickiness.lb_cookie.duration_seconds, 604801, ValidationError, 1 to 604800",
        "stickiness.type, source_ip, ValidationError, 'source_ip'",
        "stickiness.app_cookie.cookie_name, AWSALBAPP-0, ValidationError, does not begin with AWSALB",
        "slow_start.duration_seconds, 30, NotImplementedByLocalAws, slow_start.duration_seconds '30'",
        "load_balancing.algorithm.type, weighted_random, NotImplementedByLocalAws, 'weighted_random'",
    })
    void badGroupAttributesAreRefusedAndChangeNothing(String key, String value, String code, String message) {
        List<Attribute> before = ofGroup();
        assertRefused(code, message, () -> fixture.groupAttributes(group, "stickiness.enabled", "true", key, value));
        assertThat(ofGroup()).isEqualTo(before);
    }

    @Test
    void anApplicationCookieNeedsAName() {
        assertRefused(
                "ValidationError",
                "'stickiness.app_cookie.cookie_name' must be specified",
                () -> fixture.groupAttributes(group, "stickiness.enabled", "true", "stickiness.type", "app_cookie"));
    }

    @Test
    void aProtectedLoadBalancerIsNotDeleted() {
        fixture.balancerAttributes(balancer, "deletion_protection.enabled", "true");
        assertRefused("OperationNotPermitted", "deletion protection is enabled", this::delete);
        assertThat(ofBalancer()).isNotEmpty();
        fixture.balancerAttributes(balancer, "deletion_protection.enabled", "false");
        delete();
        assertRefused("LoadBalancerNotFound", balancer, this::ofBalancer);
    }

    private void delete() {
        fixture.calls.call("DeleteLoadBalancer", new DeleteLoadBalancerRequest(balancer), Empty.class);
    }

    /** What a target sees of a request with these headers. */
    private String seen(String listener, BlockingQueue<String> heads, String headers) throws Exception {
        try (Socket socket = new Socket("127.0.0.1", fixture.elb.realPort(listener))) {
            String request = "GET / HTTP/1.1\n" + headers + "\nConnection: close\n\n";
            socket.getOutputStream().write(request.replace("\n", "\r\n").getBytes(StandardCharsets.ISO_8859_1));
            return heads.poll(20, TimeUnit.SECONDS).replace(":" + socket.getLocalPort(), ":CLIENT");
        }
    }

    @Test
    void headersAreTreatedAsTheAttributesSay() throws Exception {
        BlockingQueue<String> heads = new LinkedBlockingQueue<>();
        try (ScriptedTarget target = new ScriptedTarget(wire -> {
            for (String head = wire.readHead(); head != null; head = wire.readHead()) {
                heads.add(head);
                wire.write("HTTP/1.1 200 OK\nContent-Length: 0\n\n");
            }
        })) {
            String listener = fixture.listener(balancer, 8080, forwardTo(group));
            fixture.register(group, new TargetAddress("127.0.0.1", target.port()));
            fixture.settle();
            String headers = "Host: shop.example.com\nX-Forwarded-For: 10.0.0.1\nbad_name: 1";
            assertThat(seen(listener, heads, headers))
                    .contains("\r\nX-Forwarded-For: 10.0.0.1, 127.0.0.1\r\n", "\r\nbad_name: 1\r\n")
                    .contains("\r\nHost: shop.example.com:8080\r\n");
            assertThat(seen(listener, heads, "Host: x:99")).contains("\r\nHost: x:99\r\n");

            fixture.balancerAttributes(
                    balancer,
                    "routing.http.preserve_host_header.enabled",
                    "true",
                    "routing.http.xff_client_port.enabled",
                    "true",
                    "routing.http.drop_invalid_header_fields.enabled",
                    "true");
            assertThat(seen(listener, heads, headers))
                    .contains("\r\nX-Forwarded-For: 10.0.0.1, 127.0.0.1:CLIENT\r\n")
                    .contains("\r\nHost: shop.example.com\r\n")
                    .doesNotContain("bad_name");

            fixture.balancerAttributes(balancer, "routing.http.xff_header_processing.mode", "preserve");
            assertThat(seen(listener, heads, headers)).contains("\r\nX-Forwarded-For: 10.0.0.1\r\n");
            fixture.balancerAttributes(balancer, "routing.http.xff_header_processing.mode", "remove");
            assertThat(seen(listener, heads, headers)).doesNotContain("X-Forwarded-For");
        }
    }

    @Test
    void theIdleTimeoutEndsTheWaitForATarget() throws Exception {
        try (ScriptedTarget target = new ScriptedTarget(wire -> {
            wire.readHead();
            wire.read();
        })) {
            String listener = fixture.listener(balancer, 80, forwardTo(group));
            fixture.register(group, new TargetAddress("127.0.0.1", target.port()));
            fixture.settle();
            fixture.balancerAttributes(balancer, "idle_timeout.timeout_seconds", "1");
            assertThat(fixture.get(listener).statusCode()).isEqualTo(504);
        }
    }

    @Test
    void withLeastOutstandingRequestsABusyTargetGetsNothingMore() throws Exception {
        CountDownLatch arrived = new CountDownLatch(2); // one answered request may still be counted for a moment
        CountDownLatch answer = new CountDownLatch(1);
        try (ScriptedTarget busy = new ScriptedTarget(wire -> {
                    wire.readHead();
                    arrived.countDown();
                    assertThat(answer.await(20, TimeUnit.SECONDS)).isTrue();
                    wire.write("HTTP/1.1 200 OK\nContent-Length: 4\n\nbusy");
                });
                ScriptedTarget idle = ScriptedTarget.answering("idle")) {
            String listener = fixture.listener(balancer, 80, forwardTo(group));
            fixture.groupAttributes(group, "load_balancing.algorithm.type", "least_outstanding_requests");
            fixture.register(group, new TargetAddress("127.0.0.1", busy.port()));
            fixture.settle();
            CompletableFuture<String> inFlight = CompletableFuture.supplyAsync(() -> body(listener));
            CompletableFuture<String> another = CompletableFuture.supplyAsync(() -> body(listener));
            assertThat(arrived.await(20, TimeUnit.SECONDS)).isTrue();
            fixture.register(group, new TargetAddress("127.0.0.1", idle.port()));
            fixture.settle();
            List<String> answers = new ArrayList<>();
            for (int i = 0; i < 6; i++) {
                answers.add(body(listener));
            }
            assertThat(answers).containsOnly("idle");
            answer.countDown();
            assertThat(inFlight.get(20, TimeUnit.SECONDS)).isEqualTo("busy");
            assertThat(another.get(20, TimeUnit.SECONDS)).isEqualTo("busy");
        }
    }

    @Test
    void withTooFewHealthyTargetsAllGetRequests() throws Exception {
        try (ScriptedTarget good = ScriptedTarget.answering("good");
                ScriptedTarget bad = ScriptedTarget.answering("bad")) {
            String listener = fixture.listener(balancer, 80, forwardTo(group));
            TargetAddress sick = new TargetAddress("127.0.0.1", bad.port());
            fixture.health.put(sick, new Answered(503));
            fixture.register(group, new TargetAddress("127.0.0.1", good.port()));
            fixture.register(group, sick);
            fixture.time.advance(Duration.ofSeconds(60));
            assertThat(List.of(body(listener), body(listener))).containsOnly("good");
            String key = "target_group_health.unhealthy_state_routing.minimum_healthy_targets.";
            fixture.groupAttributes(group, key + "count", "2");
            assertThat(List.of(body(listener), body(listener))).contains("good", "bad");
            fixture.groupAttributes(group, key + "count", "1", key + "percentage", "50");
            assertThat(List.of(body(listener), body(listener))).containsOnly("good");
            fixture.groupAttributes(group, key + "percentage", "51");
            assertThat(List.of(body(listener), body(listener))).contains("good", "bad");
        }
    }

    private String body(String listener) {
        try {
            return fixture.get(listener).body();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }
}
