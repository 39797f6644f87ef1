package io.jenkins.plugins.ecscanary.engine.timeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.ecscanary.engine.model.Check;
import io.jenkins.plugins.ecscanary.engine.model.Outcome;
import io.jenkins.plugins.ecscanary.engine.model.RevisionChange;
import io.jenkins.plugins.ecscanary.engine.model.Side;
import io.jenkins.plugins.ecscanary.engine.model.Verdict;
import io.jenkins.plugins.ecscanary.engine.model.Wait;
import io.jenkins.plugins.ecscanary.engine.timeline.TimelineFile.UnreadableTimeline;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TimelineFileTest {

    @TempDir
    Path folder;

    private Path file;

    @BeforeEach
    void name() {
        file = folder.resolve("record").resolve("timeline.jsonl");
    }

    @Test
    void everyKindOfEventComesBackAsItWasWritten() throws Exception {
        Timelines timeline = Timelines.started();
        everyOtherKind().forEach(timeline::then);
        try (TimelineFile owned = TimelineFile.own(file).orElseThrow()) {
            timeline.entries().forEach(entry -> owned.append(entry.event()));
        }
        assertThat(TimelineFile.read(file)).isEqualTo(timeline.entries());
        assertThat(timeline.entries().stream()
                        .map(entry -> entry.event().getClass())
                        .distinct()
                        .count())
                .as("kinds of events covered")
                .isEqualTo(DeploymentEvent.class.getPermittedSubclasses().length);
    }

    @Test
    void aLivingOwnerKeepsOthersOut() throws Exception {
        try (TimelineFile owned = TimelineFile.own(file).orElseThrow()) {
            owned.append(Timelines.planned("id", Timelines.START));
            assertThat(TimelineFile.own(file)).isEmpty();
            assertThat(TimelineFile.read(file)).hasSize(1);
        }
        try (TimelineFile next = TimelineFile.own(file).orElseThrow()) {
            assertThat(next.entries()).hasSize(1);
        }
    }

    @Test
    void aTornLastLineIsLeftOutAndCutOffByTheNextOwner() throws Exception {
        writeStarted();
        byte[] whole = Files.readAllBytes(file);
        for (int cut = 1; cut < 40; cut++) {
            Files.write(file, Arrays.copyOf(whole, whole.length - cut));
            assertThat(TimelineFile.read(file)).hasSize(4);
        }
        try (TimelineFile owned = TimelineFile.own(file).orElseThrow()) {
            owned.append(new DeploymentEvent.Warned(Timelines.at(9), "after the tear"));
        }
        List<TimelineEntry> entries = TimelineFile.read(file);
        assertThat(entries).hasSize(5);
        assertThat(entries.get(4).seq()).isEqualTo(5);
        assertThat(Files.readString(file)).endsWith("\n");
    }

    @Test
    void whoIsInterruptedStillHasWhatItDoesWrittenDown() throws Exception {
        try (TimelineFile owned = TimelineFile.own(file).orElseThrow()) {
            owned.append(Timelines.planned("id", Timelines.START));
            Thread.currentThread().interrupt();
            owned.append(new DeploymentEvent.OperatorActed(Timelines.at(1), "ann", "ROLL_BACK", "aborted"));
            assertThat(Thread.interrupted()).isTrue();
            assertThat(owned.trouble()).isEmpty();
            owned.append(new DeploymentEvent.Warned(Timelines.at(2), "afterwards"));
            assertThat(TimelineFile.own(file)).as("it is owned all the while").isEmpty();
        }
        assertThat(TimelineFile.read(file)).extracting(TimelineEntry::seq).containsExactly(1, 2, 3);
    }

    @Test
    void afterGivingItUpNothingIsWrittenAnyMore() throws Exception {
        TimelineFile owned = TimelineFile.own(file).orElseThrow();
        owned.close();
        try (TimelineFile next = TimelineFile.own(file).orElseThrow()) {
            owned.close();
            assertThat(TimelineFile.own(file)).as("closed once").isEmpty();
            owned.append(new DeploymentEvent.Warned(Timelines.START, "too late"));
            assertThat(owned.trouble()).isPresent();
            assertThat(next.entries()).isEmpty();
        }
        assertThat(TimelineFile.read(file)).isEmpty();
    }

    @Test
    void aDamagedLineInTheMiddleIsAnErrorThatNamesFileAndLine() throws Exception {
        writeStarted();
        List<String> lines = Files.readAllLines(file);
        lines.set(2, "{\"schema\":1,\"seq\":3,\"type\":\"sidesK");
        Files.write(file, lines);
        assertThatThrownBy(() -> TimelineFile.read(file))
                .isInstanceOf(UnreadableTimeline.class)
                .hasMessageContaining(file.toString())
                .hasMessageContaining("line 3");
        assertThatThrownBy(() -> TimelineFile.own(file)).isInstanceOf(UnreadableTimeline.class);
    }

    @Test
    void aNewerSchemaIsNotGuessedAt() throws Exception {
        writeStarted();
        Files.writeString(
                file,
                "{\"schema\":2,\"seq\":6,\"type\":\"warned\",\"at\":\"2026-11-23T18:30:00.000Z\"}\n",
                StandardOpenOption.APPEND);
        assertThatThrownBy(() -> TimelineFile.read(file)).hasMessageContaining("a newer version wrote it");
    }

    @Test
    void aMissingLineIsNoticed() throws Exception {
        writeStarted();
        List<String> lines = Files.readAllLines(file);
        lines.remove(2);
        Files.write(file, lines);
        assertThatThrownBy(() -> TimelineFile.read(file)).hasMessageContaining("missing or doubled");
    }

    @Test
    void membersOfALaterVersionAreIgnored() throws Exception {
        Files.createDirectories(file.getParent());
        Files.writeString(
                file,
                "{\"schema\":1,\"seq\":1,\"type\":\"warned\",\"at\":\"2026-11-23T18:30:00.000Z\",\"text\":\"t\",\"more\":1}\n",
                StandardCharsets.UTF_8);
        assertThat(TimelineFile.read(file).get(0).event()).isEqualTo(new DeploymentEvent.Warned(Timelines.START, "t"));
    }

    private void writeStarted() throws Exception {
        try (TimelineFile owned = TimelineFile.own(file).orElseThrow()) {
            Timelines.started().entries().forEach(entry -> owned.append(entry.event()));
        }
    }

    private static List<DeploymentEvent> everyOtherKind() {
        var at = Timelines.at(10);
        return List.of(
                new DeploymentEvent.RevisionCompared(
                        at,
                        Timelines.OLD.taskDefinition(),
                        List.of(new RevisionChange("cpu", null, "256")),
                        3,
                        List.of("/ecs/web")),
                new DeploymentEvent.Checked(at, Check.warned("alarms", "one is \"red\"", "look\nat it")),
                new DeploymentEvent.StatusChanged(at, "InProgress", null, null),
                new DeploymentEvent.LifecycleChanged(at, "Install", "InProgress", at, null, null),
                new DeploymentEvent.TrafficShifted(at, 90, 10),
                new DeploymentEvent.TasksChanged(at, Side.REPLACEMENT, 2, 1, 1),
                new DeploymentEvent.HealthChanged(at, Side.ORIGINAL, 1, 2, List.of("Target.Timeout")),
                new DeploymentEvent.Measured(at, Side.REPLACEMENT, at, 200, 1),
                new DeploymentEvent.AlarmChanged(at, "web-b-success-rate", "OK", null, at),
                new DeploymentEvent.GateOpened(at, "approve", null),
                new DeploymentEvent.GatePassed(at, "approve", "ben", "fine"),
                new DeploymentEvent.GateRefused(at, "approve", "ben", null),
                new DeploymentEvent.TaskStopped(at, Side.REPLACEMENT, "1f0c", "Essential container exited", 1),
                new DeploymentEvent.TaskLogged(at, Side.REPLACEMENT, "1f0c", "web", List.of("a", "b"), null),
                new DeploymentEvent.OperatorActed(at, "ann", "ROLL_BACK", null),
                new DeploymentEvent.OperatorActed(at, "ben", "PROMOTE", "ok", Wait.TERMINATION, 2),
                new DeploymentEvent.TaskRunStarted(at, "0b7c", "web", List.of("migrate", "-v"), true),
                new DeploymentEvent.TaskRunEnded(at, "0b7c", "web", 3, "exited", List.of("no such table")),
                new DeploymentEvent.RollbackStarted(at, "d-ROLLBACK1", "asked for"),
                new DeploymentEvent.Warned(at, "\u2028 <b>"),
                new DeploymentEvent.Resynced(at, "ann@host", "went on"),
                new DeploymentEvent.Ended(at, new Verdict(Outcome.ROLLED_BACK, "asked for", at, false, 100, 0)));
    }
}
