package io.jenkins.plugins.ecscanary.localaws.elb;

import io.jenkins.plugins.ecscanary.localaws.elb.AttributeTable.Attribute;
import io.jenkins.plugins.ecscanary.localaws.proxy.ForwardOptions;
import io.jenkins.plugins.ecscanary.localaws.proxy.ForwardOptions.ForwardedFor;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * An application load balancer's attributes. Those about what is not there (TLS, HTTP/2, IPv6, WAF, zonal shifts) are kept;
 * those that would promise what does not happen (logs, other ways to treat odd requests, a limit on how long clients'
 * connections live) are refused by name.
 *
 * @param values those that are not AWS's default
 */
record LoadBalancerAttributes(Map<String, String> values) {

    private static final String PROTECTED = "deletion_protection.enabled";
    private static final String IDLE = "idle_timeout.timeout_seconds";
    private static final String DROP_INVALID = "routing.http.drop_invalid_header_fields.enabled";
    private static final String PRESERVE_HOST = "routing.http.preserve_host_header.enabled";
    private static final String FORWARDED_FOR = "routing.http.xff_header_processing.mode";
    private static final String CLIENT_PORT = "routing.http.xff_client_port.enabled";
    private static final String S3_NAME = "[A-Za-z0-9!_.*'()/-]{0,1024}";

    private static final AttributeTable TABLE = new AttributeTable("load balancer")
            .only("access_logs.s3.enabled", "false")
            .text("access_logs.s3.bucket", "", S3_NAME, "the name of a bucket")
            .text("access_logs.s3.prefix", "", S3_NAME, "a prefix")
            .only("connection_logs.s3.enabled", "false")
            .text("connection_logs.s3.bucket", "", S3_NAME, "the name of a bucket")
            .text("connection_logs.s3.prefix", "", S3_NAME, "a prefix")
            .only("client_keep_alive.seconds", "3600")
            .flag(PROTECTED, false)
            .number(IDLE, 60, 1, 4000)
            .flag("ipv6.deny_all_igw_traffic", false)
            .choice("load_balancing.cross_zone.enabled", "true", "true")
            .only("routing.http.desync_mitigation_mode", "defensive")
            .flag(DROP_INVALID, false)
            .flag(PRESERVE_HOST, false)
            .flag("routing.http.x_amzn_tls_version_and_cipher_suite.enabled", false)
            .flag(CLIENT_PORT, false)
            .choice(FORWARDED_FOR, "append", "append", "preserve", "remove")
            .flag("routing.http2.enabled", true)
            .flag("waf.fail_open.enabled", false)
            .flag("zonal_shift.config.enabled", false);

    /** AWS's. */
    static final LoadBalancerAttributes DEFAULT = new LoadBalancerAttributes(Map.of());

    LoadBalancerAttributes {
        values = Map.copyOf(values);
    }

    LoadBalancerAttributes with(List<Attribute> given) {
        return new LoadBalancerAttributes(TABLE.changed(values, given));
    }

    List<Attribute> shown() {
        return TABLE.shown(values);
    }

    boolean isProtected() {
        return TABLE.isOn(values, PROTECTED);
    }

    /**
     * The idle time-out is wall-clock time; AWS's default stands for the data plane's own setting.
     *
     * @param secure whether the listener's protocol is HTTPS
     */
    ForwardOptions forwardOptions(boolean secure) {
        return new ForwardOptions(
                values.containsKey(IDLE) ? Duration.ofSeconds(TABLE.number(values, IDLE)) : null,
                ForwardedFor.valueOf(TABLE.value(values, FORWARDED_FOR).toUpperCase(Locale.ROOT)),
                TABLE.isOn(values, CLIENT_PORT),
                TABLE.isOn(values, PRESERVE_HOST),
                TABLE.isOn(values, DROP_INVALID),
                secure);
    }
}
