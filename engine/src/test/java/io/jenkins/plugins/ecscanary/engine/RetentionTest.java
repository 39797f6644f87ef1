package io.jenkins.plugins.ecscanary.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.ecscanary.engine.aws.Aws.ServiceSeen;
import io.jenkins.plugins.ecscanary.engine.aws.Aws.TaskSetSeen;
import io.jenkins.plugins.ecscanary.engine.aws.AwsFailure;
import io.jenkins.plugins.ecscanary.engine.aws.FakeAws;
import io.jenkins.plugins.ecscanary.engine.driver.CodeDeployDriver;
import io.jenkins.plugins.ecscanary.engine.model.Criterion;
import io.jenkins.plugins.ecscanary.engine.model.DeploymentOptions;
import io.jenkins.plugins.ecscanary.engine.model.DeploymentRequest;
import io.jenkins.plugins.ecscanary.engine.model.Outcome;
import io.jenkins.plugins.ecscanary.engine.model.Revision;
import io.jenkins.plugins.ecscanary.engine.model.Verdict;
import io.jenkins.plugins.ecscanary.engine.record.RecordStore;
import io.jenkins.plugins.ecscanary.engine.time.ManualTime;
import io.jenkins.plugins.ecscanary.engine.timeline.DeploymentEvent;
import io.jenkins.plugins.ecscanary.engine.timeline.TimelineFile;
import io.jenkins.plugins.ecscanary.engine.timeline.Timelines;
import io.jenkins.plugins.ecscanary.engine.view.DeploymentView;
import io.jenkins.plugins.ecscanary.engine.view.ViewFold;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Which revisions go after a promotion, and which never do. {@code web:11} serves at first, the new one is {@code web:12}. */
class RetentionTest {

    private static final String ID = "d-000000001";

    @TempDir
    Path state;

    private final ManualTime time = new ManualTime();
    private final FakeAws aws = FakeAws.shop();
    private RecordStore records;

    @BeforeEach
    void revisions() {
        records = new RecordStore(state);
        for (int i = 1; i <= 10; i++) {
            aws.tagged("web", i, CodeDeployDriver.TAG, "token-" + i);
        }
    }

    @Test
    void whatIsBeyondTheNewestGoesAndTheIntentIsNotedBefore() {
        Running running = deploy(4);
        aws.before("deregisterTaskDefinition", () -> {
            assertThat(running.view().ended()).isFalse();
            assertThat(log(running.view()))
                    .contains("DeregisterTaskDefinition: web:8, web:7, web:6, web:5, web:4, web:3, web:2, web:1");
        });
        promote(running);
        assertThat(aws.deregistered())
                .containsExactly("web:8", "web:7", "web:6", "web:5", "web:4", "web:3", "web:2", "web:1");
        assertThat(running.view().verdict().outcome()).isEqualTo(Outcome.PROMOTED);
        assertThat(records.find(ID).orElseThrow().verdict().outcome()).isEqualTo(Outcome.PROMOTED);
    }

    @Test
    void withoutTheOptionNothingGoes() {
        promote(deploy(null));
        assertThat(aws.deregistered()).isEmpty();
        assertThat(aws.count("activeRevisions")).isZero();
    }

    @Test
    void whatAnyServiceOfTheClusterRunsStays() {
        aws.put(FakeAws.CLUSTER, service("batch", 3, 5));
        promote(deploy(2));
        assertThat(aws.deregistered())
                .doesNotContain("web:3", "web:5", "web:11", "web:12")
                .contains("web:4", "web:10");
    }

    @Test
    void whatARecordNamesStays() {
        recorded("r1", 7, 6);
        Running running = deploy(2);
        promote(running);
        assertThat(aws.deregistered()).doesNotContain("web:6", "web:7").contains("web:5", "web:8");
    }

    @Test
    void whatOnlyARecordNamedWhoseFolderWasDeletedGoes() throws Exception {
        recorded("r1", 7, 6);
        recorded("r2", 5, 4);
        Path folder = records.timelineFile("r1").getParent();
        Files.move(folder, state.resolve("moved-away"));
        promote(deploy(2));
        assertThat(aws.deregistered()).doesNotContain("web:4", "web:5").contains("web:6", "web:7");
        assertThat(folder).doesNotExist();
    }

    /** A record that was rolled back. */
    private void recorded(String id, int shipped, int original) {
        List<DeploymentEvent> events = List.of(
                Timelines.planned(id, Timelines.START),
                new DeploymentEvent.RevisionRegistered(Timelines.at(1), revision(shipped)),
                new DeploymentEvent.SidesKnown(
                        Timelines.at(2),
                        FakeAws.LISTENER,
                        FakeAws.LOAD_BALANCER,
                        FakeAws.GROUP_A,
                        revision(original),
                        FakeAws.GROUP_B,
                        List.of()),
                new DeploymentEvent.Ended(
                        Timelines.at(3), new Verdict(Outcome.ROLLED_BACK, "alarm", Timelines.at(3), false, 100, 0)));
        try (TimelineFile file = records.create(Timelines.SERVICE, id)) {
            events.forEach(file::append);
            records.index(RecordStore.summary(ViewFold.fold(file.entries())));
        }
    }

