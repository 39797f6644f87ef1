package io.jenkins.plugins.ecscanary.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.ecscanary.engine.aws.AwsCodeDeploy.DeploymentSeen;
import io.jenkins.plugins.ecscanary.engine.aws.AwsCodeDeploy.LifecycleSeen;
import io.jenkins.plugins.ecscanary.engine.aws.AwsCodeDeploy.TargetSeen;
import io.jenkins.plugins.ecscanary.engine.aws.FakeAws;
import io.jenkins.plugins.ecscanary.engine.driver.CodeDeployDriver;
import io.jenkins.plugins.ecscanary.engine.model.Criterion;
import io.jenkins.plugins.ecscanary.engine.model.DeploymentOptions;
import io.jenkins.plugins.ecscanary.engine.model.DeploymentRequest;
import io.jenkins.plugins.ecscanary.engine.model.Verdict;
import io.jenkins.plugins.ecscanary.engine.record.RecordStore;
import io.jenkins.plugins.ecscanary.engine.time.ManualTime;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;

/** The reference shop, a clock that stands still and a folder of records; engines come and go like processes. */
final class EngineWorld {

    static final String ID = "d-000000001";

    final ManualTime time = new ManualTime();
    final FakeAws aws = FakeAws.shop();
    final RecordStore records;

    EngineWorld(Path state) {
        records = new RecordStore(state);
    }

    /** A further process. */
    CanaryEngine engine() {
        return engine(new DirectExecutor());
    }

    CanaryEngine engine(ExecutorService io) {
        return new CanaryEngine(
                aws, new CodeDeployDriver(aws, FakeAws.REGION, true, time::now), FakeAws.REGION, records, time, io);
    }

    CanaryEngine engine(
            ExecutorService looks, ExecutorService commands, ExecutorService starts, ExecutorService waiting) {
        return new CanaryEngine(
                aws,
                new CodeDeployDriver(aws, FakeAws.REGION, true, time::now),
                FakeAws.REGION,
                records,
                time,
                looks,
                commands,
                starts,
                waiting);
    }

    DeploymentRequest request(DeploymentOptions options) {
        return request(options, Duration.ofMinutes(60));
    }

    DeploymentRequest request(DeploymentOptions options, Duration timeout) {
        String image = FakeAws.REPOSITORY + ":1.5.0";
        String json = "{\"family\":\"web\",\"containerDefinitions\":[{\"name\":\"web\",\"image\":\"" + image
                + "\",\"portMappings\":[{\"containerPort\":3000}]}]}";
        return new DeploymentRequest(
                FakeAws.CLUSTER,
                FakeAws.SERVICE,
                new DeploymentRequest.Rendered(json, image, "web"),
                FakeAws.GROUP,
                null,
                Criterion.REFERENCE,
                List.of(),
                DeploymentRequest.REFERENCE_MILESTONES,
                timeout,
                "ann",
                "deploy",
                null,
                options);
    }

    Running deploy() {
        return engine().deploy(request(DeploymentOptions.DEFAULT));
    }

    /** A process that dies in that call, {@code done} or not; nothing is noted after it. */
    Running killedDuring(String call, boolean done, DeploymentRequest request, StartOptions options) {
        List<Running> started = new ArrayList<>();
        aws.before(call, () -> {
            started.get(0).leave();
            if (!done) {
                throw new IllegalStateException("killed");
            }
        });
        QueuedExecutor io = new QueuedExecutor();
        try (CanaryEngine dying = engine(io)) {
            started.add(dying.deploy(request, options));
            io.runAll();
        }
        aws.before(call, () -> {});
        return started.get(0);
    }

    /** Ten shifts of 10 %, a minute each, with 200 requests on the replacement in each of them. */
    void shiftEverything() {
        aws.status(ID, "InProgress", null, null).health(FakeAws.GROUP_B, "healthy", "healthy");
        for (int weight = 10; weight <= 100; weight += 10) {
            aws.weights(FakeAws.LISTENER, 100 - weight, weight);
            aws.metric(
                    "RequestCount",
                    "targetgroup/web-b/73e2d6bc24d8a067",
                    time.now().truncatedTo(ChronoUnit.MINUTES),
                    200);
            time.advance(Duration.ofSeconds(61));
        }
    }

    /** What AWS tells of a shift that nobody saw: when it began and that it is over. */
    void shifted(Instant began) {
        aws.target(
                ID,
                new TargetSeen(
                        "Succeeded",
                        List.of(new LifecycleSeen("AllowTraffic", "Succeeded", began, time.now(), null)),
                        List.of()));
    }

    /** The deployment as AWS has it after a stop for that reason; it names no rollback. */
    DeploymentSeen stopped(String code) {
        return new DeploymentSeen(
                ID, FakeAws.GROUP, "Stopped", null, "user", time.now(), time.now(), code, "stopped", null, null);
    }

    void advance(long seconds) {
        time.advance(Duration.ofSeconds(seconds));
    }

    static Verdict verdict(Running running) {
        assertThat(running.verdict().toCompletableFuture()).isDone();
        return running.verdict().toCompletableFuture().join();
    }
}
