package io.jenkins.plugins.ecscanary.localaws.elb;

import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Which of a listener's rules a shift of traffic between target groups changes: those that forward to these groups and to
 * no others. Where none does, the groups take the place of those that the listener forwards to now, as when a test listener
 * is handed over.
 */
record WeightShift(Listener listener) {

    List<Rule> rules(Set<TargetGroup> groups) {
        List<Rule> found = forwarding(groups, groups);
        if (found.isEmpty()) {
            Set<TargetGroup> now = listener.weights().keySet();
            Set<TargetGroup> both = new HashSet<>(groups);
            both.addAll(now);
            found = forwarding(now, both);
        }
        return found.isEmpty() ? List.of(listener.defaultRule) : found;
    }

    /** Those that forward to one of {@code some}, and to none that is not in {@code all}. */
    private List<Rule> forwarding(Set<TargetGroup> some, Set<TargetGroup> all) {
        return listener.rules().stream()
                .filter(rule -> {
                    Set<TargetGroup> own = rule.action.weights().keySet();
                    return own.stream().anyMatch(some::contains) && all.containsAll(own);
                })
                .toList();
    }
}
