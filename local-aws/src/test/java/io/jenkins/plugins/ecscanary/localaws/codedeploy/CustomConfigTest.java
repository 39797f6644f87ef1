package io.jenkins.plugins.ecscanary.localaws.codedeploy;

import static io.jenkins.plugins.ecscanary.localaws.codedeploy.CodeDeployFixture.refused;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.services.codedeploy.model.DeploymentConfigInfo;
import software.amazon.awssdk.services.codedeploy.model.TrafficRoutingConfig;

/** Deployment configurations of the account's own. */
class CustomConfigTest {

    private final CodeDeployFixture aws = new CodeDeployFixture();

    @AfterEach
    void stop() {
        aws.close();
    }

    @Test
    void linearWithAPercentageThatDoesNotDivide100EndsWithTheRest() {
        aws.withGroup();
        linear("Linear30", 30, 2);
        aws.deploy(r -> r.deploymentConfigName("Linear30"));
        List<Duration> gaps = new ArrayList<>();
        for (String weights : List.of("a 70, b 30", "a 40, b 60", "a 10, b 90", "a 0, b 100")) {
            gaps.add(aws.untilProd(weights));
        }
        assertThat(gaps.subList(1, 4))
                .allSatisfy(gap -> assertThat(gap).isBetween(Duration.ofSeconds(120), Duration.ofMillis(122_600)));
    }

    @Test
    void canaryAndAllAtOnce() {
        aws.withGroup();
        canary("Canary25", 25, 7);
        String id = aws.deploy(r -> r.deploymentConfigName("Canary25"));
        aws.untilProd("a 75, b 25");
        assertThat(aws.untilProd("a 0, b 100")).isBetween(Duration.ofMinutes(7), Duration.ofMillis(422_600));
        assertThat(aws.get(id).deploymentConfigName()).isEqualTo("Canary25");
        aws.untilStatus(id, "Succeeded");

        create("AtOnce", TrafficRoutingConfig.builder().type("AllAtOnce").build());
        aws.deploy(r -> r.deploymentConfigName("AtOnce"));
        aws.untilProd("a 100, b 0");
    }

    @Test
    void readBackAndDeleted() {
        String id = linear("Mine", 20, 5);
        DeploymentConfigInfo info = aws.client
                .getDeploymentConfig(r -> r.deploymentConfigName("Mine"))
                .deploymentConfigInfo();
        assertThat(info.deploymentConfigId()).isEqualTo(id);
        assertThat(info.createTime()).isEqualTo(aws.wire.world.now());
        assertThat(info.computePlatformAsString()).isEqualTo("ECS");
        assertThat(info.trafficRoutingConfig().timeBasedLinear().linearPercentage())
                .isEqualTo(20);
        assertThat(info.trafficRoutingConfig().timeBasedLinear().linearInterval())
                .isEqualTo(5);
        assertThat(aws.client.listDeploymentConfigs().deploymentConfigsList())
                .hasSize(6)
                .contains("Mine", "CodeDeployDefault.ECSAllAtOnce");
        refused(() -> linear("Mine", 10, 1), "DeploymentConfigAlreadyExistsException");

        delete("Mine");
        refused(
                () -> aws.client.getDeploymentConfig(r -> r.deploymentConfigName("Mine")),
                "DeploymentConfigDoesNotExistException");
        delete("Mine");
    }

    @Test
    void whatIsInUseIsNotDeleted() {
        linear("OfTheGroup", 20, 1);
        linear("OfTheDeployment", 50, 1);
        aws.withGroup(g -> g.deploymentConfigName("OfTheGroup"));
        String id = aws.deploy(r -> r.deploymentConfigName("OfTheDeployment"));
        refused(() -> delete("OfTheGroup"), "DeploymentConfigInUseException");
        refused(() -> delete("OfTheDeployment"), "DeploymentConfigInUseException");
        aws.untilStatus(id, "Succeeded");
        delete("OfTheDeployment");
        refused(() -> delete("OfTheGroup"), "DeploymentConfigInUseException");
        refused(() -> delete("CodeDeployDefault.ECSAllAtOnce"), "InvalidOperationException");
        refused(() -> delete(""), "DeploymentConfigNameRequiredException");
    }

