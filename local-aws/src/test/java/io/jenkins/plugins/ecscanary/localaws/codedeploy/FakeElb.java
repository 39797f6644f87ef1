package io.jenkins.plugins.ecscanary.localaws.codedeploy;

import io.jenkins.plugins.ecscanary.localaws.elb.LoadBalancing;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/** Target groups {@code a} and {@code b}, listeners {@code prod} (to a) and {@code test} (to a). */
final class FakeElb implements LoadBalancing {

    static final String A = "arn:aws:elasticloadbalancing:eu-central-1:123456789012:targetgroup/a/1";
    static final String B = "arn:aws:elasticloadbalancing:eu-central-1:123456789012:targetgroup/b/2";
    static final String PROD = "arn:aws:elasticloadbalancing:eu-central-1:123456789012:listener/app/lb/1/1";
    static final String TEST = "arn:aws:elasticloadbalancing:eu-central-1:123456789012:listener/app/lb/1/2";

    private final Map<String, Map<String, Integer>> weights =
            new HashMap<>(Map.of(PROD, Map.of(A, 1), TEST, Map.of(A, 1)));

    /** Such as {@code a 90, b 10}. */
    String prod() {
        return text(PROD);
    }

    String test() {
        return text(TEST);
    }

    void takeOver(FakeElb former) {
        weights.putAll(former.weights);
    }

    void remove(String listener) {
        weights.remove(listener);
    }

    private String text(String listener) {
        Map<String, Integer> of = weights.get(listener);
        return "a " + of.getOrDefault(A, 0) + ", b " + of.getOrDefault(B, 0);
    }

    @Override
    public Optional<TargetGroupInfo> targetGroup(String arnOrName) {
        return switch (arnOrName) {
            case A, "a" -> Optional.of(new TargetGroupInfo(A, "a", 3000, List.of()));
            case B, "b" -> Optional.of(new TargetGroupInfo(B, "b", 3000, List.of()));
            default -> Optional.empty();
        };
    }

    @Override
    public Optional<ListenerInfo> listener(String listenerArn) {
        return Optional.ofNullable(weights.get(listenerArn)).map(of -> new ListenerInfo(listenerArn, "lb", 80, of));
    }

    @Override
    public void setWeights(String listenerArn, Map<String, Integer> of) {
        weights.put(listenerArn, Map.copyOf(of));
    }

    @Override
    public void register(String targetGroupArn, TargetAddress target) {
        throw new UnsupportedOperationException("CodeDeploy registers no target");
    }

    @Override
    public void deregister(String targetGroupArn, TargetAddress target, Runnable drained) {
        throw new UnsupportedOperationException("CodeDeploy deregisters no target");
    }

    @Override
    public Optional<String> health(String targetGroupArn, TargetAddress target) {
        throw new UnsupportedOperationException("CodeDeploy asks for no target's health");
    }

    @Override
    public Optional<String> healthDescription(String targetGroupArn, TargetAddress target) {
        throw new UnsupportedOperationException("CodeDeploy asks for no target's health");
    }

    @Override
    public void onHealthChange(Consumer<TargetAddress> listener) {
        throw new UnsupportedOperationException("CodeDeploy listens to no target's health");
    }
}
