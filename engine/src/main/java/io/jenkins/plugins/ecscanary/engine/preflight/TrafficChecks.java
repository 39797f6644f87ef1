package io.jenkins.plugins.ecscanary.engine.preflight;

import io.jenkins.plugins.ecscanary.engine.aws.Aws;
import io.jenkins.plugins.ecscanary.engine.aws.Aws.ListenerSeen;
import io.jenkins.plugins.ecscanary.engine.aws.Aws.ServiceSeen;
import io.jenkins.plugins.ecscanary.engine.aws.Aws.TargetGroupSeen;
import io.jenkins.plugins.ecscanary.engine.aws.Aws.TargetHealthSeen;
import io.jenkins.plugins.ecscanary.engine.aws.AwsCodeDeploy.GroupSeen;
import io.jenkins.plugins.ecscanary.engine.model.Arn;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;

/** Does one target group of the pair have all the traffic, and does it serve well? */
final class TrafficChecks {

    private static final String WEIGHTS = "listener-weights";

    private final Aws aws;
    private final Checks checks;

    TrafficChecks(Aws aws, Checks checks) {
        this.aws = aws;
        this.checks = checks;
    }

    /** @param service for where its primary task set is, or null if it could not be read */
    Optional<Sides> sides(GroupSeen group, ServiceSeen service) {
        if (group.targetGroups().size() != 2 || group.prodListenerArn() == null) {
            return Optional.empty();
        }
        Optional<List<TargetGroupSeen>> pair = checks.ask(WEIGHTS, () -> aws.targetGroups(group.targetGroups()));
        Optional<List<ListenerSeen>> listeners =
                checks.ask(WEIGHTS, () -> aws.listeners(List.of(group.prodListenerArn())));
        if (pair.isEmpty() || listeners.isEmpty()) {
            return Optional.empty();
        }
        List<String> missing = group.targetGroups().stream()
                .filter(name ->
                        pair.get().stream().noneMatch(seen -> seen.name().equals(name)))
                .toList();
        if (!missing.isEmpty()) {
            checks.refused(
                    WEIGHTS,
                    "the deployment group's target group " + String.join(" and ", missing) + " does not exist",
                    "create it, or give the deployment group another pair");
            return Optional.empty();
        }
        return sides(pair.get(), listeners.get().get(0), service);
    }

    private Optional<Sides> sides(List<TargetGroupSeen> pair, ListenerSeen listener, ServiceSeen service) {
        Map<String, Integer> weights = listener.weights();
        String found = weights.entrySet().stream()
                .map(weight -> Arn.named(weight.getKey()) + " " + weight.getValue() + " %")
                .collect(Collectors.joining(", "));
        Optional<TargetGroupSeen> original = pair.stream()
                .filter(targetGroup -> Integer.valueOf(100).equals(weights.get(targetGroup.arn())))
                .findFirst();
        boolean nothingElse =
                weights.values().stream().filter(weight -> weight != 0).count() == 1;
        if (original.isEmpty() || !nothingElse) {
            checks.refused(
                    WEIGHTS,
                    "the production listener forwards to " + (found.isEmpty() ? "no target group" : found)
                            + ", but all of it should go to " + pair.get(0).name() + " or all to "
                            + pair.get(1).name(),
                    "see whether a deployment was stopped without rolling back; set the listener's weights to 100 and 0,"
                            + " with 100 on the target group of the PRIMARY task set");
            return Optional.empty();
        }
        String loadBalancer = listener.loadBalancerArn()
                .substring(listener.loadBalancerArn().indexOf("loadbalancer/") + "loadbalancer/".length());
        if (!loadBalancer.startsWith("app/")) {
            checks.refused(
                    WEIGHTS,
                    "the load balancer " + loadBalancer + " is not an Application Load Balancer",
                    "use an Application Load Balancer: others cannot shift traffic in steps");
            return Optional.empty();
        }
        if (otherTaskSetServes(service, original.get())) {
            checks.refused(
                    WEIGHTS,
                    "the production listener forwards to " + original.get().name()
                            + ", but the PRIMARY task set is in the other target group",
                    "set the listener's weight to 100 on the target group of the PRIMARY task set; an infrastructure"
                            + " template may have reset it");
            return Optional.empty();
        }
        checks.passed(
                WEIGHTS, "all production traffic goes to " + original.get().name());
        TargetGroupSeen replacement = pair.get(0).equals(original.get()) ? pair.get(1) : pair.get(0);
        return Optional.of(new Sides(loadBalancer, original.get(), replacement));
    }

    /** Only told where something is odd: the two change sides with every deployment, so that both have to be right. */
    void healthChecks(Sides sides) {
        String originals = healthCheck(sides.original());
        String replacements = healthCheck(sides.replacement());
        if (!originals.equals(replacements)) {
            checks.warned(
                    "health-checks",
                    "target group " + sides.original().name() + " checks health by " + originals + ", but "
                            + sides.replacement().name() + ", the replacement, by " + replacements,
                    "see that the new revision answers there with what the target group takes for healthy, or its tasks"
                            + " will never get traffic; if one of the two is a mistake, set it to the other's");
        }
    }

    private static String healthCheck(TargetGroupSeen group) {
        boolean onTraffic =
                group.healthCheckPort() == null || group.healthCheckPort().equals("traffic-port");
        return (group.healthCheckPath() == null ? "a connection" : group.healthCheckPath())
                + (onTraffic ? "" : " on port " + group.healthCheckPort());
    }

    private static boolean otherTaskSetServes(ServiceSeen service, TargetGroupSeen original) {
        return service != null
                && service.taskSets().stream()
                        .filter(taskSet -> "PRIMARY".equals(taskSet.status()))
                        .map(Aws.TaskSetSeen::targetGroupArn)
                        .filter(Objects::nonNull)
                        .anyMatch(arn -> !arn.equals(original.arn()));
    }

    void targets(Sides sides) {
        Optional<List<TargetHealthSeen>> answer =
                checks.ask("targets", () -> aws.targetHealth(sides.original().arn()));
        if (answer.isEmpty()) {
            return;
        }
        List<TargetHealthSeen> targets = answer.get();
        List<TargetHealthSeen> ill = targets.stream()
                .filter(target -> !target.state().equals("healthy"))
                .toList();
        String name = sides.original().name();
        String reasons = ill.stream()
                .map(target -> target.target() + " " + target.state()
                        + (target.reason() == null ? "" : " (" + target.reason() + ")"))
                .collect(Collectors.joining(", "));
        if (ill.size() == targets.size()) {
            checks.refused(
                    "targets",
                    "no target in " + name + " is healthy" + (reasons.isEmpty() ? ": it has none" : ": " + reasons),
                    "there is nothing to roll back to: make the running revision healthy first");
        } else if (!ill.isEmpty()) {
            checks.warned(
                    "targets",
                    (targets.size() - ill.size()) + " of " + targets.size() + " targets in " + name + " are healthy: "
                            + reasons,
                    "find out why: a roll back leads there");
        } else {
            checks.passed("targets", "all " + targets.size() + " targets in " + name + " are healthy");
        }
    }
}
