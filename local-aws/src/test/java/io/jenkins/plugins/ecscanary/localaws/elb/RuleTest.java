package io.jenkins.plugins.ecscanary.localaws.elb;

import static io.jenkins.plugins.ecscanary.localaws.elb.ElbFixture.forwardTo;
import static io.jenkins.plugins.ecscanary.localaws.elb.Refused.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.ecscanary.localaws.elb.Action.FixedResponseConfig;
import io.jenkins.plugins.ecscanary.localaws.elb.Action.ForwardConfig;
import io.jenkins.plugins.ecscanary.localaws.elb.Action.GroupWeight;
import io.jenkins.plugins.ecscanary.localaws.elb.Action.RedirectConfig;
import io.jenkins.plugins.ecscanary.localaws.elb.Action.Stickiness;
import io.jenkins.plugins.ecscanary.localaws.elb.ListenerOperations.DeleteListenerRequest;
import io.jenkins.plugins.ecscanary.localaws.elb.RuleCondition.HttpHeaderConfig;
import io.jenkins.plugins.ecscanary.localaws.elb.RuleCondition.KeyValue;
import io.jenkins.plugins.ecscanary.localaws.elb.RuleCondition.QueryStringConfig;
import io.jenkins.plugins.ecscanary.localaws.elb.RuleCondition.Values;
import io.jenkins.plugins.ecscanary.localaws.elb.RuleOperations.CreateRuleRequest;
import io.jenkins.plugins.ecscanary.localaws.elb.RuleOperations.DeleteRuleRequest;
import io.jenkins.plugins.ecscanary.localaws.elb.RuleOperations.DescribeRulesRequest;
import io.jenkins.plugins.ecscanary.localaws.elb.RuleOperations.ModifyRuleRequest;
import io.jenkins.plugins.ecscanary.localaws.elb.RuleOperations.RulePriority;
import io.jenkins.plugins.ecscanary.localaws.elb.RuleOperations.RuleShown;
import io.jenkins.plugins.ecscanary.localaws.elb.RuleOperations.RulesResponse;
import io.jenkins.plugins.ecscanary.localaws.elb.RuleOperations.SetRulePrioritiesRequest;
import io.jenkins.plugins.ecscanary.localaws.elb.TargetGroupOperations.DeleteTargetGroupRequest;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Rules through their operations. */
class RuleTest {

    private static final Action NOT_FOUND =
            new Action("fixed-response", null, null, null, null, new FixedResponseConfig("gone", "404", "text/plain"));

    private final ElbFixture fixture = new ElbFixture();
    private final String balancer = fixture.loadBalancer("web");
    private final String a = fixture.targetGroup("web-a");
    private final String b = fixture.targetGroup("web-b");
    private final String listener = fixture.listener(balancer, 80, forwardTo(a));

    @AfterEach
    void close() {
        fixture.close();
    }

    private static RuleCondition path(String... values) {
        return RuleCondition.of("path-pattern", values);
    }

    private RuleShown create(int priority, Action action, RuleCondition... conditions) {
        return fixture.rule(listener, priority, action, conditions);
    }

    private List<RuleShown> rules() {
        return fixture.calls
                .call("DescribeRules", new DescribeRulesRequest(listener, null, null, null), RulesResponse.class)
                .rules();
    }

    private RulesResponse prioritize(RulePriority... pairs) {
        return fixture.calls.call(
                "SetRulePriorities", new SetRulePrioritiesRequest(List.of(pairs)), RulesResponse.class);
    }

    @Test
    void rulesAreShownInTheOrderInWhichTheyAreTried() {
        RuleShown late = create(20, forwardTo(b), path("/b/*"));
        RuleShown early = create(5, NOT_FOUND, RuleCondition.of("host-header", "*.example.com"));
        assertThat(early.ruleArn())
                .matches("arn:aws:elasticloadbalancing:eu-central-1:123456789012:listener-rule/app/web/[0-9a-f]{16}"
                        + "/[0-9a-f]{16}/[0-9a-f]{16}")
                .startsWith(listener.replace(":listener/", ":listener-rule/"));
        assertThat(rules()).extracting(RuleShown::priority).containsExactly("5", "20", "default");
        assertThat(rules().subList(0, 2)).containsExactly(early, late);
        assertThat(early.isDefault()).isFalse();
        assertThat(late.conditions().get(0).values()).containsExactly("/b/*");
        assertThat(late.conditions().get(0).pathPatternConfig().values()).containsExactly("/b/*");
        assertThat(fixture.log).contains("elb rule 20 of listener :80 web-b 1");
    }

