package io.jenkins.plugins.ecscanary.localaws.elb;

import io.jenkins.plugins.ecscanary.localaws.wire.AwsError;
import io.jenkins.plugins.ecscanary.localaws.wire.Operation;
import io.jenkins.plugins.ecscanary.localaws.world.World;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** CreateRule, DescribeRules, ModifyRule, DeleteRule, SetRulePriorities. */
final class RuleOperations {

    private static final int LAST_PRIORITY = 50_000;
    private static final int MOST_RULES = 100;

    private final World world;
    private final ElbState state;
    private final TagOperations tags;
    private final Targets targets;
    private final ActionRules actions;

    RuleOperations(World world, ElbState state, TagOperations tags, Targets targets) {
        this.world = world;
        this.state = state;
        this.tags = tags;
        this.targets = targets;
        this.actions = new ActionRules(state);
    }

    List<Operation<?, ?>> operations() {
        return List.of(
                Operation.of("CreateRule", CreateRuleRequest.class, this::create),
                Operation.of("DescribeRules", DescribeRulesRequest.class, this::describe),
                Operation.of("ModifyRule", ModifyRuleRequest.class, this::modify),
                Operation.of("DeleteRule", DeleteRuleRequest.class, this::delete),
                Operation.of("SetRulePriorities", SetRulePrioritiesRequest.class, this::setPriorities));
    }

    private RulesResponse create(CreateRuleRequest in) {
        Listener listener = state.listener(in.listenerArn());
        Require.present(in.priority(), "rule priority");
        int priority = Require.between(in.priority(), 0, 1, LAST_PRIORITY, "Priority");
        ConditionRules.Checked conditions = ConditionRules.check(in.conditions());
        RuleAction action = actions.read(listener.loadBalancer, in.actions(), "rule action");
        if (listener.others.stream().anyMatch(other -> other.priority == priority)) {
            throw inUse(priority);
        }
        long rules = state.rules()
                .filter(rule -> rule.listener.loadBalancer == listener.loadBalancer && !rule.isDefault())
                .count();
        if (rules >= MOST_RULES) {
            throw new AwsError("TooManyRules", "A load balancer can have " + MOST_RULES + " rules at most");
        }
        String id = listener.arn.substring(listener.arn.indexOf(":listener/") + ":listener/".length());
        String arn = world.arn(
                "elasticloadbalancing",
                "listener-rule/" + id + "/" + world.ids().elb());
        tags.set(arn, tags.checked(arn, in.tags()));
        Rule rule = new Rule(arn, listener, priority, conditions, action);
        listener.others.add(rule);
        changed(rule);
        return new RulesResponse(List.of(shown(rule)), null);
    }

    private RulesResponse describe(DescribeRulesRequest in) {
        boolean byArn = in.ruleArns() != null && !in.ruleArns().isEmpty();
        if (byArn == (in.listenerArn() != null)) {
            throw Require.invalid("You must specify either listener ARN or rule ARNs");
        }
        List<Rule> found = byArn
                ? in.ruleArns().stream().map(state::rule).toList()
                : state.listener(in.listenerArn()).rules();
        Page<Rule> page = Page.of(found, in.marker(), in.pageSize());
        return new RulesResponse(
                page.items().stream().map(RuleOperations::shown).toList(), page.nextMarker());
    }

    private RulesResponse modify(ModifyRuleRequest in) {
        Rule rule = state.rule(in.ruleArn());
        requireOwn(rule, "modified");
        boolean conditions = in.conditions() != null && !in.conditions().isEmpty();
        boolean action = in.actions() != null && !in.actions().isEmpty();
        if (!conditions && !action) {
            throw Require.invalid("Conditions or actions must be specified");
        }
        ConditionRules.Checked nextConditions = conditions ? ConditionRules.check(in.conditions()) : rule.conditions;
        rule.action = action ? actions.read(rule.listener.loadBalancer, in.actions(), "rule action") : rule.action;
        rule.conditions = nextConditions;
        changed(rule);
        return new RulesResponse(List.of(shown(rule)), null);
    }

    private Empty delete(DeleteRuleRequest in) {
        Rule rule = state.rule(in.ruleArn());
        requireOwn(rule, "deleted");
        rule.listener.others.remove(rule);
        state.tags.remove(rule.arn);
        world.log("elb %s deleted", rule.told());
        targets.usageChanged(rule.listener);
        return new Empty();
    }

    /** All or none: rules may take each other's places in one call. */
    private RulesResponse setPriorities(SetRulePrioritiesRequest in) {
        if (in.rulePriorities() == null || in.rulePriorities().isEmpty()) {
            throw Require.invalid("A rule priority must be specified");
        }
        Map<Rule, Integer> next = new LinkedHashMap<>();
        for (RulePriority pair : in.rulePriorities()) {
            Rule rule = state.rule(pair.ruleArn());
            requireOwn(rule, "re-prioritized");
            Require.present(pair.priority(), "rule priority");
            if (next.put(rule, Require.between(pair.priority(), 0, 1, LAST_PRIORITY, "Priority")) != null) {
                throw Require.invalid("Rule '" + rule.arn + "' is specified more than once");
            }
        }
        if (next.keySet().stream().map(rule -> rule.listener).distinct().count() > 1) {
            throw Require.invalid("All rules must belong to the same listener");
        }
        Set<Integer> taken = new HashSet<>();
        for (Rule rule : next.keySet().iterator().next().listener.others) {
            int priority = next.getOrDefault(rule, rule.priority);
            if (!taken.add(priority)) {
                throw inUse(priority);
            }
        }
        List<RuleShown> shown = new ArrayList<>();
        next.forEach((rule, priority) -> {
            rule.priority = priority;
            shown.add(shown(rule));
        });
        next.keySet().forEach(this::changed);
        return new RulesResponse(shown, null);
    }

    private void changed(Rule rule) {
        world.log("elb %s %s", rule.told(), rule.action.told());
        targets.usageChanged(rule.listener);
    }

    private static AwsError inUse(int priority) {
        return new AwsError("PriorityInUse", "Priority '" + priority + "' is currently in use");
    }

    private static void requireOwn(Rule rule, String what) {
        if (rule.isDefault()) {
            throw new AwsError("OperationNotPermitted", "Default rule '" + rule.arn + "' cannot be " + what);
        }
    }

    static RuleShown shown(Rule rule) {
        return new RuleShown(
                rule.arn,
                rule.isDefault() ? "default" : Integer.toString(rule.priority),
                rule.isDefault() ? List.of() : rule.conditions.shown(),
                List.of(rule.action.shown()),
                rule.isDefault());
    }

    record CreateRuleRequest(
            String listenerArn,
            List<RuleCondition> conditions,
            Integer priority,
            List<Action> actions,
            List<Tag> tags) {}

    record DescribeRulesRequest(String listenerArn, List<String> ruleArns, String marker, Integer pageSize) {}

    record ModifyRuleRequest(String ruleArn, List<RuleCondition> conditions, List<Action> actions) {}

    record DeleteRuleRequest(String ruleArn) {}

    record SetRulePrioritiesRequest(List<RulePriority> rulePriorities) {}

    record RulePriority(String ruleArn, Integer priority) {}

    /** @param nextMarker DescribeRules' only */
    record RulesResponse(List<RuleShown> rules, String nextMarker) {}

    /** @param priority a number, or {@code default} */
    record RuleShown(
            String ruleArn, String priority, List<RuleCondition> conditions, List<Action> actions, Boolean isDefault) {}
}
