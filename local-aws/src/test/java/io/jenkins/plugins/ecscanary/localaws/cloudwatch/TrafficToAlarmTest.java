package io.jenkins.plugins.ecscanary.localaws.cloudwatch;

import static io.jenkins.plugins.ecscanary.localaws.cloudwatch.CloudWatchFixture.BALANCER;
import static io.jenkins.plugins.ecscanary.localaws.cloudwatch.CloudWatchFixture.GROUP;
import static io.jenkins.plugins.ecscanary.localaws.cloudwatch.CloudWatchFixture.successRate;
import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.ecscanary.localaws.proxy.BackendPool;
import io.jenkins.plugins.ecscanary.localaws.proxy.DataPlane;
import io.jenkins.plugins.ecscanary.localaws.proxy.Endpoint;
import io.jenkins.plugins.ecscanary.localaws.proxy.ProxySettings;
import io.jenkins.plugins.ecscanary.localaws.proxy.RoundRobin;
import io.jenkins.plugins.ecscanary.localaws.proxy.Route;
import io.jenkins.plugins.ecscanary.localaws.proxy.ScriptedTarget;
import io.jenkins.plugins.ecscanary.localaws.proxy.TrafficMeter;
import io.jenkins.plugins.ecscanary.localaws.proxy.TrafficMeter.GroupMeter;
import io.jenkins.plugins.ecscanary.localaws.proxy.TrafficMeter.LoadBalancerMeter;
import io.jenkins.plugins.ecscanary.localaws.proxy.WeightedSchedule;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Real requests, through the data plane, its counters and the metrics, to a red alarm. */
@Timeout(60)
class TrafficToAlarmTest {

    private static final int PER_MINUTE = 40;

    @Test
    void fivePercentErrorsOfRealRequestsTurnTheAlarmRed() throws Exception {
        CloudWatchFixture fixture = new CloudWatchFixture();
        fixture.put(successRate(20));
        AtomicInteger served = new AtomicInteger();
        Semaphore counted = new Semaphore(0);
        LoadBalancerMeter meter =
                signalling(new AlbMetrics(fixture.store, fixture.time).loadBalancer(BALANCER), counted);
        try (ScriptedTarget target = new ScriptedTarget(wire -> {
                    while (wire.readHead() != null) {
                        String status = served.incrementAndGet() % 20 == 0 ? "500 Oh" : "200 OK";
                        wire.write("HTTP/1.1 " + status + "\nContent-Length: 2\n\nok");
                    }
                });
                DataPlane plane = new DataPlane(ProxySettings.defaults())) {
            BackendPool pool = new BackendPool(List.of(target.backend()), new RoundRobin(), meter.group(GROUP));
            Endpoint endpoint =
                    plane.open(0, 80, new Route(WeightedSchedule.of(Map.of("a", 1)), Map.of("a", pool), meter));
            HttpClient client = HttpClient.newHttpClient();
            HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + endpoint.port() + "/"))
                    .build();
            for (int minute = 0; minute < 3; minute++) {
                for (int i = 0; i < PER_MINUTE; i++) {
                    client.send(request, HttpResponse.BodyHandlers.ofString());
                }
                assertThat(counted.tryAcquire(PER_MINUTE, 20, TimeUnit.SECONDS)).isTrue();
                fixture.time.advance(Duration.ofMinutes(1));
            }
        }
        assertThat(fixture.alarm("web-b-success-rate").stateReason())
                .startsWith("Threshold Crossed: 2 out of the last 2 datapoints [95.0 (05/01/26 10:01:00), "
                        + "95.0 (05/01/26 10:00:00)] were less than the threshold (99.5)");
    }

    /** A request is counted a moment after its client has the answer: the clock may move on only then. */
    private static LoadBalancerMeter signalling(LoadBalancerMeter meter, Semaphore counted) {
        return new LoadBalancerMeter() {
            @Override
            public void generated(int status) {
                meter.generated(status);
            }

            @Override
            public GroupMeter group(String targetGroup) {
                return signalling(meter.group(targetGroup), counted);
            }
        };
    }

    private static GroupMeter signalling(GroupMeter meter, Semaphore counted) {
        return new TrafficMeter.GroupMeter() {
            @Override
            public void chosen() {
                meter.chosen();
            }

            @Override
            public void answered(int status, double seconds) {
                meter.answered(status, seconds);
                counted.release();
            }

            @Override
            public void connectionFailed() {
                meter.connectionFailed();
            }

            @Override
            public void hosts(int healthy, int unhealthy) {
                meter.hosts(healthy, unhealthy);
            }
        };
    }
}
