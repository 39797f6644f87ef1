package io.jenkins.plugins.ecscanary.localaws.cloudwatch;

import io.jenkins.plugins.ecscanary.localaws.cloudwatch.AlarmOperations.PutMetricAlarmRequest;
import io.jenkins.plugins.ecscanary.localaws.cloudwatch.AlarmQueries.DescribeAlarmsRequest;
import io.jenkins.plugins.ecscanary.localaws.cloudwatch.AlarmQueries.DescribeAlarmsResponse;
import io.jenkins.plugins.ecscanary.localaws.cloudwatch.MetricDataQuery.Metric;
import io.jenkins.plugins.ecscanary.localaws.cloudwatch.MetricDataQuery.MetricStat;
import io.jenkins.plugins.ecscanary.localaws.elb.Calls;
import io.jenkins.plugins.ecscanary.localaws.proxy.TrafficMeter.GroupMeter;
import io.jenkins.plugins.ecscanary.localaws.world.Ids;
import io.jenkins.plugins.ecscanary.localaws.world.ManualTime;
import io.jenkins.plugins.ecscanary.localaws.world.World;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** CloudWatch in a world whose time stands still at 10:00:00, fed by hand. */
final class CloudWatchFixture {

    static final String BALANCER = "app/web/50dc6c495c0c9188";
    static final String GROUP = "targetgroup/web-b/73e2d6bc24d8a067";

    final ManualTime time = new ManualTime();
    final List<String> log = new ArrayList<>();
    final World world = new World("123456789012", "eu-central-1", time, new Ids(new Random(1)), log::add);
    final MetricStore store;
    final CloudWatch cloudWatch;
    final Calls calls;
    final GroupMeter traffic;

    CloudWatchFixture() {
        this(IngestDelay.none());
    }

    CloudWatchFixture(IngestDelay delay) {
        store = new MetricStore(time, delay);
        cloudWatch = new CloudWatch(world, store, CloudWatchSettings.defaults());
        calls = new Calls(world, cloudWatch.api());
        traffic = new AlbMetrics(store, time).loadBalancer(BALANCER).group(GROUP);
    }

    static MetricDataQuery metric(String id, String name, String stat) {
        List<Dimension> dimensions =
                List.of(new Dimension("LoadBalancer", BALANCER), new Dimension("TargetGroup", GROUP));
        return new MetricDataQuery(
                id,
                new MetricStat(new Metric("AWS/ApplicationELB", name, dimensions), 60, stat, null),
                null,
                null,
                false,
                null);
    }

    static MetricDataQuery expression(String id, String text) {
        return new MetricDataQuery(id, null, text, null, true, null);
    }

    /** The success-rate alarm of the reference architecture. */
    static PutMetricAlarmRequest successRate(int least) {
        return alarm("web-b-success-rate", 3, 2, "LessThanThreshold", 99.5, "notBreaching", successRateQueries(least));
    }

    static List<MetricDataQuery> successRateQueries(int least) {
        return List.of(
                expression("sr", "IF(req >= " + least + ", 100*(1-(FILL(t5xx,0)+FILL(connErr,0))/req), 100)"),
                metric("req", "RequestCount", "Sum"),
                metric("t5xx", "HTTPCode_Target_5XX_Count", "Sum"),
                metric("connErr", "TargetConnectionErrorCount", "Sum"));
    }

    static PutMetricAlarmRequest alarm(
            String name,
            int n,
            Integer m,
            String comparison,
            double threshold,
            String missing,
            List<MetricDataQuery> metrics) {
        return new PutMetricAlarmRequest(
                name,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                n,
                m,
                threshold,
                comparison,
                missing,
                metrics,
                null);
    }

    void put(PutMetricAlarmRequest alarm) {
        calls.call("PutMetricAlarm", alarm, Empty.class);
    }

    MetricAlarm alarm(String name) {
        return calls.call(
                        "DescribeAlarms",
                        new DescribeAlarmsRequest(List.of(name), null, null, null, null, null, null),
                        DescribeAlarmsResponse.class)
                .metricAlarms()
                .get(0);
    }

    String state(String name) {
        return alarm(name).stateValue();
    }

    /** A minute of requests, of which some are answered 500. */
    void minute(int requests, int errors) {
        for (int i = 0; i < requests; i++) {
            traffic.chosen();
            traffic.answered(i < errors ? 500 : 200, 0.01);
        }
        time.advance(Duration.ofMinutes(1));
    }

    void silence(int minutes) {
        time.advance(Duration.ofMinutes(minutes));
    }
}
