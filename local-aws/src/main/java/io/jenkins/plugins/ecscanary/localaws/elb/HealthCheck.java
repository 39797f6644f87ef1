package io.jenkins.plugins.ecscanary.localaws.elb;

/**
 * How a target group's targets are checked.
 *
 * @param port {@code traffic-port} or a number
 * @param intervalSeconds simulated
 * @param timeoutSeconds simulated
 */
record HealthCheck(
        boolean enabled,
        String port,
        String path,
        int intervalSeconds,
        int timeoutSeconds,
        int healthyThreshold,
        int unhealthyThreshold,
        StatusMatcher matcher) {

    /** AWS's for targets of type {@code ip} behind an application load balancer. */
    static HealthCheck defaults() {
        return new HealthCheck(true, "traffic-port", "/", 30, 5, 5, 2, StatusMatcher.parse("200"));
    }

    int portFor(int trafficPort) {
        return "traffic-port".equals(port) ? trafficPort : Integer.parseInt(port);
    }
}
