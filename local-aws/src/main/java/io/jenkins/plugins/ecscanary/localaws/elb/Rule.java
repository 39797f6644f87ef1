package io.jenkins.plugins.ecscanary.localaws.elb;

/** A listener's rule. Guarded by the world's lock. */
final class Rule {

    /** The default rule's place: after all others. */
    static final int DEFAULT = Integer.MAX_VALUE;

    final String arn;
    final Listener listener;
    int priority;
    /** Null for the default rule, which has none. */
    ConditionRules.Checked conditions;

    RuleAction action;

    Rule(String arn, Listener listener, int priority, ConditionRules.Checked conditions, RuleAction action) {
        this.arn = arn;
        this.listener = listener;
        this.priority = priority;
        this.conditions = conditions;
        this.action = action;
    }

    boolean isDefault() {
        return priority == DEFAULT;
    }

    /** As the log tells it: {@code listener :80} or {@code rule 10 of listener :80}. */
    String told() {
        return (isDefault() ? "" : "rule " + priority + " of ") + "listener :" + listener.port;
    }
}
