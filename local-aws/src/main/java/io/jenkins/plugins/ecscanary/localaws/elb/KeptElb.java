package io.jenkins.plugins.ecscanary.localaws.elb;

import java.util.List;
import java.util.Map;

/**
 * What survives a restart: what calls have made, in the shapes they were made in. How healthy a target is does not, nor
 * do targets that ECS has registered, since it registers its tasks anew.
 *
 * @param tags by ARN
 */
record KeptElb(
        List<Balancer> loadBalancers,
        List<Group> targetGroups,
        List<OneListener> listeners,
        Map<String, Map<String, String>> tags) {

    /** @param createdMillis of simulated time since 1970 */
    record Balancer(
            String arn,
            String name,
            String scheme,
            List<String> subnets,
            List<String> securityGroups,
            long createdMillis,
            boolean active,
            Map<String, String> attributes) {}

    /** @param targets those registered by hand, as {@code ip:port} */
    record Group(
            String arn,
            String name,
            int port,
            String vpcId,
            Check healthCheck,
            Map<String, String> attributes,
            List<String> targets) {}

    /** A health check; seconds are simulated. */
    record Check(
            String port,
            String path,
            int intervalSeconds,
            int timeoutSeconds,
            int healthyThreshold,
            int unhealthyThreshold,
            String matcher) {}

    /**
     * @param realPort where it was on 127.0.0.1
     * @param rules the default rule among them
     * @param protocol null for HTTP
     */
    record OneListener(
            String arn,
            String loadBalancerArn,
            int port,
            int realPort,
            List<OneRule> rules,
            ListenerProtocol protocol) {}

    /**
     * @param priority null for the default rule
     * @param conditions null for the default rule
     */
    record OneRule(String arn, Integer priority, List<RuleCondition> conditions, Action action) {}
}
