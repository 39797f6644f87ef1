package io.jenkins.plugins.ecscanary.infra;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Settings that several tests use. */
final class AllOptions {

    static final String PARAMETER = "TOKEN=arn:aws:ssm:eu-central-1:123456789012:parameter/web/token";

    static final Map<String, String> SECRETS = Map.of(
            "secrets",
            "PASSWORD=arn:aws:secretsmanager:eu-central-1:123456789012:secret:web/password-AbCdEf," + PARAMETER);

    private AllOptions() {}

    /** Everything that is off by default, on. */
    static Map<String, String> on() {
        Map<String, String> all = new TreeMap<>(SECRETS);
        all.put("certificate", "arn:aws:acm:eu-central-1:123456789012:certificate/12345678-1234");
        all.put("cloudFrontPrefixList", "pl-a3a144ac");
        all.put("cloudFrontDomain", "www.example.com");
        all.put("cloudFrontCertificate", "arn:aws:acm:us-east-1:123456789012:certificate/12345678-1234");
        all.put("cloudFrontCachedPaths", "/static/*");
        all.put("testListenerCidrs", "203.0.113.0/24");
        all.put("trafficPlan", "linear:20:2");
        all.put("deployer", "arn:aws:iam::123456789012:role/jenkins");
        all.put("deployerExternalId", "jenkins-1");
        all.put("deployerCidrs", "203.0.113.0/24");
        all.put("deployerFeatures", "before-traffic,retention,task-logs");
        all.put("flowLogs", "true");
        all.put("discoveryNamespace", "internal.example");
        all.put("clientCidrs", "10.0.0.0/16");
        all.put("user", "10001:10001");
        all.put("readOnlyRootFilesystem", "true");
        all.put("spotPercent", "50");
        all.put("maxCount", "6");
        all.put("scaleAtCpu", "60");
        all.put("scaleAtMemory", "70");
        all.put("scaleAtRequests", "600");
        all.put("moreAlarms", "true");
        all.put("alarmTopic", "arn:aws:sns:eu-central-1:123456789012:alarms");
        all.put("waf", "true");
        all.put("budgetUsd", "200");
        all.put("budgetEmail", "ann@example.com");
        return all;
    }

    /** The same where ECS itself deploys: all but what is CodeDeploy's, and with what only ECS has. */
    static Map<String, String> byEcs() {
        Map<String, String> all = new TreeMap<>(on());
        all.keySet().removeAll(List.of("trafficPlan", "deployerFeatures"));
        all.put("ecsStrategy", "linear:10:6");
        all.put("serviceConnectNamespace", "shop");
        all.put("pauseAt", "POST_TEST_TRAFFIC_SHIFT,PRE_PRODUCTION_TRAFFIC_SHIFT");
        return all;
    }
}
