package io.jenkins.plugins.ecscanary.localaws.elb;

import io.jenkins.plugins.ecscanary.localaws.elb.LoadBalancing.TargetAddress;
import io.jenkins.plugins.ecscanary.localaws.proxy.RoundRobin;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A target group and its targets. Guarded by the world's lock, save for whose turn it is. */
final class TargetGroup {

    final String arn;
    final String name;
    /** The metric dimension, {@code targetgroup/<name>/<id>}. */
    final String dimension;

    final int port;
    final String vpcId;
    HealthCheck healthCheck;
    TargetGroupAttributes attributes = TargetGroupAttributes.DEFAULT;
    final Map<TargetAddress, Target> registered = new LinkedHashMap<>();
    /** Deregistered and not yet gone. An address may be registered again meanwhile: that is another target. */
    final List<Target> draining = new ArrayList<>();
    /** The data plane moves it on. */
    final RoundRobin turns = new RoundRobin();

    TargetGroup(String arn, String name, String dimension, int port, String vpcId, HealthCheck healthCheck) {
        this.arn = arn;
        this.name = name;
        this.dimension = dimension;
        this.port = port;
        this.vpcId = vpcId;
        this.healthCheck = healthCheck;
    }
}