    @Test
    void pagesOfRulesAreAsLongAsAsked() {
        create(1, forwardTo(b), path("/1"));
        create(2, forwardTo(b), path("/2"));
        var first = fixture.calls.call(
                "DescribeRules", new DescribeRulesRequest(listener, null, null, 2), RulesResponse.class);
        assertThat(first.rules()).extracting(RuleShown::priority).containsExactly("1", "2");
        var second = fixture.calls.call(
                "DescribeRules", new DescribeRulesRequest(listener, null, first.nextMarker(), 2), RulesResponse.class);
        assertThat(second.rules()).extracting(RuleShown::priority).containsExactly("default");
        assertThat(second.nextMarker()).isNull();
    }

    @Test
    void aRuleCanBeChangedInPartAndDeleted() {
        String arn = create(1, forwardTo(b), path("/b")).ruleArn();
        assertRefused("ResourceInUse", "a listener or a rule", this::deleteB);
        RuleShown changed = fixture.calls
                .call("ModifyRule", new ModifyRuleRequest(arn, null, List.of(NOT_FOUND)), RulesResponse.class)
                .rules()
                .get(0);
        assertThat(changed.conditions().get(0).values()).containsExactly("/b");
        assertThat(changed.actions()).containsExactly(NOT_FOUND);
        deleteB();
        RuleShown moved = fixture.calls
                .call("ModifyRule", new ModifyRuleRequest(arn, List.of(path("/c")), null), RulesResponse.class)
                .rules()
                .get(0);
        assertThat(moved.actions()).containsExactly(NOT_FOUND);
        assertThat(moved.conditions().get(0).values()).containsExactly("/c");
        fixture.calls.call("DeleteRule", new DeleteRuleRequest(arn), Empty.class);
        assertThat(rules()).extracting(RuleShown::priority).containsExactly("default");
        assertRefused(
                "RuleNotFound", arn, () -> fixture.calls.call("DeleteRule", new DeleteRuleRequest(arn), Empty.class));
    }

    private void deleteB() {
        fixture.calls.call("DeleteTargetGroup", new DeleteTargetGroupRequest(b), Empty.class);
    }

    @Test
    void rulesGoWithTheirListener() {
        create(1, forwardTo(b), path("/b"));
        fixture.calls.call("DeleteListener", new DeleteListenerRequest(listener), Empty.class);
        deleteB();
    }

    @Test
    void prioritiesCanBeExchangedInOneCallAndOtherwiseTakenOnesAreRefused() {
        String one = create(1, forwardTo(b), path("/1")).ruleArn();
        String two = create(2, forwardTo(b), path("/2")).ruleArn();
        assertRefused("PriorityInUse", "Priority '2' is currently in use", () -> create(2, NOT_FOUND, path("/x")));
        assertRefused("PriorityInUse", "Priority '2'", () -> prioritize(new RulePriority(one, 2)));
        prioritize(new RulePriority(one, 2), new RulePriority(two, 1));
        assertThat(rules()).extracting(RuleShown::ruleArn).startsWith(two, one);
        assertRefused(
                "ValidationError",
                "specified more than once",
                () -> prioritize(new RulePriority(one, 3), new RulePriority(one, 4)));
        String other = fixture.rule(fixture.listener(balancer, 81, forwardTo(a)), 1, forwardTo(b), path("/"))
                .ruleArn();
        assertRefused(
                "ValidationError",
                "same listener",
                () -> prioritize(new RulePriority(one, 7), new RulePriority(other, 8)));
    }

    @Test
    void theDefaultRuleIsTheListenersOwn() {
        String arn = rules().get(0).ruleArn();
        assertRefused(
                "OperationNotPermitted",
                "cannot be deleted",
                () -> fixture.calls.call("DeleteRule", new DeleteRuleRequest(arn), Empty.class));
        assertRefused(
                "OperationNotPermitted",
                "cannot be modified",
                () -> fixture.calls.call(
                        "ModifyRule", new ModifyRuleRequest(arn, null, List.of(NOT_FOUND)), RulesResponse.class));
        assertRefused("OperationNotPermitted", "cannot be re-prioritized", () -> prioritize(new RulePriority(arn, 1)));
        assertRefused(
                "ValidationError",
                "either listener ARN or rule ARNs",
                () -> fixture.calls.call(
                        "DescribeRules",
                        new DescribeRulesRequest(listener, List.of(arn), null, null),
                        RulesResponse.class));
    }

