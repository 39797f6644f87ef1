package io.jenkins.plugins.ecscanary.engine.view;

import io.jenkins.plugins.ecscanary.engine.link.ConsoleLinks;
import io.jenkins.plugins.ecscanary.engine.model.Arn;
import io.jenkins.plugins.ecscanary.engine.model.Revision;
import io.jenkins.plugins.ecscanary.engine.timeline.DeploymentEvent.Planned;
import io.jenkins.plugins.ecscanary.engine.timeline.DeploymentEvent.RevisionCompared;
import io.jenkins.plugins.ecscanary.engine.timeline.DeploymentEvent.SidesKnown;
import io.jenkins.plugins.ecscanary.engine.timeline.DeploymentEvent.Started;
import java.util.LinkedHashMap;
import java.util.Map;

/** Where in AWS's console everything about a deployment is. */
final class ConsoleFold {

    private ConsoleFold() {}

    /**
     * Label to link, in the order to show them in. Empty until the deployment exists, and for an AWS that has no console,
     * which {@code started} tells; what is not known (null) has no link.
     */
    static Map<String, String> links(
            Planned planned, Started started, SidesKnown sides, Revision revision, RevisionCompared compared) {
        Map<String, String> links = new LinkedHashMap<>();
        if (planned == null || started == null || started.consoleUrl() == null) {
            return links;
        }
        ConsoleLinks console = new ConsoleLinks(planned.service().region());
        links.put("deployment " + started.deploymentId(), started.consoleUrl());
        links.put(
                "service " + planned.service().service(),
                console.service(planned.service().cluster(), planned.service().service()));
        if (revision != null && revision.taskDefinition() != null) {
            taskDefinition(links, console, revision);
        }
        if (sides != null) {
            sides(links, console, sides);
        }
        if (compared != null) {
            compared.logGroups().forEach(group -> links.put("log group " + group, console.logGroup(group)));
        }
        return links;
    }

    private static void sides(Map<String, String> links, ConsoleLinks console, SidesKnown sides) {
        if (sides.original() != null && sides.original().taskDefinition() != null) {
            taskDefinition(links, console, sides.original());
        }
        targetGroup(links, console, sides.replacementTargetGroupArn());
        targetGroup(links, console, sides.originalTargetGroupArn());
        int listener = sides.listenerArn() == null ? -1 : sides.listenerArn().indexOf("listener/");
        if (listener >= 0 && sides.loadBalancer() != null) {
            String arn = sides.listenerArn().substring(0, listener) + "loadbalancer/" + sides.loadBalancer();
            links.put("load balancer " + Arn.named(sides.loadBalancer()), console.loadBalancer(arn));
        }
        sides.watchedAlarms().forEach(alarm -> links.put("alarm " + alarm, console.alarm(alarm)));
    }

    private static void taskDefinition(Map<String, String> links, ConsoleLinks console, Revision revision) {
        String name = revision.shortTaskDefinition();
        links.put("task definition " + name, console.taskDefinition(name));
    }

    private static void targetGroup(Map<String, String> links, ConsoleLinks console, String arn) {
        if (arn != null) {
            links.put("target group " + Arn.named(arn), console.targetGroup(arn));
        }
    }
}
