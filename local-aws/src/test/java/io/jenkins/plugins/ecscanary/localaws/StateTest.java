package io.jenkins.plugins.ecscanary.localaws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.jenkins.plugins.ecscanary.localaws.state.StateException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A local AWS that is kept. */
class StateTest {

    @TempDir
    Path directory;

    @Test
    void simulatedTimeNeverRunsBackwards() throws Exception {
        Instant last = Instant.MIN;
        for (double speed : new double[] {1000, 1, 500, 1}) {
            try (LocalAws aws = LocalAws.start(options().withSpeed(speed))) {
                Instant now = now(aws);
                assertThat(now).isAfterOrEqualTo(last);
                last = now(aws);
            }
        }
    }

    @Test
    void oneAtATimeAndTheSameAccount() throws Exception {
        try (LocalAws aws = LocalAws.start(options())) {
            assertThat(aws.region()).isEqualTo("eu-central-1");
            assertThatExceptionOfType(StateException.class)
                    .isThrownBy(() -> LocalAws.start(options()))
                    .withMessageContaining("is in use");
        }
        assertThatExceptionOfType(StateException.class)
                .isThrownBy(() -> LocalAws.start(options().withRegion("us-east-1")))
                .withMessageContaining("is the state of account 123456789012 in eu-central-1");
        LocalAws.start(options()).close();
    }

    private LocalAwsOptions options() {
        return LocalAwsOptions.in(directory.resolve("aws")).withState(directory.resolve("state"));
    }

    private static Instant now(LocalAws aws) throws Exception {
        HttpResponse<Void> answer = HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(aws.page().resolve("state")).build(),
                        HttpResponse.BodyHandlers.discarding());
        return Instant.ofEpochMilli(
                answer.headers().firstValueAsLong("Local-Now").orElseThrow());
    }
}
