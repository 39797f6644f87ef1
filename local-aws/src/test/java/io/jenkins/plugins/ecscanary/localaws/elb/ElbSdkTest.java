package io.jenkins.plugins.ecscanary.localaws.elb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.jenkins.plugins.ecscanary.localaws.proxy.RecordingMeter;
import io.jenkins.plugins.ecscanary.localaws.wire.WireFixture;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.elasticloadbalancingv2.ElasticLoadBalancingV2Client;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.Action;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.ActionTypeEnum;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.CreateRuleRequest;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.ElasticLoadBalancingV2Exception;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.InvalidLoadBalancerActionException;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.OperationNotPermittedException;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.PriorityInUseException;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.ProtocolEnum;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.QueryStringKeyValuePair;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.RedirectActionStatusCodeEnum;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.Rule;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.RuleCondition;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.RuleNotFoundException;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.TargetGroupAttribute;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.TargetGroupTuple;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.TargetTypeEnum;

/** Rules and attributes as the official SDK's client writes and reads them. */
class ElbSdkTest {

    private Elb elb;
    private WireFixture wire;
    private ElasticLoadBalancingV2Client client;
    private String group;
    private String listener;

    @BeforeEach
    void start() {
        wire = new WireFixture(world -> {
            elb = new Elb(world, PortMapping.systemPicked(), new RecordingMeter(), ElbSettings.defaults());
            return List.of(elb.api());
        });
        client = wire.client(ElasticLoadBalancingV2Client.builder());
        String balancer = client.createLoadBalancer(
                        r -> r.name("web").subnets("subnet-a", "subnet-b").securityGroups("sg-1"))
                .loadBalancers()
                .get(0)
                .loadBalancerArn();
        group = client.createTargetGroup(r -> r.name("web-a")
                        .protocol(ProtocolEnum.HTTP)
                        .port(3000)
                        .vpcId("vpc-1")
                        .targetType(TargetTypeEnum.IP))
                .targetGroups()
                .get(0)
                .targetGroupArn();
        listener = client.createListener(r -> r.loadBalancerArn(balancer)
                        .protocol(ProtocolEnum.HTTP)
                        .port(80)
                        .defaultActions(forward()))
                .listeners()
                .get(0)
                .listenerArn();
    }

    @AfterEach
    void stop() {
        client.close();
        elb.close();
        wire.close();
    }

    private Action forward() {
        return Action.builder()
                .type(ActionTypeEnum.FORWARD)
                .forwardConfig(f -> f.targetGroups(TargetGroupTuple.builder()
                                .targetGroupArn(group)
                                .weight(3)
                                .build())
                        .targetGroupStickinessConfig(s -> s.enabled(true).durationSeconds(90)))
                .build();
    }

    private Rule create(int priority, Action action, List<RuleCondition> conditions) {
        return client.createRule(CreateRuleRequest.builder()
                        .listenerArn(listener)
                        .priority(priority)
                        .actions(action)
                        .conditions(conditions)
                        .build())
                .rules()
                .get(0);
    }

    private static RuleCondition condition(String field, Consumer<RuleCondition.Builder> values) {
        return RuleCondition.builder().field(field).applyMutation(values).build();
    }

    private static QueryStringKeyValuePair parameter(String key, String value) {
        return QueryStringKeyValuePair.builder().key(key).value(value).build();
    }

    private static RuleCondition path(String value) {
        return condition("path-pattern", c -> c.pathPatternConfig(p -> p.values(value)));
    }

    @Test
    void everyKindOfConditionComesBackAsItWasGiven() {
        List<RuleCondition> conditions = List.of(
                condition(
                        "http-header",
                        c -> c.httpHeaderConfig(
                                h -> h.httpHeaderName("X-Canary").values("yes"))),
                condition(
                        "query-string",
                        c -> c.queryStringConfig(q -> q.values(parameter("v", "2"), parameter(null, "3")))),
                condition("http-request-method", c -> c.httpRequestMethodConfig(m -> m.values("GET"))),
                condition("source-ip", c -> c.sourceIpConfig(s -> s.values("127.0.0.0/8"))));
        Rule rule = create(10, forward(), conditions);
        assertThat(rule.conditions()).isEqualTo(conditions);
        assertThat(rule.priority()).isEqualTo("10");
        assertThat(rule.actions().get(0).forwardConfig()).isEqualTo(forward().forwardConfig());
        assertThat(rule.actions().get(0).targetGroupArn()).isEqualTo(group);
        assertThat(client.describeRules(r -> r.listenerArn(listener)).rules())
                .hasSize(2)
                .contains(rule);
    }

    @Test
    void aRedirectIsShownWithItsDefaults() {
        Action redirect = Action.builder()
                .type(ActionTypeEnum.REDIRECT)
                .redirectConfig(r -> r.protocol("HTTPS").port("443").statusCode(RedirectActionStatusCodeEnum.HTTP_301))
                .build();
        Rule rule = create(1, redirect, List.of(path("/*")));
        assertThat(rule.actions().get(0).redirectConfig().path()).isEqualTo("/#{path}");
        assertThat(rule.actions().get(0).redirectConfig().query()).isEqualTo("#{query}");
    }

    @Test
    void refusalsAreTheSdksExceptions() {
        Rule rule = create(1, forward(), List.of(path("/a")));
        assertThatExceptionOfType(PriorityInUseException.class)
                .isThrownBy(() -> create(1, forward(), List.of(path("/b"))));
        String missing = rule.ruleArn().replaceAll(".$", "x");
        assertThatExceptionOfType(RuleNotFoundException.class)
                .isThrownBy(() -> client.deleteRule(r -> r.ruleArn(missing)));
        String standard = client.describeRules(r -> r.listenerArn(listener)).rules().stream()
                .filter(Rule::isDefault)
                .findFirst()
                .orElseThrow()
                .ruleArn();
        assertThatExceptionOfType(OperationNotPermittedException.class)
                .isThrownBy(() -> client.deleteRule(r -> r.ruleArn(standard)));
        Action loop = Action.builder()
                .type(ActionTypeEnum.REDIRECT)
                .redirectConfig(r -> r.statusCode(RedirectActionStatusCodeEnum.HTTP_302))
                .build();
        assertThatExceptionOfType(InvalidLoadBalancerActionException.class)
                .isThrownBy(() -> create(2, loop, List.of(path("/b"))));
        assertThatExceptionOfType(ElasticLoadBalancingV2Exception.class)
                .isThrownBy(() -> create(2, forward(), List.of(condition("path-pattern", c -> c.regexValues("^/a")))))
                .satisfies(e -> assertThat(e.awsErrorDetails().errorMessage())
                        .contains("parameter Conditions[0].RegexValues of CreateRule"));
    }

    @Test
    void attributesComeBackAsTheyWereGiven() {
        TargetGroupAttribute sticky = TargetGroupAttribute.builder()
                .key("stickiness.enabled")
                .value("true")
                .build();
        assertThat(client.modifyTargetGroupAttributes(
                                r -> r.targetGroupArn(group).attributes(sticky))
                        .attributes())
                .contains(sticky);
        assertThat(client.describeTargetGroupAttributes(r -> r.targetGroupArn(group))
                        .attributes())
                .contains(sticky);
    }
}
