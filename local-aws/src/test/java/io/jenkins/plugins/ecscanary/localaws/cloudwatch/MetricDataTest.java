package io.jenkins.plugins.ecscanary.localaws.cloudwatch;

import static io.jenkins.plugins.ecscanary.localaws.cloudwatch.CloudWatchFixture.BALANCER;
import static io.jenkins.plugins.ecscanary.localaws.cloudwatch.CloudWatchFixture.GROUP;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.ecscanary.localaws.cloudwatch.MetricDataQuery.Metric;
import io.jenkins.plugins.ecscanary.localaws.cloudwatch.MetricDataQuery.MetricStat;
import io.jenkins.plugins.ecscanary.localaws.cloudwatch.MetricOperations.GetMetricDataRequest;
import io.jenkins.plugins.ecscanary.localaws.cloudwatch.MetricOperations.GetMetricDataResponse;
import io.jenkins.plugins.ecscanary.localaws.cloudwatch.MetricOperations.ListMetricsRequest;
import io.jenkins.plugins.ecscanary.localaws.cloudwatch.MetricOperations.ListMetricsResponse;
import io.jenkins.plugins.ecscanary.localaws.cloudwatch.MetricOperations.MetricDataResult;
import io.jenkins.plugins.ecscanary.localaws.wire.AwsError;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What the load balancer's counters look like through GetMetricData. */
class MetricDataTest {

    private static final Instant START = Instant.parse("2026-01-05T10:00:00Z");

    private static MetricDataQuery query(String id, String metric, String stat, int period, boolean ofGroup) {
        List<Dimension> dimensions = new ArrayList<>(List.of(new Dimension("LoadBalancer", BALANCER)));
        if (ofGroup) {
            dimensions.add(0, new Dimension("TargetGroup", GROUP));
        }
        Metric named = new Metric("AWS/ApplicationELB", metric, dimensions);
        return new MetricDataQuery(id, new MetricStat(named, period, stat, null), null, null, null, null);
    }

    private static GetMetricDataResponse get(CloudWatchFixture fixture, List<MetricDataQuery> queries) {
        return get(fixture, queries, null, null);
    }

    private static GetMetricDataResponse get(
            CloudWatchFixture fixture, List<MetricDataQuery> queries, Integer most, String token) {
        return fixture.calls.call(
                "GetMetricData",
                new GetMetricDataRequest(queries, START, START.plusSeconds(3600), token, "TimestampAscending", most),
                GetMetricDataResponse.class);
    }

    private static List<Double> values(CloudWatchFixture fixture, String metric, String stat, boolean ofGroup) {
        return get(fixture, List.of(query("m", metric, stat, 60, ofGroup)))
                .metricDataResults()
                .get(0)
                .values();
    }

    /** By as many ways as there are grains on the chessboard. */
    @Test
    @Timeout(60)
    void anExpressionMayReferToAnotherByMoreWaysThanOne() {
        List<MetricDataQuery> queries = new ArrayList<>(List.of(query("e0", "RequestCount", "Sum", 60, true)));
        for (int i = 1; i < 64; i++) {
            queries.add(new MetricDataQuery("e" + i, null, "e" + (i - 1) + " + e" + (i - 1), null, null, null));
        }
        CloudWatchFixture fixture = new CloudWatchFixture();
        fixture.traffic.chosen();
        fixture.time.advance(Duration.ofMinutes(10));
        assertThat(get(fixture, queries).metricDataResults().get(63).values()).containsExactly(Math.pow(2, 63));
    }

    @Test
    void requestsCountWhenATargetIsChosenAndCodesWhenItHasAnswered() {
        CloudWatchFixture fixture = new CloudWatchFixture();
        fixture.traffic.chosen();
        fixture.traffic.chosen();
        fixture.traffic.answered(200, 0.25);
        fixture.time.advance(Duration.ofMinutes(1));
        fixture.traffic.answered(404, 70);
        fixture.time.advance(Duration.ofMinutes(1));
        for (boolean ofGroup : new boolean[] {true, false}) {
            assertThat(values(fixture, "RequestCount", "Sum", ofGroup)).containsExactly(2.0);
            assertThat(values(fixture, "HTTPCode_Target_2XX_Count", "Sum", ofGroup))
                    .containsExactly(1.0);
            assertThat(values(fixture, "HTTPCode_Target_4XX_Count", "Sum", ofGroup))
                    .containsExactly(0.0, 1.0);
            assertThat(values(fixture, "HTTPCode_Target_5XX_Count", "Sum", ofGroup))
                    .containsExactly(0.0);
            assertThat(values(fixture, "TargetResponseTime", "Maximum", ofGroup))
                    .containsExactly(0.25, 70.0);
            assertThat(values(fixture, "TargetConnectionErrorCount", "Sum", ofGroup))
                    .isEmpty();
        }
    }

