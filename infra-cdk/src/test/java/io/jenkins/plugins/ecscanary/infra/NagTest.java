package io.jenkins.plugins.ecscanary.infra;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.cdklabs.cdknag.AwsSolutionsChecks;
import java.util.Map;
import org.junit.jupiter.api.Test;
import software.amazon.awscdk.Aspects;
import software.amazon.awscdk.assertions.Annotations;
import software.amazon.awscdk.assertions.Match;

/** cdk-nag's AwsSolutions finds nothing that isn't accepted with a reason. */
@RequiresNode
class NagTest {

    @Test
    void theDefaultIsClean() {
        isClean(Map.of());
    }

    @Test
    void allOptionsTogetherAreClean() {
        isClean(AllOptions.on());
    }

    @Test
    void cloudFrontWithoutANameOfOnesOwnIsClean() {
        isClean(Map.of("cloudFrontPrefixList", "pl-a3a144ac"));
    }

    @Test
    void whereEcsDeploysItIsClean() {
        isClean(Map.of("ecsStrategy", "linear:10:6"));
    }

    @Test
    void whereEcsDeploysAllOptionsTogetherAreClean() {
        isClean(AllOptions.byEcs());
    }

    private static void isClean(Map<String, String> settings) {
        CanaryStack stack = Synth.stacks(settings).get(0);
        Aspects.of(stack).add(new AwsSolutionsChecks());
        Annotations found = Annotations.fromStack(stack);
        assertThat(found.findError("*", Match.stringLikeRegexp("AwsSolutions-.*")))
                .isEmpty();
        assertThat(found.findWarning("*", Match.stringLikeRegexp("AwsSolutions-.*")))
                .isEmpty();
        // With its checks at work: something is found, and accepted in words.
        int accepted = 0;
        for (JsonNode resource : Synth.resources(stack).template().path("Resources")) {
            for (JsonNode rule : resource.at("/Metadata/cdk_nag/rules_to_suppress")) {
                assertThat(rule.path("reason").asText()).hasSizeGreaterThan(40).endsWith(".");
                accepted++;
            }
        }
        assertThat(accepted).isGreaterThan(3);
    }
}
