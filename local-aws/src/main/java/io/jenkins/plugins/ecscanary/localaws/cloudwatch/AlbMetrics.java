package io.jenkins.plugins.ecscanary.localaws.cloudwatch;

import io.jenkins.plugins.ecscanary.localaws.proxy.TrafficMeter;
import io.jenkins.plugins.ecscanary.localaws.world.SimTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The load balancer's counters as metrics in {@code AWS/ApplicationELB}.
 *
 * <p>As on AWS: a request counts in {@code RequestCount} when its target is chosen and in {@code HTTPCode_Target_…} when
 * it has been answered, so the two may fall into different minutes; what the load balancer answers by itself has no
 * target group dimension; without requests there are no data points.
 */
public final class AlbMetrics implements TrafficMeter {

    static final String NAMESPACE = "AWS/ApplicationELB";

    private final MetricStore store;
    private final SimTime time;
    private final Map<String, LoadBalancerMeter> balancers = new ConcurrentHashMap<>();

    public AlbMetrics(MetricStore store, SimTime time) {
        this.store = store;
        this.time = time;
    }

    @Override
    public LoadBalancerMeter loadBalancer(String loadBalancer) {
        return balancers.computeIfAbsent(loadBalancer, Balancer::new);
    }

    private MetricSeries series(String metric, List<Dimension> dimensions) {
        String unit = "TargetResponseTime".equals(metric) ? MetricUnit.SECONDS : MetricUnit.COUNT;
        return store.series(new MetricKey(NAMESPACE, metric, dimensions), unit);
    }

    private final class Balancer implements LoadBalancerMeter {
        private final Dimension dimension;
        private final Map<String, GroupMeter> groups = new ConcurrentHashMap<>();

        Balancer(String loadBalancer) {
            dimension = new Dimension("LoadBalancer", loadBalancer);
        }

        @Override
        public void generated(int status) {
            if (status == 460) {
                return; // the client left: neither side's error, and AWS has no metric for it
            }
            series("HTTPCode_ELB_" + status / 100 + "XX_Count", List.of(dimension))
                    .add(1);
            if (status == 500 || status == 502 || status == 503 || status == 504) {
                series("HTTPCode_ELB_" + status + "_Count", List.of(dimension)).add(1);
            }
        }

        @Override
        public GroupMeter group(String targetGroup) {
            return groups.computeIfAbsent(
                    targetGroup, name -> new Group(dimension, new Dimension("TargetGroup", name)));
        }
    }

    private final class Group implements GroupMeter {
        private final List<Dimension> ofGroup;
        private final Counter requests;
        private final Counter responseTime;
        private final Counter connectionErrors;
        /** By the status code's first digit, from 2. */
        private final List<Counter> codes = new ArrayList<>();

        private final AtomicLong minuteWithPoints = new AtomicLong(Long.MIN_VALUE);

        Group(Dimension balancer, Dimension group) {
            List<Dimension> ofBalancer = List.of(balancer);
            ofGroup = List.of(balancer, group);
            requests = new Counter("RequestCount", ofBalancer, ofGroup);
            responseTime = new Counter("TargetResponseTime", ofBalancer, ofGroup);
            connectionErrors = new Counter("TargetConnectionErrorCount", ofBalancer, ofGroup);
            for (int digit = 2; digit <= 5; digit++) {
                codes.add(new Counter("HTTPCode_Target_" + digit + "XX_Count", ofBalancer, ofGroup));
            }
        }

        @Override
        public void chosen() {
            requests.add(1);
            long minute = time.now().getEpochSecond() / 60;
            if (minuteWithPoints.getAndSet(minute) != minute) {
                codes.forEach(Counter::touch); // a minute with requests tells all four, zeros too
            }
        }

        @Override
        public void answered(int status, double seconds) {
            responseTime.add(seconds);
            if (status >= 200 && status < 600) {
                codes.get(status / 100 - 2).add(1);
            }
        }

        @Override
        public void connectionFailed() {
            connectionErrors.add(1);
        }

        @Override
        public void hosts(int healthy, int unhealthy) {
            series("HealthyHostCount", ofGroup).add(healthy);
            series("UnHealthyHostCount", ofGroup).add(unhealthy);
        }
    }

    /** A metric that is kept for the load balancer and for the group behind it. */
    private final class Counter {
        private final MetricSeries balancer;
        private final MetricSeries group;

        Counter(String metric, List<Dimension> ofBalancer, List<Dimension> ofGroup) {
            balancer = series(metric, ofBalancer);
            group = series(metric, ofGroup);
        }

        void add(double value) {
            balancer.add(value);
            group.add(value);
        }

        void touch() {
            balancer.touch();
            group.touch();
        }
    }
}