    @Test
    void silenceIsMissingData() {
        CloudWatchFixture fixture = new CloudWatchFixture();
        fixture.minute(3, 0);
        fixture.silence(2);
        fixture.minute(4, 0);
        MetricDataResult result = get(fixture, List.of(query("m", "RequestCount", "Sum", 60, true)))
                .metricDataResults()
                .get(0);
        assertThat(result.timestamps()).containsExactly(START, START.plusSeconds(180));
        assertThat(result.values()).containsExactly(3.0, 4.0);
        assertThat(result.statusCode()).isEqualTo("Complete");
        assertThat(result.label()).isEqualTo("RequestCount");
    }

    @Test
    void whatTheLoadBalancerAnswersItselfHasNoTargetGroup() {
        CloudWatchFixture fixture = new CloudWatchFixture();
        var balancer = new AlbMetrics(fixture.store, fixture.time).loadBalancer(BALANCER);
        balancer.generated(502);
        balancer.generated(503);
        balancer.generated(460);
        fixture.silence(1);
        assertThat(values(fixture, "HTTPCode_ELB_5XX_Count", "Sum", false)).containsExactly(2.0);
        assertThat(values(fixture, "HTTPCode_ELB_502_Count", "Sum", false)).containsExactly(1.0);
        assertThat(values(fixture, "HTTPCode_ELB_5XX_Count", "Sum", true)).isEmpty();
        assertThat(fixture.calls
                        .call(
                                "ListMetrics",
                                new ListMetricsRequest(null, null, null, null, null),
                                ListMetricsResponse.class)
                        .metrics())
                .extracting(Metric::metricName)
                .containsExactly("HTTPCode_ELB_502_Count", "HTTPCode_ELB_503_Count", "HTTPCode_ELB_5XX_Count");
    }

    @Test
    void aMinuteIsSeenWhenItHasClosedAndItsDelayHasPassed() {
        CloudWatchFixture fixture = new CloudWatchFixture((metric, minute) -> Duration.ofSeconds(90));
        fixture.traffic.chosen();
        fixture.time.advance(Duration.ofSeconds(149));
        assertThat(values(fixture, "RequestCount", "Sum", true)).isEmpty();
        fixture.time.advance(Duration.ofSeconds(1));
        assertThat(values(fixture, "RequestCount", "Sum", true)).containsExactly(1.0);
    }

    @Test
    void statisticsOfResponseTimes() {
        CloudWatchFixture fixture = new CloudWatchFixture();
        for (int i = 1; i <= 100; i++) {
            fixture.traffic.answered(200, i / 100.0);
        }
        fixture.silence(1);
        assertThat(values(fixture, "TargetResponseTime", "p50", true)).containsExactly(0.5);
        assertThat(values(fixture, "TargetResponseTime", "p99", true)).containsExactly(0.99);
        assertThat(values(fixture, "TargetResponseTime", "p99.9", true)).containsExactly(1.0);
        assertThat(values(fixture, "TargetResponseTime", "Minimum", true)).containsExactly(0.01);
        assertThat(values(fixture, "TargetResponseTime", "SampleCount", true)).containsExactly(100.0);
        assertThat(values(fixture, "TargetResponseTime", "Average", true).get(0))
                .isBetween(0.5, 0.51);
    }

