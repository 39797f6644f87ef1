package io.jenkins.plugins.ecscanary.localaws.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.jenkins.plugins.ecscanary.localaws.world.ManualTime;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FaultsTest {

    private static final Map<String, List<String>> KNOWN = Map.of(
            "ecs", List.of("DescribeServices", "ListServices", "RegisterTaskDefinition", "UpdateService"),
            "elasticloadbalancing", List.of("DescribeRules", "DescribeListeners"),
            "codedeploy", List.of("GetDeployment", "CreateDeployment"),
            "monitoring", List.of("DescribeAlarms"));

    private final ManualTime time = new ManualTime();
    private final Faults faults = new Faults(1, KNOWN, time::now);

    @Test
    void aProbabilityIsKeptAndRepeatable() {
        String first = firings(new Faults(42, KNOWN, time::now));
        assertThat(firings(new Faults(42, KNOWN, time::now))).isEqualTo(first);
        assertThat(firings(new Faults(43, KNOWN, time::now))).isNotEqualTo(first);
        // The draws are the same in every run, so this is no matter of luck.
        assertThat(first.chars().filter(c -> c == 'x').count()).isBetween(250L, 350L);
    }

    private String firings(Faults some) {
        some.switchOn(FaultRule.parse("ecs:DescribeServices=throttle@0.1"));
        StringBuilder fired = new StringBuilder();
        IntStream.range(0, 3000)
                .forEach(i ->
                        fired.append(some.on(call("ecs", "DescribeServices")).fault() == null ? '.' : 'x'));
        return fired.toString();
    }

    @Test
    void theNextCallsAndNoneAfter() {
        faults.switchOn(FaultRule.parse("ecs:Describe*=error:503@next:2"));
        assertThat(kind("ecs", "ListServices")).isNull();
        assertThat(kind("ecs", "DescribeServices")).isEqualTo("error");
        assertThat(kind("ecs", "DescribeServices")).isEqualTo("error");
        assertThat(kind("ecs", "DescribeServices")).isNull();
        FaultStatus status = faults.active().get(0);
        assertThat(status.matched()).isEqualTo(3);
        assertThat(status.fired()).isEqualTo(2);
    }

    @Test
    void delaysAddUpAndTheFirstOtherDecides() {
        faults.switchOn(FaultRule.parse("*=slow:1s"));
        faults.switchOn(FaultRule.parse("ecs:*=slow:2s"));
        faults.switchOn(FaultRule.parse("ecs:DescribeServices=reset:after"));
        faults.switchOn(FaultRule.parse("ecs:*=throttle"));
        Interference reset = faults.on(call("ecs", "DescribeServices"));
        assertThat(reset).isEqualTo(new Interference(new Fault.Reset(When.AFTER), null, Duration.ofSeconds(3)));
        assertThat(reset.insteadOfRunning()).isFalse();
        assertThat(kind("ecs", "ListServices")).isEqualTo("throttle");
        assertThat(kind("codedeploy", "GetDeployment")).isEqualTo("slow");
        assertThat(faults.active()).extracting(FaultStatus::matched).containsExactly(3L, 2L, 1L, 1L);
    }

    @Test
    void noDelayIsLongerThanTheLongestWhateverElseGoesWrong() {
        faults.switchOn(FaultRule.parse("ecs:*=slow:6m"));
        faults.switchOn(FaultRule.parse("ecs:*=slow:7m"));
        faults.switchOn(FaultRule.parse("ecs:DescribeServices=throttle"));
        assertThat(faults.on(call("ecs", "ListServices")).delay()).isEqualTo(Fault.MAX_DELAY);
        assertThat(faults.on(call("ecs", "DescribeServices")).delay()).isEqualTo(Fault.MAX_DELAY);
    }

    @Test
    void offIsOff() {
        String first = faults.switchOn(FaultRule.parse("ecs:*=throttle")).id();
        faults.switchOn(FaultRule.parse("ecs:*=reset"));
        assertThat(faults.switchOff(first)).isTrue();
        assertThat(faults.switchOff(first)).isFalse();
        assertThat(kind("ecs", "DescribeServices")).isEqualTo("reset");
        faults.switchAllOff();
        assertThat(kind("ecs", "DescribeServices")).isNull();
        assertThat(faults.active()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "ec2:*=throttle, no service 'ec2'",
        "ecs:DescribeService=throttle, no operation ecs:DescribeService",
        "codedeploy:List*=throttle, no operation codedeploy:List*"
    })
    void whatCanNeverFireIsRefused(String rule, String why) {
        assertThatExceptionOfType(InvalidFaultException.class)
                .isThrownBy(() -> faults.switchOn(FaultRule.parse(rule)))
                .withMessageContaining(why);
    }

    @ParameterizedTest
    @CsvSource({
        "ecs, RegisterTaskDefinition, 20, 1",
        "ecs, UpdateService, 50, 5",
        "elasticloadbalancing, DescribeRules, 40, 10",
        "monitoring, DescribeAlarms, 9, 9"
    })
    void bucketsAreAsPublished(String service, String operation, int burst, int perSecond) {
        faults.switchOn(FaultRule.awsThrottling());
        assertThat(let(service, operation, 1000)).isEqualTo(burst);
        time.advance(Duration.ofSeconds(1));
        assertThat(let(service, operation, 1000)).isEqualTo(perSecond);
        time.advance(Duration.ofHours(1));
        assertThat(let(service, operation, 1000)).isEqualTo(burst);
    }

    @Test
    void bucketsAreSharedAsPublished() {
        faults.switchOn(FaultRule.awsThrottling());
        assertThat(let("elasticloadbalancing", "DescribeRules", 30)).isEqualTo(30);
        assertThat(let("elasticloadbalancing", "DescribeListeners", 30)).isEqualTo(10);
        assertThat(let("ecs", "DescribeServices", 99)).isEqualTo(99);
        assertThat(let("ecs", "ListServices", 30)).isEqualTo(1);
        // CodeDeploy's are assumed: two in three seconds.
        assertThat(let("codedeploy", "GetDeployment", 100)).isEqualTo(20);
        time.advance(Duration.ofMinutes(1));
        assertThat(let("codedeploy", "GetDeployment", 100)).isEqualTo(20);
        time.advance(Duration.ofSeconds(3));
        assertThat(let("codedeploy", "GetDeployment", 100)).isEqualTo(2);
    }

    @Test
    void staleIsAnEarlierAnswerToTheSameRequest() {
        faults.switchOn(FaultRule.parse("codedeploy:*=stale:30s"));
        Call asked = call("codedeploy", "GetDeployment");
        assertThat(faults.on(asked)).isEqualTo(Interference.NONE);
        faults.remember(asked, "first");
        assertThat(faults.on(asked).earlier()).isEqualTo("first");
        assertThat(faults.on(asked).insteadOfRunning()).isTrue();
        assertThat(faults.on(new Call("codedeploy", "GetDeployment", bytes("{\"another\":1}"))))
                .isEqualTo(Interference.NONE);
        assertThat(faults.on(call("codedeploy", "CreateDeployment"))).isEqualTo(Interference.NONE);
        time.advance(Duration.ofSeconds(30));
        assertThat(faults.on(asked).earlier()).isEqualTo("first");
        time.advance(Duration.ofMillis(1));
        assertThat(faults.on(asked)).isEqualTo(Interference.NONE);
        FaultStatus status = faults.active().get(0);
        assertThat(status.matched()).isEqualTo(6);
        assertThat(status.fired()).isEqualTo(3);
    }

    private int let(String service, String operation, int calls) {
        return (int) IntStream.range(0, calls)
                .filter(i -> kind(service, operation) == null)
                .count();
    }

    private String kind(String service, String operation) {
        return faults.on(call(service, operation)).kind();
    }

    private static Call call(String service, String operation) {
        return new Call(service, operation, bytes("{}"));
    }

    private static ByteBuffer bytes(String text) {
        return ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
    }
}
