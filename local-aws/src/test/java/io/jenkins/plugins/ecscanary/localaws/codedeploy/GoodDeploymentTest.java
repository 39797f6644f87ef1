package io.jenkins.plugins.ecscanary.localaws.codedeploy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.codedeploy.model.DeploymentAlreadyCompletedException;
import software.amazon.awssdk.services.codedeploy.model.DeploymentInfo;
import software.amazon.awssdk.services.codedeploy.model.DeploymentIsNotInReadyStateException;
import software.amazon.awssdk.services.codedeploy.model.DeploymentLimitExceededException;
import software.amazon.awssdk.services.codedeploy.model.LifecycleEvent;

/** A deployment nothing goes wrong with, as published traces of real ones show it. */
class GoodDeploymentTest {

    private final CodeDeployFixture aws = new CodeDeployFixture();

    @AfterEach
    void stop() {
        aws.close();
    }

    @Test
    void creatingTheGroupMakesTheProductionListenerAWeightedForward() {
        aws.withGroup();
        assertThat(aws.elb.prod()).isEqualTo("a 100, b 0");
        assertThat(aws.elb.test()).isEqualTo("a 1, b 0");
    }

    @Test
    void linear() {
        aws.withGroup();
        Instant created = aws.wire.world.now();
        String id = aws.deploy(r -> r.description("version 2"));
        assertThat(id).matches("d-[A-Z0-9]{9}");
        assertThat(aws.get(id).statusAsString()).isEqualTo("Created");
        assertThat(aws.events(id)).isEqualTo("PPPPPPPP");

        aws.until(() -> aws.get(id).statusAsString().equals("InProgress"));
        aws.until(() -> aws.events(id).equals("SIPPPPPP"));
        assertThat(aws.taskSets(id)).containsExactly("Blue PRIMARY a 100.0 2/2", "Green ACTIVE b 0.0 0/2");

        List<Duration> gaps = new ArrayList<>();
        for (int share = 10; share <= 100; share += 10) {
            gaps.add(aws.untilProd("a " + (100 - share) + ", b " + share));
            assertThat(aws.elb.test()).isEqualTo("a 0, b 1");
            if (share == 30) {
                assertThat(aws.events(id)).isEqualTo("SSSSSSIP");
                assertThat(aws.taskSets(id)).containsExactly("Blue PRIMARY a 70.0 2/2", "Green ACTIVE b 30.0 2/2");
                assertThat(aws.get(id).deploymentOverview()).isNull();
                assertThat(aws.get(id).completeTime()).isNull();
            }
        }
        assertThat(gaps.subList(1, 10))
                .allSatisfy(gap -> assertThat(gap).isBetween(Duration.ofSeconds(60), Duration.ofMillis(62_600)))
                .doesNotContain(Duration.ofSeconds(60).minusMillis(1));
        assertThat(gaps.subList(1, 10).stream().distinct().count()).isGreaterThan(3);

        aws.until(() -> aws.events(id).equals("SSSSSSSS"));
        assertThat(aws.taskSets(id)).containsExactly("Blue ACTIVE a 0.0 2/2", "Green PRIMARY b 100.0 2/2");
        assertThat(aws.get(id).statusAsString()).isEqualTo("InProgress");
        Duration waited = aws.until(() -> aws.get(id).statusAsString().equals("Succeeded"));
        assertThat(waited)
                .isBetween(
                        Duration.ofMinutes(5).minusSeconds(1),
                        Duration.ofMinutes(5).plusSeconds(1));

        DeploymentInfo info = aws.get(id);
        assertThat(info.deploymentOverview().succeeded()).isEqualTo(1);
        assertThat(info.createTime()).isEqualTo(created);
        assertThat(info.startTime()).isBetween(created, created.plusSeconds(5));
        assertThat(info.completeTime()).isAfter(created.plusSeconds(14 * 60));
        assertThat(info.creatorAsString()).isEqualTo("user");
        assertThat(info.description()).isEqualTo("version 2");
        assertThat(info.instanceTerminationWaitTimeStarted()).isTrue();
        assertThat(info.errorInformation()).isNull();
        assertThat(info.rollbackInfo()).isNull();
        assertThat(aws.ecs.statuses()).containsExactly("ecs-svc/1 DRAINING", "ecs-svc/2 PRIMARY");
        assertThat(aws.target(id).lifecycleEvents())
                .extracting(LifecycleEvent::lifecycleEventName)
                .containsExactly(
                        "BeforeInstall",
                        "Install",
                        "AfterInstall",
                        "AllowTestTraffic",
                        "AfterAllowTestTraffic",
                        "BeforeAllowTraffic",
                        "AllowTraffic",
                        "AfterAllowTraffic");
    }

