package io.jenkins.plugins.ecscanary.localaws.elb;

import io.jenkins.plugins.ecscanary.localaws.elb.Action.FixedResponseConfig;
import io.jenkins.plugins.ecscanary.localaws.elb.Action.GroupWeight;
import io.jenkins.plugins.ecscanary.localaws.elb.Action.RedirectConfig;
import io.jenkins.plugins.ecscanary.localaws.elb.Action.Stickiness;
import io.jenkins.plugins.ecscanary.localaws.wire.AwsError;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/**
 * What AWS asks of an action. Limits and values are those of the API reference and the quotas page; the sentences of the
 * errors are our own where AWS's are not known.
 */
final class ActionRules {

    private static final int MOST_GROUPS = 5;
    private static final int MOST_GROUPS_PER_BALANCER = 100;
    private static final int LARGEST_WEIGHT = 999;
    private static final int LONGEST_STICKINESS = 7 * 24 * 60 * 60;
    private static final int LONGEST_PART = 128;
    private static final int LONGEST_BODY = 1024;
    private static final int LARGEST_ORDER = 50_000;
    private static final List<String> CONTENT_TYPES =
            List.of("text/plain", "text/css", "text/html", "application/javascript", "application/json");

    private final ElbState state;

    ActionRules(ElbState state) {
        this.state = state;
    }

    /** The one action that is given; nothing is changed if it can't be had. */
    RuleAction read(LoadBalancer balancer, List<Action> actions, String what) {
        if (actions == null || actions.isEmpty()) {
            throw Require.invalid("Exactly one " + what + " must be specified");
        }
        for (Action action : actions) {
            String type = Require.present(action.type(), what + " type");
            if (!List.of("forward", "redirect", "fixed-response").contains(type)) {
                throw AwsError.unsupported("action type '" + type + "' (only forward, redirect and fixed-response)");
            }
        }
        if (actions.size() > 1) {
            throw new AwsError(
                    "InvalidLoadBalancerAction",
                    "Exactly one action of type forward, redirect or fixed-response is allowed, not " + actions.size());
        }
        Action action = actions.get(0);
        Require.between(action.order(), 1, 1, LARGEST_ORDER, "Action order");
        requireOnly(action);
        return switch (action.type()) {
            case "redirect" -> redirect(action.redirectConfig());
            case "fixed-response" -> fixedResponse(action.fixedResponseConfig());
            default -> forward(balancer, action);
        };
    }

    /** What belongs to an action of another type is a mistake. */
    private static void requireOnly(Action action) {
        boolean forwards = "forward".equals(action.type());
        boolean stray = !forwards && (action.targetGroupArn() != null || action.forwardConfig() != null)
                || !"redirect".equals(action.type()) && action.redirectConfig() != null
                || !"fixed-response".equals(action.type()) && action.fixedResponseConfig() != null;
        if (stray) {
            throw new AwsError(
                    "InvalidLoadBalancerAction",
                    "An action of type '" + action.type() + "' can't have the configuration of another type");
        }
    }

    private RuleAction.Forward forward(LoadBalancer balancer, Action action) {
        Map<TargetGroup, Integer> weights = new LinkedHashMap<>();
        Stickiness stickiness = null;
        if (action.forwardConfig() == null) {
            weights.put(state.targetGroup(action.targetGroupArn()), 1);
        } else {
            stickiness = stickiness(action.forwardConfig().targetGroupStickinessConfig());
            readGroups(action, weights);
        }
        requireAssociable(balancer, weights.keySet());
        return new RuleAction.Forward(weights, stickiness);
    }

    private static Stickiness stickiness(Stickiness given) {
        if (given == null) {
            return null;
        }
        boolean enabled = Boolean.TRUE.equals(given.enabled());
        if (enabled && given.durationSeconds() == null) {
            throw Require.invalid("Target group stickiness duration must be specified when stickiness is enabled");
        }
        if (given.durationSeconds() != null) {
            Require.between(given.durationSeconds(), 0, 1, LONGEST_STICKINESS, "Target group stickiness duration");
        }
        return new Stickiness(enabled, given.durationSeconds());
    }

    private void readGroups(Action action, Map<TargetGroup, Integer> weights) {
        List<GroupWeight> groups = action.forwardConfig().targetGroups();
        if (groups == null || groups.isEmpty() || groups.size() > MOST_GROUPS) {
            throw Require.invalid("A forward action must have between 1 and " + MOST_GROUPS + " target groups");
        }
        for (GroupWeight group : groups) {
            int weight = Require.between(group.weight(), 1, 0, LARGEST_WEIGHT, "Weight");
            if (weights.put(state.targetGroup(group.targetGroupArn()), weight) != null) {
                throw Require.invalid("Target group '" + group.targetGroupArn() + "' is named twice");
            }
        }
        boolean other = action.targetGroupArn() != null
                && (groups.size() != 1 || !groups.get(0).targetGroupArn().equals(action.targetGroupArn()));
        if (other) {
            throw Require.invalid("A target group ARN and a forward configuration can both be specified only if they "
                    + "name the same single target group");
        }
    }

