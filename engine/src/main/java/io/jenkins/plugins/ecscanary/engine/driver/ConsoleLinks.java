package io.jenkins.plugins.ecscanary.engine.driver;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;

/** Links into AWS's console, in the partition a region belongs to. */
final class ConsoleLinks {

    private ConsoleLinks() {}

    static String deployment(String region, String deploymentId) {
        String safeRegion = URLEncoder.encode(region, StandardCharsets.UTF_8);
        return "https://" + host(region, safeRegion) + "/codesuite/codedeploy/deployments/"
                + URLEncoder.encode(deploymentId, StandardCharsets.UTF_8) + "?region=" + safeRegion;
    }

    private static String host(String region, String safeRegion) {
        if (region.startsWith("cn-")) {
            return safeRegion + ".console.amazonaws.cn";
        }
        if (region.startsWith("us-gov-")) {
            return "console.amazonaws-us-gov.com";
        }
        return safeRegion + ".console.aws.amazon.com";
    }
}
