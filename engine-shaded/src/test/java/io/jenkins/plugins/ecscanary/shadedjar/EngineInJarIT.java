package io.jenkins.plugins.ecscanary.shadedjar;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.ecscanary.engine.CanaryEngine;
import io.jenkins.plugins.ecscanary.engine.Comparison;
import io.jenkins.plugins.ecscanary.engine.Running;
import io.jenkins.plugins.ecscanary.engine.aws.Aws;
import io.jenkins.plugins.ecscanary.engine.aws.AwsAccess;
import io.jenkins.plugins.ecscanary.engine.aws.AwsFailure;
import io.jenkins.plugins.ecscanary.engine.aws.AwsKeys;
import io.jenkins.plugins.ecscanary.engine.aws.RoleToAssume;
import io.jenkins.plugins.ecscanary.engine.aws.SdkAws;
import io.jenkins.plugins.ecscanary.engine.aws.SuccessRateAlarm;
import io.jenkins.plugins.ecscanary.engine.model.Check;
import io.jenkins.plugins.ecscanary.engine.model.Check.CheckOutcome;
import io.jenkins.plugins.ecscanary.engine.model.CodeDeployGroup;
import io.jenkins.plugins.ecscanary.engine.model.Criterion;
import io.jenkins.plugins.ecscanary.engine.model.DeploymentOptions;
import io.jenkins.plugins.ecscanary.engine.model.DeploymentRequest;
import io.jenkins.plugins.ecscanary.engine.model.OneOffTask;
import io.jenkins.plugins.ecscanary.engine.model.Outcome;
import io.jenkins.plugins.ecscanary.engine.model.Verdict;
import io.jenkins.plugins.ecscanary.engine.model.Wait;
import io.jenkins.plugins.ecscanary.engine.record.RecordStore;
import io.jenkins.plugins.ecscanary.engine.rollout.Waiting;
import io.jenkins.plugins.ecscanary.engine.scan.KnownScans;
import io.jenkins.plugins.ecscanary.engine.time.WallTime;
import io.jenkins.plugins.ecscanary.engine.timeline.DeploymentEvent;
import io.jenkins.plugins.ecscanary.engine.timeline.DeploymentEvent.TaskLogged;
import io.jenkins.plugins.ecscanary.engine.timeline.DeploymentEvent.TaskRunEnded;
import io.jenkins.plugins.ecscanary.engine.timeline.TimelineEntry;
import io.jenkins.plugins.ecscanary.engine.view.ViewFold;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The engine out of the jar, as an assumed role, against an AWS in another process: every call that it makes. */
@Timeout(120)
class EngineInJarIT {

    private static AwsProcess process;
    private static RecordStore records;
    private static CanaryEngine engine;
    private static Aws aws;

    @BeforeAll
    static void start(@TempDir Path directory) throws Exception {
        process = AwsProcess.start(directory);
        records = new RecordStore(directory.resolve("records"));
        engine = CanaryEngine.open(access("secret-key"), records, new WallTime(AwsProcess.SPEED));
        aws = SdkAws.open(access("secret-key"));
    }

    @AfterAll
    static void stop() throws Exception {
        aws.close();
        engine.close();
        process.close();
    }

    private static AwsAccess access(String secret) {
        AwsKeys keys = new AwsKeys(process.get("key-id"), process.get(secret), null);
        RoleToAssume role = new RoleToAssume(
                "arn:aws:iam::" + process.get("account") + ":role/deployer", null, "engine-in-jar", null);
        return new AwsAccess(process.get("region"), URI.create(process.get("endpoint")), () -> keys, Optional.of(role));
    }

    @Test
    void itVerifiesComparesAndTellsTheStatus() {
        DeploymentRequest request = request("CRASHING", "db", DeploymentOptions.DEFAULT);
        assertThat(engine.verify(request, KnownScans.NONE))
                .isNotEmpty()
                .extracting(Check::outcome)
                .doesNotContain(CheckOutcome.REFUSED);
        assertThat(engine.compare(request, Comparison.SERVING).changes()).isNotEmpty();
        assertThat(engine.status(process.get("cluster"), process.get("service"), group()))
                .satisfies(status -> {
                    assertThat(status.state()).isEqualTo("ACTIVE");
                    assertThat(status.targetGroups()).hasSize(2);
                });
    }

