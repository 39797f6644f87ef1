package io.jenkins.plugins.ecscanary.localaws.elb;

import io.jenkins.plugins.ecscanary.localaws.elb.AttributeTable.Attribute;
import io.jenkins.plugins.ecscanary.localaws.proxy.TargetStickiness;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * A target group's attributes.
 *
 * @param values those that are not AWS's default
 */
record TargetGroupAttributes(Map<String, String> values) {

    private static final String DELAY = "deregistration_delay.timeout_seconds";
    private static final String STICKY = "stickiness.enabled";
    private static final String STICKY_TYPE = "stickiness.type";
    private static final String LB_COOKIE = "stickiness.lb_cookie.duration_seconds";
    private static final String APP_COOKIE = "stickiness.app_cookie.duration_seconds";
    private static final String APP_COOKIE_NAME = "stickiness.app_cookie.cookie_name";
    private static final String ALGORITHM = "load_balancing.algorithm.type";
    private static final String LEAST_OUTSTANDING = "least_outstanding_requests";
    private static final String OPEN_COUNT =
            "target_group_health.unhealthy_state_routing.minimum_healthy_targets.count";
    private static final String OPEN_PERCENT =
            "target_group_health.unhealthy_state_routing.minimum_healthy_targets.percentage";
    private static final int WEEK = 7 * 24 * 60 * 60;

    /** Cross-zone balancing changes nothing: a machine has one zone. */
    private static final AttributeTable TABLE = new AttributeTable("target group")
            .number(DELAY, 300, 0, 3600)
            .flag(STICKY, false)
            .choice(STICKY_TYPE, "lb_cookie", "lb_cookie", "app_cookie")
            .number(LB_COOKIE, 86_400, 1, WEEK)
            .number(APP_COOKIE, 86_400, 1, WEEK)
            .text(
                    APP_COOKIE_NAME,
                    "",
                    "(?!AWSALB)[A-Za-z0-9!#$%&'*+.^_`|~-]{0,512}",
                    "a cookie name that does not begin with AWSALB")
            .only("slow_start.duration_seconds", "0")
            .choice(ALGORITHM, "round_robin", "round_robin", LEAST_OUTSTANDING)
            .butNot(ALGORITHM, "weighted_random")
            .only("load_balancing.algorithm.anomaly_mitigation", "off")
            .choice(
                    "load_balancing.cross_zone.enabled",
                    "use_load_balancer_configuration",
                    "use_load_balancer_configuration",
                    "true",
                    "false")
            .only("target_group_health.dns_failover.minimum_healthy_targets.count", "1")
            .only("target_group_health.dns_failover.minimum_healthy_targets.percentage", "off")
            .number(OPEN_COUNT, 1, 1, 1000)
            .numberOrOff(OPEN_PERCENT, "off", 1, 100);

    /** AWS's. */
    static final TargetGroupAttributes DEFAULT = new TargetGroupAttributes(Map.of());

    TargetGroupAttributes {
        values = Map.copyOf(values);
    }

    TargetGroupAttributes with(List<Attribute> given) {
        TargetGroupAttributes next = new TargetGroupAttributes(TABLE.changed(values, given));
        TargetStickiness stickiness = next.stickiness();
        if (stickiness != null && "".equals(stickiness.applicationCookie())) {
            throw Require.invalid("'" + APP_COOKIE_NAME + "' must be specified for stickiness of type 'app_cookie'");
        }
        return next;
    }

    List<Attribute> shown() {
        return TABLE.shown(values);
    }

    Duration deregistrationDelay() {
        return Duration.ofSeconds(TABLE.number(values, DELAY));
    }

    boolean leastOutstanding() {
        return LEAST_OUTSTANDING.equals(TABLE.value(values, ALGORITHM));
    }

    /** Null if clients don't stay with a target. */
    TargetStickiness stickiness() {
        if (!TABLE.isOn(values, STICKY)) {
            return null;
        }
        boolean application = "app_cookie".equals(TABLE.value(values, STICKY_TYPE));
        int seconds = TABLE.number(values, application ? APP_COOKIE : LB_COOKIE);
        return new TargetStickiness(
                application ? TABLE.value(values, APP_COOKIE_NAME) : null, Duration.ofSeconds(seconds));
    }

    /** With fewer healthy targets than this, of so many, all targets get requests. */
    int leastHealthy(int targets) {
        String percent = TABLE.value(values, OPEN_PERCENT);
        int share = "off".equals(percent) ? 0 : (int) Math.ceil(targets * Integer.parseInt(percent) / 100.0);
        return Math.max(TABLE.number(values, OPEN_COUNT), share);
    }
}
