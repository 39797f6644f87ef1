package io.jenkins.plugins.ecscanary.engine.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.jenkins.plugins.ecscanary.engine.model.ScanRequirement;
import io.jenkins.plugins.ecscanary.engine.model.WaitFor;
import io.jenkins.plugins.ecscanary.engine.taskdef.TemplateValue;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DeployConfigTest {

    private static DeployConfig config(String text) {
        return DeployConfig.parse(Path.of("etc/deploy.config"), text);
    }

    private static List<String> problems(String text) {
        ConfigException e = catchThrowableOfType(ConfigException.class, () -> config(text));
        assertThat(e).as("reading should have failed").isNotNull();
        assertThat(e).hasMessage(String.join("\n", e.problems()));
        return e.problems();
    }

    @Test
    void everyKey() {
        DeployConfig config = config(
                """
                # where
                REGION=eu-central-1
                CLUSTER="shop"
                SERVICE='web'

                ENDPOINT_URL=http://127.0.0.1:4566
                CODEDEPLOY_APPLICATION=shop-app
                CODEDEPLOY_GROUP=web-group
                CODEDEPLOY_CONFIG=CodeDeployDefault.ECSAllAtOnce
                TASK_DEFINITION_TEMPLATE=taskdef.json.tpl
                CONTAINER=web
                IMAGE_REPOSITORY=123456789012.dkr.ecr.eu-central-1.amazonaws.com/shop/web
                SUCCESS_RATE_THRESHOLD=99.5
                SUCCESS_RATE_DATAPOINTS=2
                MIN_REQUESTS=0
                ALARMS=a, b
                MILESTONES=10,20, 50,100
                TIMEOUT_MINUTES=90
                TASKDEF_CPU=256
                TASKDEF_COMMAND="a = 'b' # $HOME `x`"
                WAIT_FOR=shifted
                APPSPEC=appspec.json
                BEFORE_TRAFFIC=["java", "-cp", "app.jar", "Migrate $HOME"]
                BEFORE_TRAFFIC_CONTAINER=web
                BEFORE_TRAFFIC_TIMEOUT_MINUTES=5
                REQUIRE_SCAN=7d
                """);
        assertThat(config.requireScan()).contains(new ScanRequirement(Duration.ofDays(7)));
        assertThat(config.beforeTraffic()).contains(List.of("java", "-cp", "app.jar", "Migrate $HOME"));
        assertThat(config.beforeTrafficContainer()).contains("web");
        assertThat(config.beforeTrafficTimeout()).contains(Duration.ofMinutes(5));
        assertThat(config.appSpec()).contains(Path.of("etc/appspec.json"));
        assertThat(config.waitFor()).contains(WaitFor.SHIFTED);
        assertThat(config.region()).contains("eu-central-1");
        assertThat(config.cluster()).contains("shop");
        assertThat(config.service()).contains("web");
        assertThat(config.endpoint()).contains(URI.create("http://127.0.0.1:4566"));
        assertThat(config.codeDeployApplication()).contains("shop-app");
        assertThat(config.codeDeployGroup()).contains("web-group");
        assertThat(config.codeDeployConfig()).contains("CodeDeployDefault.ECSAllAtOnce");
        assertThat(config.taskDefinitionTemplate()).contains(Path.of("etc/taskdef.json.tpl"));
        assertThat(config.container()).contains("web");
        assertThat(config.imageRepository()).contains("123456789012.dkr.ecr.eu-central-1.amazonaws.com/shop/web");
        assertThat(config.successRateThreshold()).contains(99.5);
        assertThat(config.successRateDatapoints()).contains(2);
        assertThat(config.minRequests()).contains(0);
        assertThat(config.alarms()).contains(List.of("a", "b"));
        assertThat(config.milestones()).contains(List.of(10, 20, 50, 100));
        assertThat(config.timeout()).contains(Duration.ofMinutes(90));
        assertThat(config.templateValues())
                .isEqualTo(Map.of(
                        "CPU", new TemplateValue("256", "etc/deploy.config:19"),
                        "COMMAND", new TemplateValue("a = 'b' # $HOME `x`", "etc/deploy.config:20")));
        assertThat(config.where(ConfigKey.CLUSTER)).isEqualTo("etc/deploy.config:3");
    }

    @Test
    void aScanIsRequiredOrNot() {
        assertThat(config("REQUIRE_SCAN=true\n").requireScan()).contains(ScanRequirement.OF_ANY_AGE);
        assertThat(config("REQUIRE_SCAN=false\n").requireScan()).isEmpty();
        assertThat(config("").requireScan()).isEmpty();
    }

    @Test
    void whatIsNotThereIsEmpty() {
        DeployConfig config = config("\uFEFF# nothing\r\n\r\n  \r\n");
        assertThat(config.region()).isEmpty();
        assertThat(config.alarms()).isEmpty();
        assertThat(config.taskDefinitionTemplate()).isEmpty();
        assertThat(config.templateValues()).isEmpty();
        assertThat(config.where(ConfigKey.CLUSTER)).isEqualTo("etc/deploy.config");
    }

    @Test
    void windowsLineEndsAndEmptyTemplateValues() {
        DeployConfig config = config("\uFEFFREGION=eu-central-1\r\nTASKDEF_X=\"\"\r\n");
        assertThat(config.region()).contains("eu-central-1");
        assertThat(config.templateValues().get("X").text()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "REGOIN=x | REGOIN is no key; did you mean REGION?",
                "TASKDEF_=x | TASKDEF_ is no key",
                "region=x | expected KEY=VALUE",
                "REGION = x | expected KEY=VALUE",
                "export REGION=x | expected KEY=VALUE",
                "REGION | expected KEY=VALUE",
                "REGION= x | there is a blank after REGION=",
                "REGION= | REGION has no value",
                "REGION=\"x | the quotes of REGION do not match",
                "REGION=\"x\" y | the quotes of REGION do not match",
                "REGION=\"\" | expected a name without blanks around it, got \"\"",
                "CLUSTER=shop # the shop | a comment has a line of its own",
                "ENDPOINT_URL=127.0.0.1:4566 | expected a URL such as http://127.0.0.1:4566",
                "ENDPOINT_URL=ftp://x | expected a URL",
                "SUCCESS_RATE_THRESHOLD=0 | expected a percentage above 0 and not above 100",
                "SUCCESS_RATE_THRESHOLD=NaN | expected a percentage",
                "SUCCESS_RATE_THRESHOLD=99,5 | expected a percentage",
                "SUCCESS_RATE_DATAPOINTS=0 | expected a whole number from 1 on, got \"0\"",
                "MIN_REQUESTS=-1 | expected a whole number from 0 on, got \"-1\"",
                "MIN_REQUESTS=1.5 | expected a whole number from 0 on",
                "TIMEOUT_MINUTES=99999 | expected whole minutes from 1 to 10080",
                "REQUIRE_SCAN=1w | expected true, false, or the greatest age of a scan such as 12h or 7d, got \"1w\"",
                "KEEP_REVISIONS=1 | expected a whole number from 2 on, got \"1\"",
                "ALARMS=a,,b | expected different names",
                "ALARMS=a,a | expected different names",
                "MILESTONES=10,10 | expected weights that rise",
                "MILESTONES=10,101 | expected weights that rise",
                "MILESTONES=ten | expected weights that rise",
                "BEFORE_TRAFFIC=java Migrate | expected a JSON list of texts",
                "BEFORE_TRAFFIC=[] | expected a JSON list of texts",
                "BEFORE_TRAFFIC=[1] | expected a JSON list of texts",
                "WAIT_FOR=SHIFTED | expected completed or shifted"
            })
    void wrongLinesAreNamed(String line, String problem) {
        assertThat(problems("# one\n" + line))
                .singleElement()
                .asString()
                .startsWith("etc/deploy.config:2: ")
                .contains(problem);
    }

    @Test
    void aKeyTwice() {
        assertThat(problems("REGION=a\nREGION=b"))
                .containsExactly("etc/deploy.config:2: REGION is set already in line 1; remove one of the two");
    }

    @Test
    void allProblemsAreToldAtOnce() {
        assertThat(problems("REGOIN=a\nCLUSTER\nMIN_REQUESTS=x")).hasSize(3);
    }

    @Test
    void readsFiles(@TempDir Path directory) throws IOException {
        Path file = directory.resolve("deploy.config");
        assertThat(catchThrowableOfType(ConfigException.class, () -> DeployConfig.read(file)))
                .hasMessageContaining("there is no such file");
        Files.writeString(file, "TASK_DEFINITION_TEMPLATE=t/web.json");
        assertThat(DeployConfig.read(file).taskDefinitionTemplate()).contains(directory.resolve("t/web.json"));
        Files.write(file, new byte[] {(byte) 0xE4});
        assertThat(catchThrowableOfType(ConfigException.class, () -> DeployConfig.read(file)))
                .hasMessageContaining("is not UTF-8 text");
    }
}
