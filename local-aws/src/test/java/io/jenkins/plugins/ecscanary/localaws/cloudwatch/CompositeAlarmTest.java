package io.jenkins.plugins.ecscanary.localaws.cloudwatch;

import static io.jenkins.plugins.ecscanary.localaws.cloudwatch.CloudWatchFixture.alarm;
import static io.jenkins.plugins.ecscanary.localaws.cloudwatch.CloudWatchFixture.successRate;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Alarms on alarms. */
class CompositeAlarmTest {

    private static final String ARN = "arn:aws:cloudwatch:eu-central-1:123456789012:alarm:";

    private final CloudWatchFixture fixture = new CloudWatchFixture();
    private final CloudWatchJson json = new CloudWatchJson(fixture);

    @BeforeEach
    void children() {
        for (String name : List.of("a", "b", "with (odd) name")) {
            fixture.put(alarm(
                    name,
                    3,
                    2,
                    "LessThanThreshold",
                    99.5,
                    "ignore",
                    successRate(1).metrics()));
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            textBlock =
                    """
            ALARM(a)                                         | ALARM | OK    | ALARM
            ALARM(a) AND ALARM(b)                            | ALARM | OK    | OK
            ALARM(a) OR ALARM(b)                             | OK    | ALARM | ALARM
            NOT ALARM(a)                                     | OK    | OK    | ALARM
            NOT (ALARM(a) OR OK(b))                          | OK    | ALARM | ALARM
            ALARM(a) OR ALARM(b) AND FALSE                   | ALARM | ALARM | ALARM
            (ALARM(a) OR ALARM(b)) AND FALSE                 | ALARM | ALARM | OK
            INSUFFICIENT_DATA("with (odd) name") AND OK("a") | OK    | OK    | ALARM
            ALARM(arn:aws:cloudwatch:eu-central-1:123456789012:alarm:a) | ALARM | OK | ALARM
            """)
    void theRuleDecides(String rule, String a, String b, String expected) {
        set("a", a);
        set("b", b);
        put("both", rule);
        fixture.time.advance(Duration.ofSeconds(1));
        assertThat(composite("both").get("StateValue").asText()).isEqualTo(expected);
        assertThat(composite("both").get("StateReason").asText())
                .isEqualTo(ARN + "both was created and its alarm rule evaluates to " + expected);
    }

    @Test
    void aChildThatChangesIsFollowedAtOnceThroughAllLevels() throws Exception {
        put("one", "ALARM(a)");
        put("two", "ALARM(one) OR ALARM(b)");
        fixture.time.advance(Duration.ofSeconds(1));
        set("a", "ALARM");
        assertThat(composite("one").get("StateReason").asText())
                .isEqualTo(ARN + "a transitioned to ALARM at Monday 05 January, 2026 10:00:01 UTC");
        assertThat(composite("two").get("StateValue").asText()).isEqualTo("ALARM");
        assertThat(new com.fasterxml.jackson.databind.ObjectMapper()
                        .readTree(composite("one").get("StateReasonData").asText())
                        .at("/triggeringAlarms/0/arn")
                        .asText())
                .isEqualTo(ARN + "a");
        assertThat(fixture.cloudWatch.alarm("two").orElseThrow().state()).isEqualTo("ALARM");
        set("a", "OK");
        assertThat(composite("two").get("StateValue").asText()).isEqualTo("OK");
    }

    @Test
    void aStateSetByHandStandsUntilAChildChanges() {
        put("one", "ALARM(a)");
        fixture.time.advance(Duration.ofSeconds(1));
        set("one", "ALARM");
        fixture.time.advance(Duration.ofMinutes(10));
        assertThat(composite("one").get("StateValue").asText()).isEqualTo("ALARM");
        set("a", "OK");
        assertThat(composite("one").get("StateValue").asText()).isEqualTo("OK");
    }

    @Test
    void onlyThoseAskedForAreTold() {
        put("c", "ALARM(a)");
        assertThat(json.call("DescribeAlarms", "{}").get("CompositeAlarms")).isEmpty();
        JsonNode both = json.call("DescribeAlarms", "{'AlarmTypes': ['CompositeAlarm', 'MetricAlarm']}");
        assertThat(both.get("CompositeAlarms").findValuesAsText("AlarmName")).containsExactly("c");
        assertThat(both.get("MetricAlarms")).hasSize(3);
    }

    @Test
    void whatAnotherAlarmNamesStays() {
        put("c", "ALARM(a)");
        json.refused("ValidationError", "the rule of [c] names it", "DeleteAlarms", "{'AlarmNames': ['a']}");
        json.call("DeleteAlarms", "{'AlarmNames': ['a', 'c']}");
        assertThat(json.call("DescribeAlarms", "{}").get("MetricAlarms")).hasSize(2);
    }

    @Test
    @Timeout(60)
    void anAlarmMayDependOnAnotherByMoreWaysThanOne() {
        put("left0", "ALARM(a)");
        put("right0", "ALARM(a)");
        for (int i = 1; i < 64; i++) {
            String rule = "ALARM(left" + (i - 1) + ") OR ALARM(right" + (i - 1) + ")";
            put("left" + i, rule);
            put("right" + i, rule);
        }
        json.refused("NotImplementedByLocalAws", "left0 → ", "PutCompositeAlarm", rule("left0", "ALARM(left63)"));
    }

    @Test
    void circlesAndOtherKindsOfTheSameNameAreRefused() {
        put("one", "ALARM(a)");
        put("two", "ALARM(one)");
        json.refused("NotImplementedByLocalAws", "one → two → one", "PutCompositeAlarm", rule("one", "ALARM(two)"));
        json.refused("ValidationError", "There is already a MetricAlarm", "PutCompositeAlarm", rule("a", "TRUE"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            textBlock =
                    """
            ALARM(none)            | 'none', and there is no such alarm
            ALARM(a                | at its end: ')' is missing
            ALARM(a) ALARM(b)      | at position 10: 'ALARM', not AND, OR or the end
            ALARM(a) AND           | at its end
            RED(a)                 | at position 1: 'RED'
            ALARM("a)              | at position 7
            """)
    void rulesThatMakeNoSense(String rule, String message) {
        json.refused("ValidationError", message, "PutCompositeAlarm", rule("c", rule));
    }

    @Test
    void atLeastIsRefusedByName() {
        json.refused(
                "NotImplementedByLocalAws", "AT_LEAST", "PutCompositeAlarm", rule("c", "AT_LEAST(1, ALARM, (a, b))"));
    }

    private void put(String name, String rule) {
        json.call("PutCompositeAlarm", rule(name, rule));
    }

    private static String rule(String name, String rule) {
        return "{'AlarmName': '" + name + "', 'AlarmRule': '" + rule.replace("\"", "\\'") + "'}";
    }

    private JsonNode composite(String name) {
        return json.call("DescribeAlarms", "{'AlarmNames': ['" + name + "'], 'AlarmTypes': ['CompositeAlarm']}")
                .at("/CompositeAlarms/0");
    }

    private void set(String name, String state) {
        json.call(
                "SetAlarmState", "{'AlarmName': '" + name + "', 'StateValue': '" + state + "', 'StateReason': 'test'}");
    }
}