    static Stream<Arguments> badConditions() {
        RuleCondition header = new RuleCondition(
                "http-header", null, null, null, new HttpHeaderConfig("", List.of("x")), null, null, null);
        RuleCondition host = new RuleCondition(
                "http-header", null, null, null, new HttpHeaderConfig("Host", List.of("x")), null, null, null);
        RuleCondition method = new RuleCondition(
                "http-request-method", null, null, null, null, null, new Values(List.of("get")), null);
        RuleCondition source =
                new RuleCondition("source-ip", null, null, null, null, null, null, new Values(List.of("10.0.0.0/33")));
        RuleCondition query =
                new RuleCondition("query-string", null, null, null, null, new QueryStringConfig(List.of()), null, null);
        RuleCondition noValue = new RuleCondition(
                "query-string",
                null,
                null,
                null,
                null,
                new QueryStringConfig(List.of(new KeyValue("k", ""))),
                null,
                null);
        RuleCondition stray =
                new RuleCondition("path-pattern", null, new Values(List.of("a.b")), null, null, null, null, null);
        RuleCondition both = new RuleCondition(
                "path-pattern", List.of("/a"), null, new Values(List.of("/b")), null, null, null, null);
        return Stream.of(
                Arguments.of(List.of(), "condition must be specified"),
                Arguments.of(List.of(RuleCondition.of(null, "/a")), "A condition field must be specified"),
                Arguments.of(List.of(RuleCondition.of("cookie", "/a")), "'cookie' must be one of"),
                Arguments.of(List.of(path()), "condition value must be specified"),
                Arguments.of(List.of(path("/a"), path("/b")), "only have one condition with field 'path-pattern'"),
                Arguments.of(
                        List.of(path("/1", "/2", "/3", "/4", "/5", "/6")), "A rule can only have '5' condition values"),
                Arguments.of(
                        List.of(path("/1", "/2", "/3"), RuleCondition.of("host-header", "a.b", "b.b", "c.b")),
                        "A rule can only have '5' condition values"),
                Arguments.of(List.of(path("/*/*/*/*/*/*")), "A rule can only have '5' condition wildcards"),
                Arguments.of(List.of(path("/a b")), "'/a b' contains characters"),
                Arguments.of(List.of(path("/" + "a".repeat(128))), "too long"),
                Arguments.of(List.of(RuleCondition.of("host-header", "localhost")), "'localhost' contains"),
                Arguments.of(List.of(RuleCondition.of("host-header", "shop.example.c0m")), "'shop.example.c0m'"),
                Arguments.of(List.of(RuleCondition.of("source-ip", "10.0.0.0/8")), "'Values' can't be specified"),
                Arguments.of(List.of(header), "HTTP header name must be specified"),
                Arguments.of(List.of(host), "must have the field 'host-header'"),
                Arguments.of(List.of(method), "http-request-method value 'get'"),
                Arguments.of(List.of(source), "'10.0.0.0/33' must be a CIDR block"),
                Arguments.of(List.of(query), "condition value must be specified"),
                Arguments.of(List.of(noValue), "query string value must be specified"),
                Arguments.of(List.of(stray), "configuration of another field"),
                Arguments.of(List.of(both), "in one way only"));
    }

    @ParameterizedTest
    @MethodSource("badConditions")
    void badConditionsAreRefused(List<RuleCondition> conditions, String message) {
        assertRefused(
                "ValidationError",
                message,
                () -> fixture.calls.call(
                        "CreateRule",
                        new CreateRuleRequest(listener, conditions, 1, List.of(NOT_FOUND), null),
                        RulesResponse.class));
        assertThat(rules()).hasSize(1);
    }

    static Stream<Arguments> badActions() {
        return Stream.of(
                Arguments.of(redirect(null, null, null, null, "HTTP_301"), "InvalidLoadBalancerAction", "a loop"),
                Arguments.of(redirect("HTTPS", null, null, null, "HTTP_307"), "ValidationError", "'HTTP_307'"),
                Arguments.of(redirect("FTP", null, null, null, "HTTP_301"), "ValidationError", "'FTP' must be one of"),
                Arguments.of(redirect(null, "0", null, null, "HTTP_301"), "ValidationError", "port '0'"),
                Arguments.of(redirect(null, null, null, "x", "HTTP_301"), "ValidationError", "begin with a '/'"),
                Arguments.of(redirect(null, null, "a b", null, "HTTP_301"), "ValidationError", "'a b' has characters"),
                Arguments.of(
                        redirect(null, null, "x".repeat(129), null, "HTTP_301"),
                        "ValidationError",
                        "longer than '128'"),
                Arguments.of(fixed("x", "302", null), "ValidationError", "'302' must be 2XX, 4XX or 5XX"),
                Arguments.of(fixed("x", "200", "image/png"), "ValidationError", "'image/png' must be one of"),
                Arguments.of(fixed("x".repeat(1025), "200", null), "ValidationError", "longer than '1024'"),
                Arguments.of(
                        new Action("redirect", null, null, null, null, null),
                        "InvalidLoadBalancerAction",
                        "must have a redirect configuration"),
                Arguments.of(
                        new Action("fixed-response", null, null, null, null, null),
                        "InvalidLoadBalancerAction",
                        "must have a fixed response configuration"),
                Arguments.of(
                        new Action("forward", null, null, null, null, new FixedResponseConfig("x", "200", null)),
                        "InvalidLoadBalancerAction",
                        "configuration of another type"),
                Arguments.of(
                        new Action("authenticate-oidc", null, null, null, null, null),
                        "NotImplementedByLocalAws",
                        "'authenticate-oidc'"));
    }

