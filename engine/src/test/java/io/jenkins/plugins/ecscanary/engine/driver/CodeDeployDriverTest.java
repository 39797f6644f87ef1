package io.jenkins.plugins.ecscanary.engine.driver;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.entry;

import io.jenkins.plugins.ecscanary.engine.aws.AwsCodeDeploy;
import io.jenkins.plugins.ecscanary.engine.aws.AwsCodeDeploy.NewDeployment;
import io.jenkins.plugins.ecscanary.engine.aws.AwsFailure;
import io.jenkins.plugins.ecscanary.engine.aws.FakeAws;
import io.jenkins.plugins.ecscanary.engine.driver.Driver.Begun;
import io.jenkins.plugins.ecscanary.engine.model.Criterion;
import io.jenkins.plugins.ecscanary.engine.model.DeploymentOptions;
import io.jenkins.plugins.ecscanary.engine.model.DeploymentRequest;
import io.jenkins.plugins.ecscanary.engine.preflight.Ready;
import io.jenkins.plugins.ecscanary.engine.scan.KnownScans;
import io.jenkins.plugins.ecscanary.engine.timeline.DeploymentEvent;
import io.jenkins.plugins.ecscanary.engine.timeline.Timelines;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class CodeDeployDriverTest {

    private DeploymentOptions options = DeploymentOptions.DEFAULT;

    private static final String IMAGE = FakeAws.REPOSITORY + ":1.5.0";

    private static final String TOKEN = "20261123T183000Z-4f2a9c";

    private final FakeAws aws = FakeAws.shop();
    private final CodeDeployDriver driver = new CodeDeployDriver(aws, FakeAws.REGION, true, () -> Timelines.START);
    private final List<DeploymentEvent> journal = new ArrayList<>();

    @Test
    void theImageGoesInWithItsDigestAndTheTokenIntoTheDescription() {
        Begun begun = start("ann\nfrom accounting");
        NewDeployment created = aws.created().get(begun.deploymentId());
        assertThat(created.description()).isEqualTo("ecs-canary " + TOKEN + " by ann from accounting");
        assertThat(created.alarms()).containsExactly("web-b-success-rate");
        assertThat(aws.registered().get(created.taskDefinitionArn()))
                .contains(FakeAws.REPOSITORY + "@" + FakeAws.NEW_DIGEST);
        assertThat(driver.find(FakeAws.GROUP, TOKEN, Timelines.START.minusSeconds(60)))
                .get()
                .extracting(seen -> seen.id())
                .isEqualTo(begun.deploymentId());
        assertThat(driver.find(FakeAws.GROUP, TOKEN + "x", Timelines.START.minusSeconds(60)))
                .isEmpty();
    }

    @Test
    void everyChangeIsIntendedBeforeItIsMade() {
        aws.before("registerTaskDefinition", () -> assertThat(actions()).containsExactly("RegisterTaskDefinition"));
        aws.before("createDeployment", () -> assertThat(actions())
                .containsExactly("RegisterTaskDefinition", "CreateDeployment"));
        start("ann");
        assertThat(journal).hasSize(3);
    }

    @Test
    void alarmsAreCreatedFirstOfAllEachWithItsIntent() {
        options = DeploymentOptions.DEFAULT.withCreateAlarms(true);
        withoutAlarms();
        List<String> before = new ArrayList<>();
        aws.before("createAlarm", () -> before.add(String.join(" ", actions())));
        Begun begun = start("ann");
        assertThat(before).containsExactly("PutMetricAlarm", "PutMetricAlarm PutMetricAlarm");
        assertThat(actions())
                .containsExactly("PutMetricAlarm", "PutMetricAlarm", "RegisterTaskDefinition", "CreateDeployment");
        assertThat(aws.createdAlarms()).containsOnlyKeys("web-web-a-success-rate", "web-web-b-success-rate");
        assertThat(aws.created().get(begun.deploymentId()).alarms()).containsExactly("web-web-b-success-rate");
    }

    @Test
    void withoutTheRightToCreateThemNothingIsDeployed() {
        options = DeploymentOptions.DEFAULT.withCreateAlarms(true);
        withoutAlarms();
        aws.failAlways("createAlarm", denied("cloudwatch:PutMetricAlarm"));
        assertThatThrownBy(() -> start("ann"))
                .hasMessageContaining("nothing is deployed")
                .hasMessageContaining("cloudwatch:PutMetricAlarm")
                .matches(e -> !((AwsFailure) e).mayHaveHappened());
        assertThat(aws.registered()).isEmpty();
        assertThat(aws.created()).isEmpty();
    }

    private void withoutAlarms() {
        aws.group(g -> new AwsCodeDeploy.GroupSeen(
                g.computePlatform(),
                g.cluster(),
                g.service(),
                g.config(),
                g.targetGroups(),
                g.prodListenerArn(),
                g.testListenerArn(),
                g.autoRollback(),
                List.of(),
                g.terminationWait(),
                g.readyWait()));
    }

    @Test
    void behindASidecarTheTrafficGoesToItAndTheImageIntoItsOwnContainers() {
        Begun begun = start(
                "ann",
                "{\"name\":\"web\",\"image\":\"envoy:1\",\"portMappings\":[{\"containerPort\":3000}]},"
                        + "{\"name\":\"app\",\"image\":\"" + IMAGE + "\"},{\"name\":\"worker\",\"image\":\"" + IMAGE
                        + "\"}",
                "app");
        NewDeployment created = aws.created().get(begun.deploymentId());
        assertThat(created.containerName()).isEqualTo("web");
        assertThat(aws.registered().get(created.taskDefinitionArn()))
                .contains("envoy:1")
                .doesNotContain(IMAGE)
                .containsPattern("\"app\",\"image\":\"[^\"]*@" + FakeAws.NEW_DIGEST)
                .containsPattern("\"worker\",\"image\":\"[^\"]*@" + FakeAws.NEW_DIGEST);
        assertThat(journal)
                .filteredOn(DeploymentEvent.RevisionRegistered.class::isInstance)
                .extracting(event ->
                        ((DeploymentEvent.RevisionRegistered) event).revision().container())
                .containsExactly("app");
    }

    @Test
    void aLongNameIsCutToWhatAwsAllows() {
        Begun begun = start("x".repeat(400));
        assertThat(aws.created().get(begun.deploymentId()).description()).hasSize(256);
    }

    @Test
    void withoutTheRightToOverrideAlarmsTheGroupsOwnStandAndThatIsSaid() {
        aws.failNext("createDeployment", denied("codedeploy:UpdateDeploymentGroup"));
        Begun begun = start("ann");
        assertThat(aws.created().get(begun.deploymentId()).alarms()).isNull();
        assertThat(journal).filteredOn(DeploymentEvent.Warned.class::isInstance).hasSize(1);
        assertThat(journal)
                .filteredOn(DeploymentEvent.SidesKnown.class::isInstance)
                .singleElement()
                .extracting(event -> ((DeploymentEvent.SidesKnown) event).watchedAlarms())
                .isEqualTo(List.of("web-a-success-rate", "web-b-success-rate"));
    }

    @Test
    void withoutThatRightARedAlarmOfTheGroupRefuses() {
        aws.alarm("web-a-success-rate", "ALARM")
                .failNext("createDeployment", denied("codedeploy:UpdateDeploymentGroup"));
        assertThatThrownBy(() -> start("ann")).hasMessageContaining("[web-a-success-rate] are red");
        assertThat(aws.created()).isEmpty();
    }

    @Test
    void whatIsRegisteredIsTaggedAsOurs() {
        Begun begun = start("ann");
        String arn = aws.created().get(begun.deploymentId()).taskDefinitionArn();
        assertThat(aws.taskDefinitionTags(arn)).containsExactly(entry(CodeDeployDriver.TAG, TOKEN));
    }

    @Test
    void withoutTheRightToTagTheRevisionIsRegisteredWithoutATag() {
        aws.failNext("registerTaskDefinition", denied("ecs:TagResource"));
        Begun begun = start("ann");
        assertThat(aws.taskDefinitionTags(
                        aws.created().get(begun.deploymentId()).taskDefinitionArn()))
                .isEmpty();
        aws.failAlways("registerTaskDefinition", denied("ecs:RegisterTaskDefinition"));
        long before = aws.count("registerTaskDefinition");
        aws.status(begun.deploymentId(), "Succeeded", null, null);
        assertThatThrownBy(() -> start("ann")).isInstanceOf(AwsFailure.class);
        assertThat(aws.count("registerTaskDefinition")).isEqualTo(before + 1);
    }

    @Test
    void anotherDenialIsNotTriedAgain() {
        aws.failAlways("createDeployment", denied("codedeploy:CreateDeployment"));
        assertThatThrownBy(() -> start("ann")).isInstanceOf(AwsFailure.class);
        assertThat(aws.count("createDeployment")).isEqualTo(1);
    }

    @Test
    void whoWasFasterIsNamed() {
        aws.before("createDeployment", () -> {
            if (aws.created().isEmpty()) {
                aws.deployment("d-FASTER001", "InProgress", "ecs-canary other by ben");
            }
        });
        assertThatThrownBy(() -> start("ann"))
                .hasMessageContaining("d-FASTER001")
                .hasMessageContaining("by ben since 2026-11-23T18:30:00Z");
    }

    @Test
    void linksGoToTheRegionsPartition() {
        assertThat(driver.consoleUrl("d-A1B2C3D4E"))
                .isEqualTo("https://eu-central-1.console.aws.amazon.com/codesuite/codedeploy/deployments/d-A1B2C3D4E"
                        + "?region=eu-central-1");
    }

    private List<String> actions() {
        return journal.stream()
                .filter(DeploymentEvent.Intending.class::isInstance)
                .map(event -> ((DeploymentEvent.Intending) event).action())
                .toList();
    }

    private static AwsFailure denied(String action) {
        return new AwsFailure(
                AwsFailure.Kind.DENIED,
                "not authorized to perform: " + action,
                "AccessDeniedException",
                "r",
                false,
                null);
    }

    private Begun start(String who) {
        return start(
                who,
                "{\"name\":\"web\",\"image\":\"" + IMAGE + "\",\"portMappings\":[{\"containerPort\":3000}]}",
                "web");
    }

    private Begun start(String who, String containers, String container) {
        DeploymentRequest request = new DeploymentRequest(
                FakeAws.CLUSTER,
                FakeAws.SERVICE,
                new DeploymentRequest.Rendered(
                        "{\"family\":\"web\",\"containerDefinitions\":[" + containers + "]}", IMAGE, container),
                FakeAws.GROUP,
                null,
                Criterion.REFERENCE,
                List.of(),
                List.of(),
                Duration.ofMinutes(60),
                who,
                "deploy",
                null,
                options);
        Ready ready = driver.preflight(request, aws.identity(), KnownScans.NONE)
                .ready()
                .orElseThrow();
        return driver.start(
                request,
                ready,
                driver.register(request, ready, TOKEN, journal::add),
                TOKEN,
                Timelines.START.minusSeconds(60),
                journal::add);
    }
}