    /** And whoever reads its record afterwards reads the same. */
    @Test
    void aGoodRevisionIsPromotedAfterATaskOfIt() throws Exception {
        OneOffTask migrate = new OneOffTask(null, List.of("migrate"), Duration.ofMinutes(10));
        DeploymentOptions options = DeploymentOptions.DEFAULT
                .withBeforeTraffic(migrate)
                .withTaskLogs(true)
                .withCreateAlarms(true)
                .withKeepRevisions(2);
        Running run = engine.deploy(request("FAILING", "0", options));
        AtomicBoolean promoted = new AtomicBoolean();
        run.listen(entry -> {
            if (Waiting.of(run.view()).filter(Wait.TERMINATION::equals).isPresent()
                    && promoted.compareAndSet(false, true)) {
                run.promote(Wait.TERMINATION, "ben", "looks good");
            }
        });
        Verdict verdict = verdict(run);
        assertThat(verdict.outcome()).as(verdict.cause()).isEqualTo(Outcome.PROMOTED);
        assertThat(verdict.replacementWeight()).isEqualTo(100);
        assertThat(event(run, TaskRunEnded.class).lines()).containsExactly("3 migrations applied");
        assertThat(engine.present(run.view().id())).isPresent();
        assertThat(ViewFold.fold(records.timeline(run.view().id())).verdict().cause())
                .isEqualTo(verdict.cause());
    }

    @Test
    void aBadRevisionIsRolledBackByItsAlarm() throws Exception {
        Running run = engine.deploy(request("FAILING", "60", DeploymentOptions.DEFAULT));
        Verdict verdict = verdict(run);
        assertThat(verdict.outcome()).as(verdict.cause()).isEqualTo(Outcome.ROLLED_BACK);
        assertThat(verdict.cause()).contains("success-rate");
        assertThat(verdict.originalWeight()).isEqualTo(100);
    }

    @Test
    void whatACrashingTaskLoggedIsRecorded() throws Exception {
        Running run = engine.deploy(request("CRASHING", "db.example", DeploymentOptions.DEFAULT.withTaskLogs(true)));
        on(run, TaskLogged.class, logged -> run.rollBack("ben", "it crashes"));
        Verdict verdict = verdict(run);
        assertThat(verdict.outcome()).as(verdict.cause()).isEqualTo(Outcome.ROLLED_BACK);
        assertThat(event(run, TaskLogged.class).lines()).contains("no database at db.example");
    }

    @Test
    void alarmsAreCreatedAndRevisionsDeregistered() {
        SuccessRateAlarm alarm =
                SuccessRateAlarm.of("other", "blue", process.get("target-group"), loadBalancer(), Criterion.REFERENCE);
        aws.createAlarm(alarm);
        assertThat(aws.alarmDifferences(alarm)).hasValue(List.of());
        assertThat(aws.alarms(List.of(alarm.name()))).hasSize(1);

        String family = "in-jar";
        String json =
                taskDefinition("FAILING", "1").replace("\"family\": \"shaded\"", "\"family\": \"" + family + "\"");
        String revision = aws.registerTaskDefinition(json).arn();
        assertThat(aws.activeRevisions(family)).containsExactly(revision);
        aws.deregisterTaskDefinition(revision);
        assertThat(aws.activeRevisions(family)).isEmpty();
    }

    @Test
    void whatAwsDoesNotKnowIsEmpty() {
        assertThat(aws.taskDefinition("none:1")).isEmpty();
        assertThat(aws.imageDigest(process.get("image") + "0")).isEmpty();
        assertThat(aws.deploymentConfig("none")).isEmpty();
        assertThat(aws.listDeployments(new CodeDeployGroup("none", "none", null), Instant.EPOCH, 25))
                .isEmpty();
        assertThat(aws.logTail("none", "none", 10)).isEmpty();
        assertThat(aws.logGroupExists("none")).isFalse();
        assertThat(aws.logGroupExists(process.get("log-group"))).isTrue();
    }