    private void requireAssociable(LoadBalancer balancer, Set<TargetGroup> groups) {
        for (TargetGroup group : groups) {
            if (state.loadBalancersOf(group).stream().anyMatch(other -> other != balancer)) {
                throw new AwsError(
                        "TargetGroupAssociationLimit",
                        "The following target groups cannot be associated with more than one load balancer: "
                                + group.arn);
            }
        }
        Set<TargetGroup> all = new HashSet<>(groups);
        state.rules()
                .filter(rule -> rule.listener.loadBalancer == balancer)
                .forEach(rule -> all.addAll(rule.action.weights().keySet()));
        if (all.size() > MOST_GROUPS_PER_BALANCER) {
            throw new AwsError(
                    "TooManyUniqueTargetGroupsPerLoadBalancer",
                    "A load balancer can have " + MOST_GROUPS_PER_BALANCER + " unique target groups at most");
        }
    }

    private static RuleAction.Redirect redirect(RedirectConfig given) {
        if (given == null) {
            throw new AwsError("InvalidLoadBalancerAction", "A redirect action must have a redirect configuration");
        }
        String status = Require.present(given.statusCode(), "redirect status code");
        Require.oneOf(status, List.of("HTTP_301", "HTTP_302"), "Redirect status code");
        RedirectConfig filled = new RedirectConfig(
                Objects.requireNonNullElse(given.protocol(), "#{protocol}"),
                Objects.requireNonNullElse(given.port(), "#{port}"),
                Objects.requireNonNullElse(given.host(), "#{host}"),
                Objects.requireNonNullElse(given.path(), "/#{path}"),
                Objects.requireNonNullElse(given.query(), "#{query}"),
                status);
        Require.oneOf(filled.protocol(), List.of("HTTP", "HTTPS", "#{protocol}"), "Redirect protocol");
        boolean port = "#{port}".equals(filled.port())
                || filled.port().matches("[1-9]\\d{0,4}") && Integer.parseInt(filled.port()) <= 65535;
        if (!port) {
            throw Require.invalid("Redirect port '" + filled.port() + "' must be a port number or '#{port}'");
        }
        Require.shorter(Require.present(filled.host(), "redirect host"), LONGEST_PART, "Redirect host");
        Require.shorter(filled.path(), LONGEST_PART, "Redirect path");
        Require.shorter(filled.query(), LONGEST_PART, "Redirect query");
        if (!filled.path().startsWith("/")) {
            throw Require.invalid("Redirect path '" + filled.path() + "' must begin with a '/' character");
        }
        if (filled.query().startsWith("?")) {
            throw Require.invalid("Redirect query '" + filled.query() + "' must not begin with a '?' character");
        }
        for (String part : List.of(filled.host(), filled.path(), filled.query())) {
            if (!part.matches("[\\x21-\\x7E]*")) {
                throw Require.invalid("'" + part + "' has characters that can't be in an address");
            }
        }
        boolean loops = List.of("#{protocol}", "HTTP").contains(filled.protocol())
                && "#{port}".equals(filled.port())
                && "#{host}".equals(filled.host())
                && "/#{path}".equals(filled.path());
        if (loops) {
            throw new AwsError(
                    "InvalidLoadBalancerAction",
                    "The redirect configuration is not valid because it creates a loop. Modify the protocol, port, "
                            + "host or path.");
        }
        return new RuleAction.Redirect(filled);
    }

    private static RuleAction.FixedResponse fixedResponse(FixedResponseConfig given) {
        if (given == null) {
            throw new AwsError(
                    "InvalidLoadBalancerAction", "A fixed-response action must have a fixed response configuration");
        }
        String status = Require.present(given.statusCode(), "fixed response status code");
        if (!status.matches("[245]\\d\\d")) {
            throw Require.invalid("Fixed response status code '" + status + "' must be 2XX, 4XX or 5XX");
        }
        if (given.messageBody() != null) {
            Require.shorter(given.messageBody(), LONGEST_BODY, "Fixed response message body");
        }
        if (given.contentType() != null) {
            Require.oneOf(given.contentType(), CONTENT_TYPES, "Fixed response content type");
        }
        return new RuleAction.FixedResponse(given);
    }
}
