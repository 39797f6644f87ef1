package io.jenkins.plugins.ecscanary.localaws.elb;

import io.jenkins.plugins.ecscanary.localaws.elb.RuleAction.Forward;
import io.jenkins.plugins.ecscanary.localaws.proxy.Endpoint;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A listener, its rules and its socket. Guarded by the world's lock. */
final class Listener {

    final String arn;
    final LoadBalancer loadBalancer;
    /** Whose action is the listener's default action. */
    final Rule defaultRule;

    /** Those with a priority, in no order. */
    final List<Rule> others = new ArrayList<>();

    ListenerProtocol protocol = ListenerProtocol.HTTP;
    int port;
    Endpoint endpoint;

    Listener(String arn, String ruleArn, LoadBalancer loadBalancer, int port, RuleAction action) {
        this.arn = arn;
        this.loadBalancer = loadBalancer;
        this.port = port;
        this.defaultRule = new Rule(ruleArn, this, Rule.DEFAULT, null, action);
    }

    /** All rules in the order in which they are tried: the default rule is the last. */
    List<Rule> rules() {
        return Stream.concat(others.stream(), Stream.of(defaultRule))
                .sorted(Comparator.comparingInt(rule -> rule.priority))
                .toList();
    }

    /** All that it forwards to, possibly with weight 0. */
    Set<TargetGroup> groups() {
        return Stream.concat(Stream.of(defaultRule), others.stream())
                .flatMap(rule -> rule.action.weights().keySet().stream())
                .collect(Collectors.toSet());
    }

    /** Groups and weights of the default action; if it is no forward, of the first rule that has one. */
    Map<TargetGroup, Integer> weights() {
        return Stream.concat(Stream.of(defaultRule), rules().stream())
                .map(rule -> rule.action.weights())
                .filter(weights -> !weights.isEmpty())
                .findFirst()
                .orElse(Map.of());
    }

    /** The forward of a rule, if that is what it does. */
    static Optional<Forward> forward(Rule rule) {
        return rule.action instanceof Forward forward ? Optional.of(forward) : Optional.empty();
    }
}
