package io.jenkins.plugins.ecscanary.localaws.elb;

import io.jenkins.plugins.ecscanary.localaws.elb.KeptElb.Balancer;
import io.jenkins.plugins.ecscanary.localaws.elb.KeptElb.Check;
import io.jenkins.plugins.ecscanary.localaws.elb.KeptElb.Group;
import io.jenkins.plugins.ecscanary.localaws.elb.KeptElb.OneListener;
import io.jenkins.plugins.ecscanary.localaws.elb.KeptElb.OneRule;
import io.jenkins.plugins.ecscanary.localaws.elb.LoadBalancing.TargetAddress;
import io.jenkins.plugins.ecscanary.localaws.wire.AwsError;
import io.jenkins.plugins.ecscanary.localaws.world.Kept;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;

/** Writes down what there is and takes it up again; what is taken up is checked as if it were asked for anew. */
final class ElbKeeper implements Kept<KeptElb> {

    private final ElbState state;
    private final Targets targets;
    private final LoadBalancerOperations balancers;
    private final ListenerOperations listeners;
    private final ActionRules actions;

    ElbKeeper(ElbState state, Targets targets, LoadBalancerOperations balancers, ListenerOperations listeners) {
        this.state = state;
        this.targets = targets;
        this.balancers = balancers;
        this.listeners = listeners;
        this.actions = new ActionRules(state);
    }

    @Override
    public String name() {
        return "elb";
    }

    @Override
    public Class<KeptElb> type() {
        return KeptElb.class;
    }

    @Override
    public KeptElb snapshot() {
        LinkedHashMap<String, java.util.Map<String, String>> tags = new LinkedHashMap<>();
        state.tags.forEach((arn, own) -> tags.put(arn, new LinkedHashMap<>(own)));
        return new KeptElb(
                state.loadBalancers.values().stream().map(ElbKeeper::kept).toList(),
                state.targetGroups.values().stream().map(ElbKeeper::kept).toList(),
                state.listeners.values().stream().map(ElbKeeper::kept).toList(),
                tags);
    }

    private static Balancer kept(LoadBalancer balancer) {
        return new Balancer(
                balancer.arn,
                balancer.name,
                balancer.scheme,
                balancer.subnets,
                balancer.securityGroups,
                balancer.created.toEpochMilli(),
                balancer.active,
                balancer.attributes.values());
    }

    private static Group kept(TargetGroup group) {
        HealthCheck check = group.healthCheck;
        return new Group(
                group.arn,
                group.name,
                group.port,
                group.vpcId,
                new Check(
                        check.port(),
                        check.path(),
                        check.intervalSeconds(),
                        check.timeoutSeconds(),
                        check.healthyThreshold(),
                        check.unhealthyThreshold(),
                        check.matcher().text()),
                group.attributes.values(),
                group.registered.values().stream()
                        .filter(target -> target.byHand)
                        .map(target -> target.backend.toString())
                        .toList());
    }

    private static OneListener kept(Listener listener) {
        return new OneListener(
                listener.arn,
                listener.loadBalancer.arn,
                listener.port,
                listener.endpoint.port(),
                listener.rules().stream()
                        .map(rule -> new OneRule(
                                rule.arn,
                                rule.isDefault() ? null : rule.priority,
                                rule.isDefault() ? null : rule.conditions.shown(),
                                rule.action.shown()))
                        .toList(),
                listener.protocol.isSecure() ? listener.protocol : null);
    }

    @Override
    public void restore(KeptElb kept) {
        kept.loadBalancers().forEach(balancer -> taken(balancer.arn(), () -> restore(balancer)));
        kept.targetGroups().forEach(group -> taken(group.arn(), () -> restore(group)));
        kept.listeners().forEach(listener -> taken(listener.arn(), () -> restore(listener)));
        state.forwardsChanged();
        kept.tags().forEach((arn, tags) -> state.tags.put(arn, new LinkedHashMap<>(tags)));
        for (Group group : kept.targetGroups()) {
            TargetGroup restored = state.targetGroup(group.arn());
            group.targets().forEach(target -> targets.register(restored, address(group, target), true));
        }
        targets.allUsageChanged();
    }

    /** @throws IllegalArgumentException naming the resource that makes no sense */
    private static void taken(String arn, Runnable restoring) {
        try {
            restoring.run();
        } catch (AwsError e) {
            throw new IllegalArgumentException(arn + ": " + e.getMessage(), e);
        }
    }

    private void restore(Balancer kept) {
        LoadBalancer balancer = new LoadBalancer(
                kept.arn(),
                kept.name(),
                after(kept.arn(), ":loadbalancer/"),
                kept.scheme(),
                List.copyOf(kept.subnets()),
                List.copyOf(kept.securityGroups()),
                Instant.ofEpochMilli(kept.createdMillis()));
        balancer.attributes = LoadBalancerAttributes.DEFAULT.with(AttributeTable.attributes(kept.attributes()));
        state.loadBalancers.put(balancer.arn, balancer);
        if (kept.active()) {
            balancer.active = true;
        } else {
            balancers.provision(balancer);
        }
    }

    private void restore(Group kept) {
        Check check = kept.healthCheck();
        TargetGroup group = new TargetGroup(
                kept.arn(),
                kept.name(),
                "targetgroup/" + after(kept.arn(), ":targetgroup/"),
                kept.port(),
                kept.vpcId(),
                new HealthCheck(
                        true,
                        check.port(),
                        check.path(),
                        check.intervalSeconds(),
                        check.timeoutSeconds(),
                        check.healthyThreshold(),
                        check.unhealthyThreshold(),
                        StatusMatcher.parse(check.matcher())));
        group.attributes = TargetGroupAttributes.DEFAULT.with(AttributeTable.attributes(kept.attributes()));
        state.targetGroups.put(group.arn, group);
    }

    private void restore(OneListener kept) {
        LoadBalancer balancer = state.loadBalancer(kept.loadBalancerArn());
        OneRule standard = kept.rules().stream()
                .filter(rule -> rule.priority() == null)
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(kept.arn() + " has no default rule"));
        Listener listener = new Listener(kept.arn(), standard.arn(), balancer, kept.port(), action(balancer, standard));
        listener.protocol = kept.protocol() == null ? ListenerProtocol.HTTP : kept.protocol();
        for (OneRule rule : kept.rules()) {
            if (rule != standard) {
                listener.others.add(new Rule(
                        rule.arn(),
                        listener,
                        rule.priority(),
                        ConditionRules.check(rule.conditions()),
                        action(balancer, rule)));
            }
        }
        listeners.reopen(listener, kept.realPort());
        state.listeners.put(listener.arn, listener);
    }

    private RuleAction action(LoadBalancer balancer, OneRule rule) {
        return actions.read(balancer, List.of(rule.action()), "action");
    }

    private static TargetAddress address(Group group, String target) {
        int colon = target.lastIndexOf(':');
        try {
            return new TargetAddress(target.substring(0, colon), Integer.parseInt(target.substring(colon + 1)));
        } catch (IndexOutOfBoundsException | NumberFormatException e) {
            throw new IllegalArgumentException(group.arn() + ": '" + target + "' is not ip:port", e);
        }
    }

    private static String after(String arn, String mark) {
        int at = arn.indexOf(mark);
        if (at < 0) {
            throw new IllegalArgumentException("'" + arn + "' has no " + mark);
        }
        return arn.substring(at + mark.length());
    }
}