    @Test
    void whatOthersRegisteredStays() {
        FakeAws mixed = aws.tagged("web", 20).tagged("webshop", 1, CodeDeployDriver.TAG, "t");
        promote(deploy(5));
        assertThat(mixed.deregistered()).doesNotContain("web:20", "webshop:1").contains("web:1");
    }

    @Test
    void aFailureIsAWarningAndChangesNoVerdict() {
        aws.failNext("deregisterTaskDefinition", FakeAws.failure(AwsFailure.Kind.THROTTLED, "ThrottlingException"));
        Running running = deploy(4);
        promote(running);
        assertThat(running.view().verdict().outcome()).isEqualTo(Outcome.PROMOTED);
        assertThat(running.view().warnings()).singleElement().satisfies(warning -> assertThat(warning.text())
                .startsWith("old revisions stay registered"));
        assertThat(aws.count("deregisterTaskDefinition")).isEqualTo(1);
    }

    @Test
    void missingRightsAreOnlyWarnedAbout() {
        aws.failAlways("activeRevisions", FakeAws.failure(AwsFailure.Kind.DENIED, "AccessDeniedException"));
        Running running = deploy(4);
        promote(running);
        assertThat(running.view().verdict().outcome()).isEqualTo(Outcome.PROMOTED);
        assertThat(running.view().warnings()).hasSize(1);
    }

    @Test
    void aRolledBackDeploymentTidiesNothing() {
        Running running = deploy(2);
        running.rollBack("ann", null);
        aws.status(ID, "Stopped", "MANUAL_STOP", "stopped");
        time.advance(Duration.ofMinutes(5));
        assertThat(running.view().verdict().outcome()).isEqualTo(Outcome.ROLLED_BACK);
        assertThat(aws.deregistered()).isEmpty();
    }

    @Test
    void notMoreThanHalfOfWhatEcsLetsThroughAtOnce() {
        for (int i = 101; i <= 130; i++) {
            aws.tagged("web", i, CodeDeployDriver.TAG, "token-" + i);
        }
        Running running = deploy(2);
        promote(running);
        assertThat(aws.deregistered()).hasSize(10).startsWith("web:129");
        assertThat(log(running.view())).anyMatch(line -> line.endsWith("29 more at the next promotion"));
    }

    @Test
    void whoTakesOverAfterALeaveTidiesTheSame() {
        Running first = deploy(4);
        aws.before("activeRevisions", first::leave);
        promote(first);
        assertThat(aws.deregistered()).isEmpty();
        assertThat(records.find(ID).orElseThrow().verdict()).isNull();
        aws.before("activeRevisions", () -> {});
        Running second = engine().watch(first.view().id());
        time.advance(Duration.ofMinutes(1));
        assertThat(second.view().verdict().outcome()).isEqualTo(Outcome.PROMOTED);
        assertThat(aws.deregistered()).contains("web:1");
    }

    private Running deploy(Integer keep) {
        String image = FakeAws.REPOSITORY + ":1.5.0";
        return engine().deploy(new DeploymentRequest(
                FakeAws.CLUSTER,
                FakeAws.SERVICE,
                new DeploymentRequest.Rendered(
                        "{\"family\":\"web\",\"containerDefinitions\":[{\"name\":\"web\",\"image\":\"" + image
                                + "\",\"portMappings\":[{\"containerPort\":3000}]}]}",
                        image,
                        "web"),
                FakeAws.GROUP,
                null,
                new Criterion(99.5, 2, 0, Duration.ofSeconds(60)),
                List.of(),
                List.of(),
                Duration.ofMinutes(60),
                "ann",
                "deploy",
                null,
                DeploymentOptions.DEFAULT.withKeepRevisions(keep)));
    }

    private CanaryEngine engine() {
        return new CanaryEngine(
                aws,
                new CodeDeployDriver(aws, FakeAws.REGION, true, time::now),
                FakeAws.REGION,
                records,
                time,
                new DirectExecutor());
    }

    private void promote(Running running) {
        time.advance(Duration.ofSeconds(140));
        aws.weights(FakeAws.LISTENER, 0, 100).health(FakeAws.GROUP_B, "healthy", "healthy");
        time.advance(Duration.ofSeconds(30));
        aws.now(time.now()).status(ID, "Succeeded", null, null);
        time.advance(Duration.ofMinutes(5));
        assertThat(running.view().deploymentId()).isEqualTo(ID);
    }

    private static ServiceSeen service(String name, int serving, int other) {
        return new ServiceSeen(
                "arn:" + name,
                name,
                "ACTIVE",
                "CODE_DEPLOY",
                1,
                FakeAws.taskDefinitionArn("web", serving),
                List.of(),
                List.of(new TaskSetSeen(
                        "t", null, "PRIMARY", FakeAws.taskDefinitionArn("web", other), 1, 1, 0, FakeAws.GROUP_A)));
    }

    private static Revision revision(int number) {
        return new Revision(FakeAws.taskDefinitionArn("web", number), "web", null, null);
    }

    private static List<String> log(DeploymentView view) {
        return view.log().stream().map(DeploymentView.LogLine::text).toList();
    }
}
