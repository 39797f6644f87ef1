package io.jenkins.plugins.ecscanary.engine;

import static io.jenkins.plugins.ecscanary.engine.EngineWorld.ID;
import static io.jenkins.plugins.ecscanary.engine.EngineWorld.verdict;
import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.ecscanary.engine.aws.FakeAws;
import io.jenkins.plugins.ecscanary.engine.model.Check.CheckOutcome;
import io.jenkins.plugins.ecscanary.engine.model.DeploymentOptions;
import io.jenkins.plugins.ecscanary.engine.model.DeploymentRequest;
import io.jenkins.plugins.ecscanary.engine.model.Outcome;
import io.jenkins.plugins.ecscanary.engine.model.ScanRequirement;
import io.jenkins.plugins.ecscanary.engine.preflight.Manifests;
import io.jenkins.plugins.ecscanary.engine.record.Redeploy;
import io.jenkins.plugins.ecscanary.engine.scan.KnownScan;
import io.jenkins.plugins.ecscanary.engine.scan.KnownScans;
import io.jenkins.plugins.ecscanary.engine.scan.Scanner;
import io.jenkins.plugins.ecscanary.engine.timeline.DeploymentEvent.Planned;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A demanded scan from the request through the record to the view, and shipping the same again. */
class RequireScanTest {

    private static final ScanRequirement WEEK = new ScanRequirement(Duration.ofDays(7));
    private static final String IMAGE_ID = Manifests.digest('c');

    @TempDir
    Path state;

    private EngineWorld world;
    private FakeAws aws;

    @BeforeEach
    void world() {
        world = new EngineWorld(state);
        aws = world.aws;
        aws.push(FakeAws.REPOSITORY, "1.5.0", Manifests.DOCKER, Manifests.docker(IMAGE_ID));
    }

    private static KnownScans passed(Duration age) {
        return new KnownScans() {
            @Override
            public Optional<KnownScan> newest(String imageId) {
                return imageId.equals(IMAGE_ID)
                        ? Optional.of(new KnownScan(
                                imageId, true, "nothing found", Instant.EPOCH, age, List.of(Scanner.VULN)))
                        : Optional.empty();
            }

            @Override
            public String where() {
                return "in build 7";
            }
        };
    }

    private Running deploy(DeploymentRequest request, KnownScans scans) {
        return world.engine().deploy(request, StartOptions.DEFAULT.withScans(scans));
    }

    private DeploymentRequest request() {
        return world.request(DeploymentOptions.DEFAULT.withRequireScan(WEEK));
    }

    @Test
    void withoutAScanNothingIsCreatedAndTheRecordSaysWhy() {
        Running running = deploy(request(), KnownScans.NONE);
        assertThat(verdict(running).outcome()).isEqualTo(Outcome.REFUSED);
        assertThat(verdict(running).cause()).contains("a scan is required", IMAGE_ID);
        assertThat(aws.count("registerTaskDefinition")).isZero();
        assertThat(aws.count("createDeployment")).isZero();
        assertThat(running.view().checks())
                .filteredOn(check -> check.name().equals("scan"))
                .singleElement()
                .satisfies(check -> assertThat(check.outcome()).isEqualTo(CheckOutcome.REFUSED));
        assertThat(planned(running).options().requireScan()).isEqualTo(WEEK);
    }

    @Test
    void withOneItGoesOnAndTheViewTellsWhichOne() {
        Running running = deploy(request(), passed(Duration.ofDays(2)));
        assertThat(running.view().deploymentId()).isEqualTo(ID);
        assertThat(running.view().checks())
                .filteredOn(check -> check.name().equals("scan"))
                .singleElement()
                .satisfies(check ->
                        assertThat(check.detail()).contains(IMAGE_ID, "2 days ago: nothing found; looked for: vuln"));
        assertThat(running.view().log()).extracting(line -> line.text()).anyMatch(line -> line.startsWith("scan: "));
    }

    @Test
    void aHostThatSaysNothingOfScansHasNone() {
        Running running = world.engine().deploy(request());
        assertThat(verdict(running).outcome()).isEqualTo(Outcome.REFUSED);
        assertThat(world.engine().verify(request(), KnownScans.NONE))
                .filteredOn(check -> check.name().equals("scan"))
                .singleElement()
                .satisfies(check -> assertThat(check.outcome()).isEqualTo(CheckOutcome.REFUSED));
    }

    @Test
    void shippedAgainItIsDemandedOnlyOfWhoAsks() {
        Running first = deploy(request(), passed(Duration.ofDays(2)));
        world.shiftEverything();
        aws.status(ID, "Succeeded", null, null);
        world.advance(60);
        assertThat(verdict(first).outcome()).isEqualTo(Outcome.PROMOTED);

        DeploymentRequest again = Redeploy.of(world.records, first.view().id(), "ann");
        assertThat(again.options().requireScan()).isNull();
        DeploymentRequest demanding = new DeploymentRequest(
                again.cluster(),
                again.service(),
                again.source(),
                again.codeDeploy(),
                again.traffic(),
                again.criterion(),
                again.alarms(),
                again.milestones(),
                again.timeout(),
                again.startedBy(),
                again.kind(),
                again.redeployOf(),
                again.options().withRequireScan(WEEK));
        Running refused = deploy(demanding, passed(Duration.ofDays(8)));
        assertThat(verdict(refused).outcome()).isEqualTo(Outcome.REFUSED);
        assertThat(verdict(refused).cause()).contains("older than 7 days");
    }

    @Test
    void withoutTheDemandARequestIsWhatItWasBeforeThereWasSuchAThing() {
        assertThat(Start.fingerprint(world.request(DeploymentOptions.DEFAULT)))
                .isNotEqualTo(Start.fingerprint(request()));
        String json = io.jenkins.plugins.ecscanary.engine.json.Json.mapper()
                .valueToTree(DeploymentOptions.DEFAULT)
                .toString();
        assertThat(json).doesNotContain("requireScan");
    }

    private Planned planned(Running running) {
        return world.records.timeline(running.view().id()).stream()
                .map(entry -> entry.event())
                .filter(Planned.class::isInstance)
                .map(Planned.class::cast)
                .findFirst()
                .orElseThrow();
    }
}