    private static Action redirect(String protocol, String port, String host, String path, String status) {
        return new Action(
                "redirect", null, null, null, new RedirectConfig(protocol, port, host, path, null, status), null);
    }

    private static Action fixed(String body, String status, String type) {
        return new Action("fixed-response", null, null, null, null, new FixedResponseConfig(body, status, type));
    }

    @ParameterizedTest
    @MethodSource("badActions")
    void badActionsAreRefused(Action action, String code, String message) {
        assertRefused(code, message, () -> create(1, action, path("/x")));
        assertThat(rules()).hasSize(1);
    }

    @Test
    void oneActionAndAPriorityWithinBoundsAreNeeded() {
        assertRefused(
                "InvalidLoadBalancerAction",
                "not 2",
                () -> fixture.calls.call(
                        "CreateRule",
                        new CreateRuleRequest(listener, List.of(path("/x")), 1, List.of(NOT_FOUND, NOT_FOUND), null),
                        RulesResponse.class));
        assertRefused("ValidationError", "Priority '0'", () -> create(0, NOT_FOUND, path("/x")));
        assertRefused("ValidationError", "Priority '50001'", () -> create(50_001, NOT_FOUND, path("/x")));
        assertRefused(
                "ValidationError",
                "rule priority must be specified",
                () -> fixture.calls.call(
                        "CreateRule",
                        new CreateRuleRequest(listener, List.of(path("/x")), null, List.of(NOT_FOUND), null),
                        RulesResponse.class));
        String foreign = fixture.loadBalancer("other");
        fixture.listener(foreign, 80, forwardTo(b));
        assertRefused(
                "TargetGroupAssociationLimit",
                "more than one load balancer",
                () -> create(1, forwardTo(b), path("/x")));
    }

    @Test
    void aHundredRulesAreTheMost() {
        for (int i = 1; i <= 100; i++) {
            create(i, NOT_FOUND, path("/" + i));
        }
        assertRefused("TooManyRules", "100 rules", () -> create(101, NOT_FOUND, path("/x")));
    }

    @Test
    void aShiftChangesEveryRuleWithThePairAndKeepsItsStickiness() {
        Stickiness sticky = new Stickiness(true, 60);
        ForwardConfig config = new ForwardConfig(List.of(new GroupWeight(a, 1)), sticky);
        String c = fixture.targetGroup("web-c");
        create(1, Action.forward(null, config), path("/1"));
        create(2, forwardTo(c), path("/2"));
        create(3, NOT_FOUND, path("/3"));
        shift(a, 90, b, 10);
        List<Action> actions =
                rules().stream().map(rule -> rule.actions().get(0)).toList();
        assertThat(actions.get(0).forwardConfig())
                .isEqualTo(new ForwardConfig(List.of(new GroupWeight(a, 90), new GroupWeight(b, 10)), sticky));
        assertThat(actions.get(1))
                .isEqualTo(create(9, forwardTo(c), path("/9")).actions().get(0));
        assertThat(actions.get(2)).isEqualTo(NOT_FOUND);
        assertThat(actions.get(3).forwardConfig())
                .isEqualTo(new ForwardConfig(
                        List.of(new GroupWeight(a, 90), new GroupWeight(b, 10)), new Stickiness(false, null)));
    }

    @Test
    void groupsTakeThePlaceOfThoseTheListenerForwardedTo() {
        String test = fixture.listener(balancer, 9001, NOT_FOUND);
        fixture.rule(test, 1, forwardTo(a), path("/*"));
        fixture.world.run(() -> fixture.elb.setWeights(test, Map.of(b, 1)));
        assertThat(fixture.world.call(
                        () -> fixture.elb.listener(test).orElseThrow().weights()))
                .isEqualTo(Map.of(b, 1));
        var shown = fixture.calls.call(
                "DescribeRules", new DescribeRulesRequest(test, null, null, null), RulesResponse.class);
        assertThat(shown.rules().get(1).actions()).containsExactly(NOT_FOUND);
    }

    private void shift(String first, int weight, String second, int other) {
        Map<String, Integer> weights = new LinkedHashMap<>();
        weights.put(first, weight);
        weights.put(second, other);
        fixture.world.run(() -> fixture.elb.setWeights(listener, weights));
    }
}
