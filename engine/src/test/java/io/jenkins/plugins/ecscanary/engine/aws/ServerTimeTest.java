package io.jenkins.plugins.ecscanary.engine.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.ecscanary.engine.CanaryEngine;
import io.jenkins.plugins.ecscanary.engine.aws.WireServer.Reply;
import io.jenkins.plugins.ecscanary.engine.model.CodeDeployGroup;
import io.jenkins.plugins.ecscanary.engine.model.Criterion;
import io.jenkins.plugins.ecscanary.engine.model.DeploymentOptions;
import io.jenkins.plugins.ecscanary.engine.model.DeploymentRequest;
import io.jenkins.plugins.ecscanary.engine.record.RecordStore;
import io.jenkins.plugins.ecscanary.engine.time.WallTime;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** AWS's clock, which every answer has. */
class ServerTimeTest {

    private static final Instant DATE = Instant.parse("2026-11-23T18:30:00Z");

    private final WireServer server = new WireServer();
    private final AwsAccess access =
            new AwsAccess("eu-central-1", server.uri(), () -> new AwsKeys("AKIDEXAMPLE", "secret", null));

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void everyAnswerTellsItAFailureToo() {
        server.on("BatchGetDeployments", Reply.json("{\"deploymentsInfo\":[]}"));
        List<Instant> told = new ArrayList<>();
        try (SdkAws aws = SdkAws.open(access, Instant::now, told::add)) {
            aws.deployments(List.of("d-1"));
            assertThat(told).containsExactly(DATE);
            assertThatThrownBy(() -> aws.alarms(List.of("none"))).isInstanceOf(AwsFailure.class);
            assertThat(told).containsExactly(DATE, DATE);
        }
    }

    /** As after a machine has slept: no start and no identity is needed for it. */
    @Test
    void anEngineWhoseClockHasStoodStillCatchesUpWithTheNextAnswer(@TempDir Path records) {
        WallTime time = new WallTime(1);
        time.sync(DATE.minus(Duration.ofHours(10)));
        try (CanaryEngine engine = CanaryEngine.open(access, new RecordStore(records), time)) {
            assertThatThrownBy(() -> engine.compare(request(), "web:10")).isInstanceOf(AwsFailure.class);
            assertThat(time.now()).isBetween(DATE, DATE.plus(Duration.ofHours(1)));
        }
    }

    private static DeploymentRequest request() {
        return new DeploymentRequest(
                "shop",
                "web",
                new DeploymentRequest.Registered("web:11", null, "web"),
                new CodeDeployGroup("app", "web", null),
                null,
                Criterion.REFERENCE,
                List.of(),
                DeploymentRequest.REFERENCE_MILESTONES,
                Duration.ofMinutes(60),
                "ann",
                "deploy",
                null,
                DeploymentOptions.DEFAULT);
    }
}