    @Test
    void anErrorInJsonIsUnderstood() {
        assertFails(() -> aws.service("none", "none"), AwsFailure.Kind.NOT_FOUND, "ClusterNotFoundException");
        assertFails(
                () -> aws.continueDeployment("d-NONE00000", Wait.READY),
                AwsFailure.Kind.NOT_FOUND,
                "DeploymentDoesNotExistException");
    }

    @Test
    void anErrorInXmlIsUnderstood() {
        String unknown = process.get("load-balancer").replace(":loadbalancer/", ":listener/") + "/0123456789abcdef";
        assertFails(() -> aws.listeners(List.of(unknown)), AwsFailure.Kind.NOT_FOUND, "ListenerNotFound");
    }

    @Test
    void anErrorInCborIsUnderstood() {
        SuccessRateAlarm tooLong =
                new SuccessRateAlarm("a".repeat(300), loadBalancer(), "targetgroup/none/1", Criterion.REFERENCE);
        assertFails(() -> aws.createAlarm(tooLong), AwsFailure.Kind.INVALID, "ValidationError");
    }

    @Test
    void wrongKeysAreNamedAsTheCause() {
        try (Aws wrong = SdkAws.open(access("region"))) {
            assertThatThrownBy(wrong::identity)
                    .isInstanceOfSatisfying(AwsFailure.class, failure -> assertThat(failure.kind())
                            .isEqualTo(AwsFailure.Kind.CREDENTIALS));
        }
    }

    private static void assertFails(Runnable call, AwsFailure.Kind kind, String code) {
        assertThatThrownBy(call::run).isInstanceOfSatisfying(AwsFailure.class, failure -> {
            assertThat(failure.code()).as(failure.getMessage()).isEqualTo(code);
            assertThat(failure.kind()).isEqualTo(kind);
            assertThat(failure.requestId()).isNotBlank();
        });
    }

    private static Verdict verdict(Running run) throws Exception {
        return run.verdict().toCompletableFuture().get(90, TimeUnit.SECONDS);
    }

    private static <E extends DeploymentEvent> void on(Running run, Class<E> type, Consumer<E> listener) {
        run.listen(entry -> {
            if (type.isInstance(entry.event())) {
                listener.accept(type.cast(entry.event()));
            }
        });
    }

    private static <E extends DeploymentEvent> E event(Running run, Class<E> type) {
        return records.timeline(run.view().id()).stream()
                .map(TimelineEntry::event)
                .filter(type::isInstance)
                .map(type::cast)
                .findFirst()
                .orElseThrow();
    }

    private static DeploymentRequest request(String variable, String value, DeploymentOptions options) {
        return new DeploymentRequest(
                process.get("cluster"),
                process.get("service"),
                new DeploymentRequest.Rendered(taskDefinition(variable, value), process.get("image"), null),
                group(),
                null,
                new Criterion(99.5, 2, Integer.parseInt(process.get("min-requests")), Duration.ofSeconds(60)),
                List.of(),
                DeploymentRequest.REFERENCE_MILESTONES,
                Duration.ofHours(20),
                "engine in jar",
                "deploy",
                null,
                options);
    }

    private static CodeDeployGroup group() {
        return new CodeDeployGroup(process.get("application"), process.get("group"), null);
    }

    private static String taskDefinition(String variable, String value) {
        return process.get("task-definition")
                .replace(
                        "\"environment\": []",
                        "\"environment\": [{\"name\": \"" + variable + "\", \"value\": \"" + value + "\"}]");
    }

    private static String loadBalancer() {
        String arn = process.get("load-balancer");
        return arn.substring(arn.indexOf(":loadbalancer/") + ":loadbalancer/".length());
    }
}
