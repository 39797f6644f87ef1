package io.jenkins.plugins.ecscanary.localaws.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FaultRuleTest {

    @Test
    void aTextIsARule() {
        assertThat(FaultRule.parse("codedeploy:CreateDeployment=error:503,after@next:2"))
                .isEqualTo(new FaultRule(
                        new OperationPattern("codedeploy", "CreateDeployment"),
                        new Fault.Failure(503, When.AFTER),
                        new Trigger.Next(2)));
        assertThat(FaultRule.parse("elbv2:Describe*=slow:250ms@0.5"))
                .isEqualTo(new FaultRule(
                        new OperationPattern("elasticloadbalancing", "Describe*"),
                        new Fault.Slow(Duration.ofMillis(250)),
                        new Trigger.Chance(0.5)));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "*=throttle",
                "ecs:DescribeServices=throttle@0.1",
                "ecs:*=error:500",
                "ecs:*=error:503,after@next:1",
                "*=reset@0.01",
                "codedeploy:CreateDeployment=reset:after",
                "monitoring:Describe*=slow:2s",
                "*=slow:1500ms@0.25",
                "codedeploy:Get*=stale:2m@0.2",
                "*=buckets"
            })
    void textAndJsonSayTheSame(String text) {
        FaultRule rule = FaultRule.parse(text);
        assertThat(rule).hasToString(text);
        var json = FaultJson.of(new FaultStatus("7", rule, 3, 1));
        assertThat(json.path("id").asText()).isEqualTo("7");
        assertThat(json.path("matched").asInt()).isEqualTo(3);
        assertThat(json.path("fired").asInt()).isEqualTo(1);
        json.remove(java.util.List.of("id", "text", "matched", "fired"));
        assertThat(FaultJson.parse(json.toString().getBytes(StandardCharsets.UTF_8)))
                .isEqualTo(rule);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "ecs:DescribeServices | is not OPERATIONS=FAULT",
                "DescribeServices=throttle | is not SERVICE:OPERATION",
                "ecs:describeServices=throttle | is not SERVICE:OPERATION",
                "ecs:*Services=throttle | is not SERVICE:OPERATION",
                "ecs:*=nothing | 'nothing' is no fault",
                "ecs:*=throttle:5 | throttle has no ':5'",
                "ecs:*=error:404 | neither 500 nor 503",
                "ecs:*=error:500,later | before (the default) or after",
                "ecs:*=error:500,after,after | expected error with before or after",
                "ecs:*=reset:500 | before (the default) or after",
                "ecs:*=slow | expected slow:TIME",
                "ecs:*=slow:2 | not a time such as",
                "ecs:*=slow:0s | not a time such as",
                "ecs:*=slow:11m | at most 10m",
                "ecs:*=stale:1h | not a time such as",
                "ecs:RunTask=stale:10s | only reads",
                "ecs:*=buckets@0.5 | decide by themselves",
                "ecs:*=throttle@0 | above 0 and at most 1",
                "ecs:*=throttle@10 | above 0 and at most 1",
                "ecs:*=throttle@NaN | above 0 and at most 1",
                "ecs:*=throttle@often | neither a probability",
                "ecs:*=throttle@next:0 | at least 1",
                "ecs:*=throttle@next:x | neither a probability"
            })
    void aWrongTextIsRefusedInWords(String text, String why) {
        assertThatExceptionOfType(InvalidFaultException.class)
                .isThrownBy(() -> FaultRule.parse(text))
                .withMessageContaining(why);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{ | malformed JSON",
                "null | not one JSON object",
                "[] | not one JSON object",
                "{} | 'match' is missing",
                "{\"match\":\"*\"} | 'kind' is missing",
                "{\"match\":\"*\",\"kind\":\"throttle\",\"odds\":1} | no 'odds'",
                "{\"match\":\"*\",\"kind\":\"throttle\",\"kind\":\"reset\"} | malformed JSON",
                "{\"match\":\"*\",\"kind\":\"throttle\"} {} | not one JSON object",
                "{\"match\":\"*\",\"kind\":\"throttle\",\"status\":500} | throttle has no status",
                "{\"match\":\"*\",\"kind\":\"slow\"} | 'delay' is missing",
                "{\"match\":\"*\",\"kind\":\"slow\",\"delay\":\"2s\",\"maxAge\":\"2s\"} | slow has no maxAge",
                "{\"match\":\"*\",\"kind\":\"error\",\"status\":\"500\"} | status is not of the expected type",
                "{\"match\":\"*\",\"kind\":\"reset\",\"when\":\"now\"} | not before or after",
                "{\"match\":\"*\",\"kind\":\"reset\",\"next\":1,\"probability\":1} | one of the two",
                "{\"match\":\"*\",\"kind\":\"reset\",\"next\":1.5} | next is not of the expected type"
            })
    void wrongJsonIsRefusedInWords(String json, String why) {
        assertThatExceptionOfType(InvalidFaultException.class)
                .isThrownBy(() -> FaultJson.parse(json.getBytes(StandardCharsets.UTF_8)))
                .withMessageContaining(why);
    }
}
