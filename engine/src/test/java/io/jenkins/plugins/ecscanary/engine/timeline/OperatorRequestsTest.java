package io.jenkins.plugins.ecscanary.engine.timeline;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.ecscanary.engine.model.Wait;
import io.jenkins.plugins.ecscanary.engine.timeline.OperatorRequests.Request;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OperatorRequestsTest {

    @TempDir
    Path folder;

    @Test
    void whoIsInterruptedStillLeavesWord() throws Exception {
        OperatorRequests requests = OperatorRequests.beside(folder.resolve("timeline.jsonl"));
        Thread.currentThread().interrupt();
        requests.add(new OperatorRequests.Request(Timelines.START, "ann", "ROLL_BACK", null, "aborted"));
        assertThat(Thread.interrupted()).isTrue();
        assertThat(requests.all())
                .isNotEmpty()
                .allSatisfy(request -> assertThat(request.orElseThrow().who()).isEqualTo("ann"));
    }

    @Test
    void requestsAreNumberedInTheirOrder() {
        OperatorRequests requests = OperatorRequests.beside(folder.resolve("timeline.jsonl"));
        assertThat(requests.all()).isEmpty();
        Request first = new Request(Timelines.START, "ann", "PROMOTE", Wait.READY, null);
        Request second = new Request(Timelines.START, "ben", "ROLL_BACK", null, "pager");
        assertThat(requests.add(first)).isEqualTo(1);
        assertThat(requests.add(second)).isEqualTo(2);
        assertThat(requests.all()).containsExactly(Optional.of(first), Optional.of(second));
    }

    @Test
    void whatIsNoRequestIsNoneAndHalfALineIsWaitedFor() throws Exception {
        OperatorRequests requests = OperatorRequests.beside(folder.resolve("timeline.jsonl"));
        Path file = folder.resolve("requests.jsonl");
        Files.writeString(file, "nonsense\n{\"who\":\"ann\",\"action\":\"DELETE\"}\n{\"action\":");
        assertThat(requests.all()).containsExactly(Optional.empty(), Optional.empty());
        Files.writeString(file, "\"PROMOTE\"}\n", StandardOpenOption.APPEND);
        assertThat(requests.all())
                .as("a PROMOTE of what, by whom?")
                .hasSize(3)
                .last()
                .isEqualTo(Optional.empty());
    }

    @Test
    void halfALineOfSomeoneWhoDiedDoesNotSwallowTheNextRequest() throws Exception {
        OperatorRequests requests = OperatorRequests.beside(folder.resolve("timeline.jsonl"));
        Request first = new Request(Timelines.START, "ann", "PROMOTE", Wait.READY, null);
        requests.add(first);
        Files.writeString(
                folder.resolve("requests.jsonl"),
                "{\"at\":\"2026-11-23T18:30:00.000Z\",\"who\":\"ben\",\"acti",
                StandardOpenOption.APPEND);
        Request rollBack = new Request(Timelines.START, "cem", "ROLL_BACK", null, "päger");
        assertThat(requests.add(rollBack)).isEqualTo(2);
        assertThat(requests.all()).containsExactly(Optional.of(first), Optional.of(rollBack));
    }

    @Test
    void whatPeopleWriteIsCleanedAndNotEndless() {
        OperatorRequests requests = OperatorRequests.beside(folder.resolve("timeline.jsonl"));
        requests.add(new Request(Timelines.START, "a\u001b[31mnn\n", "ROLL_BACK", null, "x".repeat(10_000)));
        Request read = requests.all().get(0).orElseThrow();
        assertThat(read.who()).isEqualTo("a [31mnn");
        assertThat(read.note()).hasSizeLessThan(600);
    }
}
