package io.jenkins.plugins.ecscanary.localaws.ecs;

import io.jenkins.plugins.ecscanary.localaws.elb.LoadBalancing;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/** A load balancer that does what the test says: health is set by hand, draining ends when the test ends it. */
final class FakeLoadBalancing implements LoadBalancing {

    static final String BLUE =
            "arn:aws:elasticloadbalancing:eu-central-1:123456789012:targetgroup/blue/1111111111111111";
    static final String GREEN =
            "arn:aws:elasticloadbalancing:eu-central-1:123456789012:targetgroup/green/2222222222222222";
    static final String UNUSED =
            "arn:aws:elasticloadbalancing:eu-central-1:123456789012:targetgroup/unused/3333333333333333";

    private final Map<Registration, String> health = new LinkedHashMap<>();
    private final Map<Registration, Runnable> draining = new LinkedHashMap<>();
    private final List<Consumer<TargetAddress>> listeners = new ArrayList<>();

    /** New targets are healthy at once. */
    boolean healthyAtOnce = true;

    /** Targets leave at once. */
    boolean drainAtOnce = true;

    void become(String targetGroupArn, String state) {
        health.replaceAll((registration, old) -> registration.group.equals(targetGroupArn) ? state : old);
        List.copyOf(health.keySet()).forEach(registration -> tell(registration.target));
    }

    void become(TargetAddress target, String state) {
        health.replaceAll((registration, old) -> registration.target.equals(target) ? state : old);
        tell(target);
    }

    List<TargetAddress> targets(String targetGroupArn) {
        return health.keySet().stream()
                .filter(registration -> registration.group.equals(targetGroupArn))
                .map(Registration::target)
                .toList();
    }

    int draining() {
        return draining.size();
    }

    void finishDraining() {
        Map<Registration, Runnable> due = new LinkedHashMap<>(draining);
        draining.clear();
        due.values().forEach(Runnable::run);
    }

    @Override
    public Optional<TargetGroupInfo> targetGroup(String arnOrName) {
        return switch (arnOrName) {
            case BLUE -> Optional.of(new TargetGroupInfo(BLUE, "blue", 3000, List.of("arn:lb")));
            case GREEN -> Optional.of(new TargetGroupInfo(GREEN, "green", 3000, List.of("arn:lb")));
            case UNUSED -> Optional.of(new TargetGroupInfo(UNUSED, "unused", 3000, List.of()));
            default -> Optional.empty();
        };
    }

    @Override
    public Optional<ListenerInfo> listener(String listenerArn) {
        return Optional.empty();
    }

    @Override
    public void register(String targetGroupArn, TargetAddress target) {
        health.put(new Registration(targetGroupArn, target), healthyAtOnce ? "healthy" : "initial");
        tell(target);
    }

    @Override
    public void deregister(String targetGroupArn, TargetAddress target, Runnable drained) {
        Registration registration = new Registration(targetGroupArn, target);
        health.remove(registration);
        if (drainAtOnce) {
            drained.run();
        } else {
            draining.put(registration, drained);
        }
    }

    @Override
    public Optional<String> health(String targetGroupArn, TargetAddress target) {
        return Optional.ofNullable(health.get(new Registration(targetGroupArn, target)));
    }

    @Override
    public Optional<String> healthDescription(String targetGroupArn, TargetAddress target) {
        return health(targetGroupArn, target)
                .filter("unhealthy"::equals)
                .map(state -> "Health checks failed with these codes: [404]");
    }

    @Override
    public void setWeights(String listenerArn, Map<String, Integer> weights) {
        throw new UnsupportedOperationException("ECS never shifts traffic");
    }

    @Override
    public void onHealthChange(Consumer<TargetAddress> listener) {
        listeners.add(listener);
    }

    private void tell(TargetAddress target) {
        listeners.forEach(listener -> listener.accept(target));
    }

    private record Registration(String group, TargetAddress target) {}
}
