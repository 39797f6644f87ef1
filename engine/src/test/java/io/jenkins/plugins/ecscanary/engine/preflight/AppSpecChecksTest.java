package io.jenkins.plugins.ecscanary.engine.preflight;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.ecscanary.engine.aws.Aws.LoadBalancerSeen;
import io.jenkins.plugins.ecscanary.engine.aws.AwsCodeDeploy.GroupSeen;
import io.jenkins.plugins.ecscanary.engine.model.AppSpecExtras;
import io.jenkins.plugins.ecscanary.engine.model.Check;
import io.jenkins.plugins.ecscanary.engine.model.Check.CheckOutcome;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class AppSpecChecksTest {

    private static final LoadBalancerSeen LB = new LoadBalancerSeen("tg-a", "web", 3000);

    @Test
    void withoutOneThereIsNothingToCheck() {
        assertThat(checks(AppSpecExtras.NONE, "l-test")).isEmpty();
    }

    @Test
    void aGoodOneSaysWhatIsInIt() {
        Check check = only(new AppSpecExtras(Map.of("BeforeAllowTraffic", "smoke"), null, null, "1.4.0", "web", 3000));
        assertThat(check.outcome()).isEqualTo(CheckOutcome.PASSED);
        assertThat(check.detail()).isEqualTo("hook BeforeAllowTraffic: smoke, platform version 1.4.0");
    }

    @Test
    void problemsAreAllNamed() {
        Check check = only(new AppSpecExtras(Map.of("Nonsense", "f"), "{", null, null, "side", 80));
        assertThat(check.outcome()).isEqualTo(CheckOutcome.REFUSED);
        assertThat(check.detail()).contains("Nonsense", "NetworkConfiguration", "to container web", "to port 3000");
    }

    @Test
    void aHookForTestTrafficWantsATestListener() {
        AppSpecExtras hook = new AppSpecExtras(Map.of("AfterAllowTestTraffic", "smoke"), null, null, null);
        assertThat(only(hook).outcome()).isEqualTo(CheckOutcome.PASSED);
        assertThat(checks(hook, null))
                .singleElement()
                .extracting(Check::outcome)
                .isEqualTo(CheckOutcome.WARNED);
    }

    private static Check only(AppSpecExtras extras) {
        List<Check> made = checks(extras, "l-test");
        assertThat(made).hasSize(1);
        return made.get(0);
    }

    private static List<Check> checks(AppSpecExtras extras, String testListener) {
        Checks checks = new Checks();
        GroupSeen group = new GroupSeen(
                "ECS",
                "shop",
                "web",
                "config",
                List.of("web-a", "web-b"),
                "l-prod",
                testListener,
                List.of(),
                List.of(),
                Duration.ZERO,
                Duration.ZERO);
        new AppSpecChecks(checks, extras).check(LB, group);
        return checks.made();
    }
}