    @Test
    void canary() {
        aws.withGroup();
        aws.deploy(r -> r.deploymentConfigName("CodeDeployDefault.ECSCanary10Percent5Minutes"));
        aws.untilProd("a 90, b 10");
        assertThat(aws.untilProd("a 0, b 100")).isBetween(Duration.ofSeconds(300), Duration.ofMillis(302_600));
    }

    @Test
    void allAtOnce() {
        aws.withGroup();
        String id = aws.deploy(r -> r.deploymentConfigName("CodeDeployDefault.ECSAllAtOnce"));
        aws.until(() -> !aws.elb.prod().equals("a 100, b 0"));
        assertThat(aws.elb.prod()).isEqualTo("a 0, b 100");
        aws.until(() -> aws.get(id).statusAsString().equals("Succeeded"));
    }

    @Test
    void theNextOneSwapsTheTargetGroups() {
        aws.withGroup();
        String first = aws.deploy();
        aws.until(() -> aws.get(first).statusAsString().equals("Succeeded"));
        String second = aws.deploy(r -> r.revision(
                v -> v.revisionType("AppSpecContent").appSpecContent(c -> c.content(CodeDeployFixture.appSpec(3)))));
        aws.untilProd("a 10, b 90");
        assertThat(aws.taskSets(second)).containsExactly("Blue PRIMARY b 90.0 2/2", "Green ACTIVE a 10.0 2/2");
        aws.until(() -> aws.get(second).statusAsString().equals("Succeeded"));
        assertThat(aws.elb.prod()).isEqualTo("a 100, b 0");
        assertThat(aws.get(second).previousRevision().appSpecContent().content())
                .contains("web:2");
        assertThat(aws.client
                        .getDeploymentGroup(r -> r.applicationName("app").deploymentGroupName("group"))
                        .deploymentGroupInfo()
                        .lastSuccessfulDeployment()
                        .deploymentId())
                .isEqualTo(second);
    }

    @Test
    void oneActivePerGroupThroughTheTerminationWait() {
        aws.withGroup();
        String id = aws.deploy();
        for (String weights : List.of("a 100, b 0", "a 50, b 50", "a 0, b 100")) {
            aws.untilProd(weights);
            assertThatExceptionOfType(DeploymentLimitExceededException.class)
                    .isThrownBy(aws::deploy)
                    .satisfies(e -> assertThat(e.awsErrorDetails().errorMessage())
                            .isEqualTo("The Deployment Group 'group' already has an active Deployment '" + id + "'"));
        }
        aws.until(() -> aws.get(id).statusAsString().equals("Succeeded"));
        assertThat(aws.deploy()).isNotEqualTo(id);
    }

    @Test
    void continuingEndsTheTerminationWait() {
        aws.withGroup();
        String id = aws.deploy();
        aws.untilProd("a 90, b 10");
        assertThatExceptionOfType(DeploymentIsNotInReadyStateException.class)
                .isThrownBy(() ->
                        aws.client.continueDeployment(r -> r.deploymentId(id).deploymentWaitType("TERMINATION_WAIT")));
        assertThatExceptionOfType(DeploymentIsNotInReadyStateException.class)
                .isThrownBy(() ->
                        aws.client.continueDeployment(r -> r.deploymentId(id).deploymentWaitType("READY_WAIT")));
        aws.until(() -> aws.events(id).equals("SSSSSSSS"));
        aws.advance(Duration.ofSeconds(10));
        aws.client.continueDeployment(r -> r.deploymentId(id).deploymentWaitType("TERMINATION_WAIT"));
        assertThat(aws.until(() -> aws.get(id).statusAsString().equals("Succeeded")))
                .isLessThan(Duration.ofSeconds(5));
        assertThatExceptionOfType(DeploymentAlreadyCompletedException.class)
                .isThrownBy(() ->
                        aws.client.continueDeployment(r -> r.deploymentId(id).deploymentWaitType("TERMINATION_WAIT")));
    }

    @Test
    void keepAliveLeavesTheOriginalRunningUntilTheNext() {
        aws.withGroup(g -> g.blueGreenDeploymentConfiguration(
                b -> b.terminateBlueInstancesOnDeploymentSuccess(t -> t.action("KEEP_ALIVE"))
                        .deploymentReadyOption(o -> o.actionOnTimeout("CONTINUE_DEPLOYMENT"))));
        String id = aws.deploy();
        aws.until(() -> aws.get(id).statusAsString().equals("Succeeded"));
        assertThat(aws.ecs.statuses()).containsExactly("ecs-svc/1 ACTIVE", "ecs-svc/2 PRIMARY");
        String next = aws.deploy();
        aws.until(() -> aws.events(next).equals("SIPPPPPP"));
        assertThat(aws.ecs.statuses()).containsExactly("ecs-svc/1 DRAINING", "ecs-svc/2 PRIMARY", "ecs-svc/3 ACTIVE");
    }
}
