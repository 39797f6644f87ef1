package io.jenkins.plugins.ecscanary.localaws.reference;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A local AWS that is stopped in the middle of a deployment and started again with its state. */
@Timeout(600)
class RestartTest {

    private static final double SPEED = 60;
    private static final ReferenceSettings SETTINGS =
            ReferenceSettings.defaults().withMinRequests(5).withTerminationWaitMinutes(1);

    @TempDir
    Path directory;

    @Test
    void aDeploymentGoesOnWhereItWas() throws Exception {
        String id;
        ReferenceResources before;
        Instant created;
        int shifted;
        try (LocalAwsFixture fixture = start()) {
            before = fixture.reference;
            id = fixture.deploy(Map.of("VERSION", "2"));
            fixture.log.await("web-blue 70 web-green 30");
            created = fixture.deployment(id).createTime();
        }
        try (LocalAwsFixture fixture = start()) {
            assertThat(fixture.reference).isEqualTo(before);
            assertThat(fixture.deployment(id).createTime()).isEqualTo(created);
            shifted = fixture.weights().get("web-green");
            assertThat(shifted).isGreaterThanOrEqualTo(30);
            fixture.log.await(id + " Succeeded");
            assertThat(fixture.lifecycle(id)).isEqualTo(Collections.nCopies(8, "Succeeded"));
            assertThat(fixture.weights()).isEqualTo(Map.of("web-blue", 0, "web-green", 100));
            assertThat(fixture.deployment(id).completeTime()).isAfter(created);
            try (Traffic traffic = fixture.traffic()) {
                while (traffic.count("200 2") == 0) {
                    Thread.onSpinWait();
                }
                assertThat(traffic.failures()).isEmpty();
            }
        }
        // And once more with nothing going on.
        try (LocalAwsFixture fixture = start()) {
            assertThat(fixture.deployment(id).statusAsString()).isEqualTo("Succeeded");
            assertThat(fixture.weights()).isEqualTo(Map.of("web-blue", 0, "web-green", 100));
            String next = fixture.deployAtOnce(Map.of("VERSION", "3"));
            fixture.log.await(next + " Succeeded");
            assertThat(fixture.codeDeploy
                            .listDeployments(r -> r.applicationName(before.application())
                                    .deploymentGroupName(before.deploymentGroup()))
                            .deployments())
                    .containsExactlyInAnyOrderElementsOf(List.of(id, next));
        }
        assertThat(ProcessHandle.current().descendants().filter(ProcessHandle::isAlive))
                .as("processes left behind")
                .isEmpty();
    }

    private LocalAwsFixture start() throws Exception {
        return new LocalAwsFixture(
                directory, SETTINGS, options -> options.withSpeed(SPEED).withState(directory.resolve("state")));
    }
}
