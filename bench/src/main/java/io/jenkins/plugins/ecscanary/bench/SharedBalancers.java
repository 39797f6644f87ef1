package io.jenkins.plugins.ecscanary.bench;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.ecscanary.localaws.LocalAws;
import io.jenkins.plugins.ecscanary.localaws.reference.ReferenceResources;
import io.jenkins.plugins.ecscanary.localaws.reference.ReferenceResources.TargetGroup;
import java.util.List;
import java.util.Map;

/**
 * What hundreds of services need in one account: an account has 50 load balancers at most, so ten services share each, with
 * listeners of their own. Each target group has an alarm on its 5xx answers.
 */
final class SharedBalancers {

    private static final int SERVICES_EACH = 10;
    private static final String ELB = "elasticloadbalancing";

    private final LocalAws aws;
    private int services;
    private String balancer;

    SharedBalancers(LocalAws aws) {
        this.aws = aws;
    }

    /** Everything for a service but the service and its deployment group. */
    ReferenceResources next(String name) {
        int place = services++ % SERVICES_EACH;
        if (place == 0) {
            balancer = elb(
                    "CreateLoadBalancer",
                    Map.of("Name", "shared-" + services, "Subnets", List.of("subnet-a", "subnet-b")),
                    "/LoadBalancers/0/LoadBalancerArn");
        }
        aws.calls().call("ecs", "CreateCluster", Map.of("clusterName", name));
        String repositoryUri = aws.calls()
                .call("ecr", "CreateRepository", Map.of("repositoryName", name))
                .at("/repository/repositoryUri")
                .asText();
        List<TargetGroup> groups = List.of(group(name + "-blue"), group(name + "-green"));
        return new ReferenceResources(
                aws.region(),
                name,
                name,
                "app",
                name,
                repositoryUri,
                "/ecs/" + name,
                balancer,
                groups,
                listener(80 + place, groups.get(0)),
                listener(9000 + place, groups.get(0)),
                groups.stream().map(SharedBalancers::alarm).toList(),
                name,
                name,
                "arn:aws:iam::" + aws.account() + ":role/" + name + "-task-execution",
                "arn:aws:iam::" + aws.account() + ":role/" + name + "-task",
                0);
    }

    private static String alarm(TargetGroup group) {
        return group.name() + "-success-rate";
    }

    private TargetGroup group(String name) {
        String arn = elb(
                "CreateTargetGroup",
                Map.of("Name", name, "Protocol", "HTTP", "Port", 3000, "VpcId", "vpc-1", "TargetType", "ip"),
                "/TargetGroups/0/TargetGroupArn");
        TargetGroup group = new TargetGroup(name, arn);
        aws.calls()
                .call(
                        "monitoring",
                        "PutMetricAlarm",
                        Map.ofEntries(
                                Map.entry("AlarmName", alarm(group)),
                                Map.entry("Namespace", "AWS/ApplicationELB"),
                                Map.entry("MetricName", "HTTPCode_Target_5XX_Count"),
                                Map.entry("Statistic", "Sum"),
                                Map.entry("Period", 60),
                                Map.entry("EvaluationPeriods", 2),
                                Map.entry("Threshold", 5),
                                Map.entry("ComparisonOperator", "GreaterThanThreshold"),
                                Map.entry("TreatMissingData", "notBreaching"),
                                Map.entry(
                                        "Dimensions",
                                        List.of(
                                                dimension("LoadBalancer", after(balancer, "loadbalancer/")),
                                                dimension("TargetGroup", arn.substring(arn.lastIndexOf(':') + 1))))));
        return group;
    }

    private static String after(String arn, String what) {
        return arn.substring(arn.indexOf(what) + what.length());
    }

    private static Map<String, String> dimension(String name, String value) {
        return Map.of("Name", name, "Value", value);
    }

    private String listener(int port, TargetGroup group) {
        return elb(
                "CreateListener",
                Map.of(
                        "LoadBalancerArn",
                        balancer,
                        "Protocol",
                        "HTTP",
                        "Port",
                        port,
                        "DefaultActions",
                        List.of(Map.of("Type", "forward", "TargetGroupArn", group.arn()))),
                "/Listeners/0/ListenerArn");
    }

    private String elb(String operation, Map<String, ?> input, String where) {
        JsonNode answer = aws.calls().call(ELB, operation, input);
        return answer.at(where).asText();
    }
}
