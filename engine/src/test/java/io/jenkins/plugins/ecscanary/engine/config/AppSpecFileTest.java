package io.jenkins.plugins.ecscanary.engine.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.jenkins.plugins.ecscanary.engine.model.AppSpecExtras;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AppSpecFileTest {

    @Test
    void anAppSpecAsAwsDocumentsIt() {
        AppSpecExtras extras = AppSpecFile.parse(
                "appspec.json",
                """
                {"version": 0.0,
                 "Resources": [{"TargetService": {"Type": "AWS::ECS::Service", "Properties": {
                   "TaskDefinition": "<TASK_DEFINITION>",
                   "LoadBalancerInfo": {"ContainerName": "web", "ContainerPort": 3000},
                   "PlatformVersion": "LATEST",
                   "NetworkConfiguration": {"AwsvpcConfiguration": {"Subnets": ["subnet-1"], "AssignPublicIp": "ENABLED"}},
                   "CapacityProviderStrategy": [{"Base": 1, "CapacityProvider": "FARGATE", "Weight": 1}]}}}],
                 "Hooks": [{"AfterInstall": "warm"}, {"BeforeAllowTraffic": "smoke"}]}
                """);
        assertThat(extras)
                .isEqualTo(new AppSpecExtras(
                        Map.of("AfterInstall", "warm", "BeforeAllowTraffic", "smoke"),
                        "{\"AwsvpcConfiguration\":{\"Subnets\":[\"subnet-1\"],\"AssignPublicIp\":\"ENABLED\"}}",
                        "[{\"Base\":1,\"CapacityProvider\":\"FARGATE\",\"Weight\":1}]",
                        "LATEST",
                        "web",
                        3000));
    }

    @Test
    void whatIsDeployedNeedNotBeInIt() {
        assertThat(AppSpecFile.parse("f", spec("\"Properties\":{}"))).isEqualTo(AppSpecExtras.NONE);
        assertThat(AppSpecFile.parse(
                        "f",
                        spec("\"Properties\":{\"LoadBalancerInfo\":{\"ContainerName\":\"<CONTAINER_NAME>\","
                                + "\"ContainerPort\":\"<PORT>\"}}")))
                .isEqualTo(AppSpecExtras.NONE);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "version: 0.0 | appspec.json:1:1: no JSON",
                "[] | the AppSpec: expected an object in braces, got []",
                "{} | version: expected 0.0, got nothing",
                "{\"version\":0.0} | Resources: expected a list of one TargetService, got nothing",
                "{\"version\":0.0,\"Resources\":[{\"MyLambda\":{}}]} | unknown member MyLambda",
                "{\"version\":0.0,\"hooks\":[]} | unknown member hooks; did you mean Hooks?",
            })
    void theFrameIsRead(String text, String problem) {
        assertThat(problems(text)).anyMatch(found -> found.contains(problem));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "\"TaskDefinition\":\"arn:aws:ecs:x\" | TaskDefinition: it is what is deployed; leave it out or write",
                "\"LoadBalancerInfo\":{\"TargetPort\":80} | LoadBalancerInfo: unknown member TargetPort",
                "\"LoadBalancerInfo\":{\"ContainerName\":7} | ContainerName: expected a name in quotes, got 7",
                "\"LoadBalancerInfo\":{\"ContainerPort\":\"80\"} | ContainerPort: expected a whole number, got",
                "\"PlatformVersion\":1.4 | PlatformVersion: expected LATEST",
                "\"NetworkConfiguration\":{\"Subnets\":[]} | NetworkConfiguration.Subnets: unknown member",
                "\"Volumes\":[] | Properties: unknown member Volumes",
            })
    void whatIsNotKnownIsRefusedNotDropped(String property, String problem) {
        assertThat(problems(spec("\"Properties\":{" + property + "}")))
                .anyMatch(found -> found.startsWith("appspec.json: ") && found.contains(problem));
    }

    @Test
    void hooksAreFunctionsOneForAnEvent() {
        String hooks = spec("\"Properties\":{}")
                .replaceFirst(
                        "}$",
                        ",\"Hooks\":[{\"AfterInstall\":\"a\"},"
                                + "{\"AfterInstall\":\"b\"},{\"BeforeInstall\":[]},7]}");
        assertThat(problems(hooks))
                .anyMatch(found -> found.contains("Hooks.AfterInstall: given twice"))
                .anyMatch(found -> found.contains("Hooks.BeforeInstall: expected a Lambda function's name"))
                .anyMatch(found -> found.contains("Hooks: expected an object in braces, got 7"));
    }

    @Test
    void aMissingFileIsNamed() {
        ConfigException e =
                catchThrowableOfType(ConfigException.class, () -> AppSpecFile.read(Path.of("missing/appspec.json")));
        assertThat(e).hasMessageContaining("missing/appspec.json: there is no such file");
    }

    private static String spec(String inside) {
        return "{\"version\":0.0,\"Resources\":[{\"TargetService\":{\"Type\":\"AWS::ECS::Service\"," + inside + "}}]}";
    }

    private static List<String> problems(String text) {
        ConfigException e = catchThrowableOfType(ConfigException.class, () -> AppSpecFile.parse("appspec.json", text));
        assertThat(e).as("reading should have failed").isNotNull();
        return e.problems();
    }
}
