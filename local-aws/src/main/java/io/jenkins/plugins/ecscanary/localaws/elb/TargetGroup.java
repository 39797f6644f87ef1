package io.jenkins.plugins.ecscanary.localaws.elb;

import io.jenkins.plugins.ecscanary.localaws.elb.LoadBalancing.TargetAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;

/** A target group and its targets. Guarded by the world's lock, save for the round robin's cursor. */
final class TargetGroup {

    final String arn;
    final String name;
    /** The metric dimension, {@code targetgroup/<name>/<id>}. */
    final String dimension;

    final int port;
    final String vpcId;
    HealthCheck healthCheck;
    Duration deregistrationDelay = Duration.ofSeconds(300);
    final Map<TargetAddress, Target> registered = new LinkedHashMap<>();
    /** Deregistered and not yet gone. An address may be registered again meanwhile: that is another target. */
    final List<Target> draining = new ArrayList<>();
    /** Where the round robin is; the data plane moves it on. */
    final AtomicInteger cursor = new AtomicInteger();

    TargetGroup(String arn, String name, String dimension, int port, String vpcId, HealthCheck healthCheck) {
        this.arn = arn;
        this.name = name;
        this.dimension = dimension;
        this.port = port;
        this.vpcId = vpcId;
        this.healthCheck = healthCheck;
    }
}
