package io.jenkins.plugins.ecscanary.localaws.reference;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.codedeploy.model.DeploymentInfo;

/** Everything together: real processes, real traffic, the SDK's clients, AWS's metric delay, time 60 times as fast. */
@Timeout(600)
class ReferenceDeploymentTest {

    private static final double SPEED = 60;
    private static final List<String> ALL_SUCCEEDED = Collections.nCopies(8, "Succeeded");

    @TempDir
    Path directory;

    @Test
    void aGoodDeploymentFailsNoRequestAndABadOneIsStoppedByItsAlarm() throws Exception {
        ReferenceSettings settings = ReferenceSettings.defaults().withMinRequests(5);
        try (LocalAwsFixture fixture = new LocalAwsFixture(directory, SPEED, settings)) {
            good(fixture);
            bad(fixture);
        } finally {
            assertThat(ProcessHandle.current().descendants().filter(ProcessHandle::isAlive))
                    .as("processes left behind")
                    .isEmpty();
        }
    }

    private static void good(LocalAwsFixture fixture) throws InterruptedException {
        String id;
        Traffic traffic = fixture.traffic();
        try (traffic) {
            id = fixture.deploy(Map.of("VERSION", "2"));
            fixture.log.await(id + " Succeeded");
        }
        assertThat(traffic.failures()).as(fixture.log.toString()).isEmpty();
        assertThat(traffic.count("200 1")).isPositive();
        assertThat(traffic.count("200 2")).isPositive();
        DeploymentInfo info = fixture.deployment(id);
        assertThat(info.statusAsString()).isEqualTo("Succeeded");
        assertThat(info.deploymentOverview().succeeded()).isEqualTo(1);
        assertThat(fixture.lifecycle(id)).isEqualTo(ALL_SUCCEEDED);
        assertThat(fixture.weights()).isEqualTo(Map.of("web-blue", 0, "web-green", 100));
    }

    private static void bad(LocalAwsFixture fixture) throws InterruptedException {
        String id;
        String rollback;
        Traffic traffic = fixture.traffic();
        try (traffic) {
            id = fixture.deploy(Map.of("VERSION", "3", "FAIL_EVERY", "4"));
            fixture.log.await(id + " Stopped");
            rollback = fixture.deployment(id).rollbackInfo().rollbackDeploymentId();
            fixture.log.await(rollback + " Succeeded");
        }
        assertThat(traffic.failures()).isNotEmpty().containsOnly("500 from 3");
        DeploymentInfo info = fixture.deployment(id);
        assertThat(info.errorInformation().codeAsString()).isEqualTo("ALARM_ACTIVE");
        // The replacement was in the group that served first: they have swapped.
        assertThat(info.errorInformation().message()).endsWith("Activated alarms: web-blue-success-rate");
        assertThat(fixture.lifecycle(id)).contains("Succeeded").endsWith("Failed", "Skipped");
        assertThat(fixture.deployment(rollback).creatorAsString()).isEqualTo("codeDeployRollback");
        assertThat(fixture.lifecycle(rollback)).isEqualTo(ALL_SUCCEEDED);
        assertThat(fixture.weights()).isEqualTo(Map.of("web-blue", 0, "web-green", 100));
    }
}
