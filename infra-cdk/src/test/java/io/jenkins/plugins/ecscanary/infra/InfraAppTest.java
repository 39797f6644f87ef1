package io.jenkins.plugins.ecscanary.infra;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.ecscanary.infra.settings.SettingsException;
import io.jenkins.plugins.ecscanary.infra.settings.SettingsReader;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import software.amazon.awscdk.App;

@RequiresNode
class InfraAppTest {

    @Test
    void writesATemplateAndItsStackPolicyByContext() {
        Path directory = InfraApp.synthesize(app(Map.of("service", "shop", "regions", "eu-central-1,eu-west-1")));
        for (String stack : new String[] {"ecs-canary", "ecs-canary-eu-west-1"}) {
            assertThat(directory.resolve(stack + ".template.json")).content().contains("\"shop-green-success-rate\"");
            assertThat(directory.resolve(stack + ".stack-policy.json"))
                    .content()
                    .contains("LogicalResourceId/");
        }
        assertThat(directory.resolve("AwsSolutions-ecs-canary-NagReport.csv"))
                .as("cdk-nag was at work")
                .content()
                .contains("Suppressed")
                .doesNotContain("Non-Compliant");
    }

    @Test
    void wrongContextIsToldAndNothingIsMade() {
        App app = app(Map.of("service", "internal-shop"));
        assertThatThrownBy(() -> InfraApp.synthesize(app))
                .isInstanceOf(SettingsException.class)
                .hasMessageStartingWith("context service: expected at most 26 letters");
        assertThat(app.getNode().getChildren()).noneMatch(CanaryStack.class::isInstance);
    }

    private static App app(Map<String, String> context) {
        App app = InfraApp.app();
        app.getNode().setContext(SettingsReader.DEPLOY_CONFIG, "src/test/resources/empty.config");
        context.forEach(app.getNode()::setContext);
        return app;
    }
}