    @Test
    void longerPeriodsGatherMinutes() {
        CloudWatchFixture fixture = new CloudWatchFixture();
        for (int i = 1; i <= 6; i++) {
            fixture.minute(i, 0);
        }
        MetricDataResult result = get(fixture, List.of(query("m", "RequestCount", "Sum", 300, true)))
                .metricDataResults()
                .get(0);
        assertThat(result.values()).containsExactly(15.0, 6.0);
        assertThat(result.timestamps()).containsExactly(START, START.plusSeconds(300));
    }

    @Test
    void expressionsAreAnsweredLikeMetrics() {
        CloudWatchFixture fixture = new CloudWatchFixture();
        fixture.minute(200, 3);
        fixture.minute(4, 4);
        GetMetricDataResponse response = get(fixture, CloudWatchFixture.successRateQueries(50));
        assertThat(response.metricDataResults()).singleElement().satisfies(result -> {
            assertThat(result.id()).isEqualTo("sr");
            assertThat(result.label()).isEqualTo("sr");
            assertThat(result.values()).containsExactly(98.5, 100.0);
        });
    }

    @Test
    void dataComesInPagesNewestFirstUnlessAskedOtherwise() {
        CloudWatchFixture fixture = new CloudWatchFixture();
        for (int i = 1; i <= 3; i++) {
            fixture.minute(i, 0);
        }
        List<MetricDataQuery> queries =
                List.of(query("a", "RequestCount", "Sum", 60, true), query("b", "RequestCount", "Sum", 60, false));
        List<String> seen = new ArrayList<>();
        String token = null;
        do {
            GetMetricDataResponse page = get(fixture, queries, 2, token);
            page.metricDataResults().forEach(result -> seen.add(result.id() + result.values() + result.statusCode()));
            token = page.nextToken();
        } while (token != null);
        assertThat(seen)
                .containsExactly(
                        "a[1.0, 2.0]PartialData",
                        "b[]PartialData",
                        "a[3.0]Complete",
                        "b[1.0]PartialData",
                        "b[2.0, 3.0]Complete");
        GetMetricDataResponse newest = fixture.calls.call(
                "GetMetricData",
                new GetMetricDataRequest(queries, START, START.plusSeconds(120), null, null, null),
                GetMetricDataResponse.class);
        assertThat(newest.metricDataResults().get(0).values()).containsExactly(2.0, 1.0);
    }

    @Test
    void badRequestsAreRefused() {
        CloudWatchFixture fixture = new CloudWatchFixture();
        MetricDataQuery good = query("a", "RequestCount", "Sum", 60, true);
        assertRefused(fixture, List.of(), START, "1 to 500 elements");
        assertRefused(fixture, List.of(good), START.plusSeconds(7200), "must be less than the parameter EndTime");
        assertRefused(fixture, List.of(good, good), START, "used more than once");
        assertRefused(fixture, List.of(query("A", "RequestCount", "Sum", 60, true)), START, "parameter Id is invalid");
        assertRefused(fixture, List.of(query("a", "RequestCount", "Sum", 15, true)), START, "multiple of 60");
    }

    @Test
    void dimensionsWithoutAValueAreRefused() {
        CloudWatchJson json = new CloudWatchJson(new CloudWatchFixture());
        for (String dimension : List.of("{'Name': 'a'}", "{'Value': 'a'}", "null")) {
            json.refused(
                    "MissingParameter",
                    "Dimensions.member.1",
                    "GetMetricData",
                    """
                    {'StartTime': '2026-01-05T09:00:00Z', 'EndTime': '2026-01-05T11:00:00Z', 'MetricDataQueries': [
                      {'Id': 'a', 'MetricStat': {'Period': 10, 'Stat': 'Sum', 'Metric':
                        {'Namespace': 'N', 'MetricName': 'M', 'Dimensions': [%s]}}}]}
                    """
                            .formatted(dimension));
        }
    }

    private static void assertRefused(
            CloudWatchFixture fixture, List<MetricDataQuery> queries, Instant start, String message) {
        assertThatThrownBy(() -> fixture.calls.call(
                        "GetMetricData",
                        new GetMetricDataRequest(queries, start, START.plusSeconds(3600), null, null, null),
                        GetMetricDataResponse.class))
                .isInstanceOfSatisfying(
                        AwsError.class, error -> assertThat(error.code()).isEqualTo("ValidationError"))
                .hasMessageContaining(message);
    }
}
