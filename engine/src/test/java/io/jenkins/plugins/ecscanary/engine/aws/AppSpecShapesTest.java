package io.jenkins.plugins.ecscanary.engine.aws;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.ecscanary.engine.model.AppSpecExtras;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AppSpecShapesTest {

    private static final String NETWORK =
            "{\"AwsvpcConfiguration\":{\"Subnets\":[\"subnet-1\"],\"SecurityGroups\":[\"sg-1\"],\"AssignPublicIp\":\"DISABLED\"}}";
    private static final String STRATEGY = "[{\"Base\":1,\"CapacityProvider\":\"FARGATE_SPOT\",\"Weight\":2}]";

    @Test
    void everythingThatCanBeInItComesOutAsAwsDocumentsItWithHooksInTheirOrder() {
        AppSpecExtras all = new AppSpecExtras(
                Map.of("BeforeAllowTraffic", "smoke", "AfterInstall", "arn:aws:lambda:eu-central-1:1:function:warm"),
                NETWORK,
                STRATEGY,
                "1.4.0");
        assertThat(AppSpecShapes.problems(all)).isEmpty();
        assertThat(AppSpec.json("td:12", "web", 3000, all))
                .isEqualTo("{\"version\":0.0,\"Resources\":[{\"TargetService\":{\"Type\":\"AWS::ECS::Service\","
                        + "\"Properties\":{\"TaskDefinition\":\"td:12\",\"LoadBalancerInfo\":"
                        + "{\"ContainerName\":\"web\",\"ContainerPort\":3000},\"PlatformVersion\":\"1.4.0\","
                        + "\"NetworkConfiguration\":" + NETWORK + ",\"CapacityProviderStrategy\":" + STRATEGY
                        + "}}}],\"Hooks\":[{\"AfterInstall\":\"arn:aws:lambda:eu-central-1:1:function:warm\"},"
                        + "{\"BeforeAllowTraffic\":\"smoke\"}]}");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "BeforeTraffic | f || || Hooks: BeforeTraffic is no lifecycle event with a hook",
                "BeforeAllowTrafic | f || || did you mean BeforeAllowTraffic?",
                "AllowTraffic | f || || AllowTraffic is no lifecycle event with a hook",
                "AfterInstall | ` ` || || Hooks.AfterInstall: expected a Lambda function's name or ARN",
                "|| { | || NetworkConfiguration: no JSON",
                "|| [] | || NetworkConfiguration: expected an object in braces, got a list",
                "|| {} | || NetworkConfiguration.AwsvpcConfiguration: expected an object in braces, got nothing",
                "|| {\"awsvpcConfiguration\":{}} | || unknown member; did you mean AwsvpcConfiguration?",
                "|| {\"AwsvpcConfiguration\":{}} | || AwsvpcConfiguration.Subnets: expected a list of ids in quotes, got nothing",
                "|| {\"AwsvpcConfiguration\":{\"Subnets\":[]}} | || Subnets: expected a list of ids",
                "|| {\"AwsvpcConfiguration\":{\"Subnets\":[1]}} | || Subnets: expected a list of ids",
                "|| {\"AwsvpcConfiguration\":{\"Subnets\":[\"s\"],\"AssignPublicIp\":\"yes\"}} | || AssignPublicIp: expected",
                "|| {\"AwsvpcConfiguration\":{\"Subnets\":[\"s\"],\"Subnets\":[\"t\"]}} | || NetworkConfiguration: no JSON: Duplicate",
                "||| {} || CapacityProviderStrategy: expected a list of capacity providers, got an object",
                "||| [] || CapacityProviderStrategy: expected a list of capacity providers",
                "||| [{\"Weight\":1}] || CapacityProviderStrategy[0].CapacityProvider: expected a name in quotes, got nothing",
                "||| [{\"CapacityProvider\":\"FARGATE\",\"Weight\":1001}] || Weight: expected a whole number from 0 to 1000, got 1001",
                "||| [{\"CapacityProvider\":\"FARGATE\",\"Base\":-1}] || Base: expected a whole number from 0 to 100000",
                "|||| 1.4 | PlatformVersion: expected LATEST or one such as 1.4.0, got",
            })
    void whatAwsWouldFailLaterIsSaidByItsName(
            String event, String function, String network, String strategy, String platform, String problem) {
        AppSpecExtras extras =
                new AppSpecExtras(event == null ? Map.of() : Map.of(event, function), network, strategy, platform);
        assertThat(AppSpecShapes.problems(extras)).anyMatch(found -> found.contains(problem));
    }
}
