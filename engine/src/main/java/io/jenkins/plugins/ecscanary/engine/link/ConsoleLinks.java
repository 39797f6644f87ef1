package io.jenkins.plugins.ecscanary.engine.link;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;

/**
 * Links into AWS's console, in the partition a region belongs to: {@code aws}, {@code aws-cn} or {@code aws-us-gov}. Always
 * https, with everything that comes from elsewhere encoded. The paths are those that the console's own address bar has
 * (2026); AWS documents none of them.
 */
public final class ConsoleLinks {

    private final String region;

    /** @param region decides on the console, too */
    public ConsoleLinks(String region) {
        this.region = region;
    }

    public String deployment(String deploymentId) {
        return base() + "/codesuite/codedeploy/deployments/" + encoded(deploymentId) + query();
    }

    public String service(String cluster, String service) {
        return base() + "/ecs/v2/clusters/" + encoded(cluster) + "/services/" + encoded(service) + "/health" + query();
    }

    /** @param shortName {@code family:revision} */
    public String taskDefinition(String shortName) {
        int colon = shortName.lastIndexOf(':');
        String path = colon < 0
                ? encoded(shortName)
                : encoded(shortName.substring(0, colon)) + "/" + encoded(shortName.substring(colon + 1))
                        + "/containers";
        return base() + "/ecs/v2/task-definitions/" + path + query();
    }

    public String targetGroup(String arn) {
        return base() + "/ec2/home" + query() + "#TargetGroup:targetGroupArn=" + encoded(arn);
    }

    public String loadBalancer(String arn) {
        return base() + "/ec2/home" + query() + "#LoadBalancer:loadBalancerArn=" + encoded(arn);
    }

    public String alarm(String name) {
        return base() + "/cloudwatch/home" + query() + "#alarmsV2:alarm/" + encoded(name);
    }

    /** The console has names in its fragment encoded twice, with {@code $} for the second percent sign. */
    public String logGroup(String name) {
        String twice = encoded(encoded(name)).replace("%", "$");
        return base() + "/cloudwatch/home" + query() + "#logsV2:log-groups/log-group/" + twice;
    }

    private String base() {
        // What is no region must not become part of a host; the console's own start page then asks for one.
        String prefix = region.matches("[a-z0-9-]+") ? region + "." : "";
        if (region.startsWith("cn-")) {
            return "https://" + prefix + "console.amazonaws.cn";
        }
        if (region.startsWith("us-gov-")) {
            return "https://console.amazonaws-us-gov.com";
        }
        return "https://" + prefix + "console.aws.amazon.com";
    }

    private String query() {
        return "?region=" + encoded(region);
    }

    /** A space is %20 in paths and fragments, where + is a plus. */
    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }
}