    @ParameterizedTest
    @CsvSource({"0, 1", "100, 1", "-1, 1", "10, 0", "10, 2881", "1, 30", ", 1", "10, "})
    void numbersOutOfBounds(Integer percentage, Integer minutes) {
        refused(() -> linear("Bad", percentage, minutes), "InvalidTrafficRoutingConfigurationException");
        assertThat(aws.client.listDeploymentConfigs().deploymentConfigsList()).hasSize(5);
    }

    @Test
    void theLargestNumbersThereAre() {
        linear("A", 99, 2880);
        canary("B", 1, 2880);
        linear("C", 1, 29);
    }

    @Test
    void whatAConfigurationCannotBe() {
        String bad = "InvalidTrafficRoutingConfigurationException";
        refused(() -> create("X", null), bad);
        refused(
                () -> create(
                        "X", TrafficRoutingConfig.builder().type("Sometimes").build()),
                bad);
        refused(
                () -> create(
                        "X",
                        TrafficRoutingConfig.builder().type("TimeBasedLinear").build()),
                bad);
        refused(
                () -> create(
                        "X",
                        TrafficRoutingConfig.builder()
                                .type("TimeBasedCanary")
                                .timeBasedLinear(l -> l.linearPercentage(1).linearInterval(1))
                                .build()),
                bad);
        refused(() -> linear("CodeDeployDefault.Mine", 10, 1), "InvalidDeploymentConfigNameException");
        refused(() -> linear("x".repeat(101), 10, 1), "InvalidDeploymentConfigNameException");
        refused(() -> linear("with space", 10, 1), "InvalidDeploymentConfigNameException");
        refused(() -> linear(null, 10, 1), "DeploymentConfigNameRequiredException");
        refused(
                () -> aws.client.createDeploymentConfig(
                        r -> r.deploymentConfigName("X").computePlatform("Mainframe")),
                "InvalidComputePlatformException");
        refused(
                () -> aws.client.createDeploymentConfig(
                        r -> r.deploymentConfigName("X").computePlatform("Lambda")),
                "NotImplementedByLocalAws");
        refused(
                () -> aws.client.createDeploymentConfig(r -> r.deploymentConfigName("X")
                        .computePlatform("ECS")
                        .minimumHealthyHosts(h -> h.type("HOST_COUNT").value(1))),
                "NotImplementedByLocalAws");
    }

    @Test
    void listsPageAndThereIsALimit() {
        for (int i = 0; i < 200; i++) {
            linear("own-" + i, 10, 1);
        }
        refused(() -> linear("one-too-many", 10, 1), "DeploymentConfigLimitExceededException");
        var first = aws.client.listDeploymentConfigs();
        assertThat(first.deploymentConfigsList()).hasSize(100);
        assertThat(aws.client.listDeploymentConfigsPaginator().deploymentConfigsList().stream()
                        .toList())
                .hasSize(205)
                .doesNotHaveDuplicates()
                .contains("own-199");
        refused(() -> aws.client.listDeploymentConfigs(r -> r.nextToken("x")), "InvalidNextTokenException");
    }

    private String linear(String name, Integer percentage, Integer minutes) {
        return create(
                name,
                TrafficRoutingConfig.builder()
                        .type("TimeBasedLinear")
                        .timeBasedLinear(l -> l.linearPercentage(percentage).linearInterval(minutes))
                        .build());
    }

    private String canary(String name, int percentage, int minutes) {
        return create(
                name,
                TrafficRoutingConfig.builder()
                        .type("TimeBasedCanary")
                        .timeBasedCanary(c -> c.canaryPercentage(percentage).canaryInterval(minutes))
                        .build());
    }

    private String create(String name, TrafficRoutingConfig routing) {
        return aws.client
                .createDeploymentConfig(
                        r -> r.deploymentConfigName(name).computePlatform("ECS").trafficRoutingConfig(routing))
                .deploymentConfigId();
    }

    private void delete(String name) {
        aws.client.deleteDeploymentConfig(r -> r.deploymentConfigName(name));
    }
}
