package io.jenkins.plugins.ecscanary.engine.status;

import io.jenkins.plugins.ecscanary.engine.aws.Aws.AlarmSeen;
import io.jenkins.plugins.ecscanary.engine.aws.Aws.ListenerSeen;
import io.jenkins.plugins.ecscanary.engine.aws.Aws.ServiceSeen;
import io.jenkins.plugins.ecscanary.engine.aws.Aws.TargetGroupSeen;
import io.jenkins.plugins.ecscanary.engine.link.ConsoleLinks;
import io.jenkins.plugins.ecscanary.engine.model.Arn;
import io.jenkins.plugins.ecscanary.engine.model.ServiceKey;
import io.jenkins.plugins.ecscanary.engine.status.ServiceStatus.Deployment;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Where in AWS's console a service and what belongs to it are. */
final class StatusLinks {

    private StatusLinks() {}

    static Map<String, String> of(
            ServiceKey key,
            ServiceSeen service,
            List<TargetGroupSeen> groups,
            ListenerSeen listener,
            List<AlarmSeen> alarms,
            Deployment deployment) {
        ConsoleLinks console = new ConsoleLinks(key.region());
        Map<String, String> links = new LinkedHashMap<>();
        links.put("service " + key.service(), console.service(key.cluster(), key.service()));
        if (deployment != null) {
            links.put("deployment " + deployment.id(), console.deployment(deployment.id()));
        }
        if (service.serving() != null) {
            String serving = Arn.last(service.serving());
            links.put("task definition " + serving, console.taskDefinition(serving));
        }
        groups.forEach(group -> links.put("target group " + group.name(), console.targetGroup(group.arn())));
        if (listener != null && listener.loadBalancerArn() != null) {
            links.put(
                    "load balancer " + Arn.named(listener.loadBalancerArn()),
                    console.loadBalancer(listener.loadBalancerArn()));
        }
        alarms.forEach(alarm -> links.put("alarm " + alarm.name(), console.alarm(alarm.name())));
        return links;
    }
}
