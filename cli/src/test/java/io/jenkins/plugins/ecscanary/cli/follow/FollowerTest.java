package io.jenkins.plugins.ecscanary.cli.follow;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.ecscanary.cli.Console;
import io.jenkins.plugins.ecscanary.cli.ExitCode;
import io.jenkins.plugins.ecscanary.cli.Timelines;
import io.jenkins.plugins.ecscanary.engine.model.Outcome;
import io.jenkins.plugins.ecscanary.engine.model.Side;
import io.jenkins.plugins.ecscanary.engine.timeline.DeploymentEvent;
import io.jenkins.plugins.ecscanary.engine.timeline.TimelineCodec;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.ZoneOffset;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@Timeout(60)
class FollowerTest {

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();
    private final FakeRunning running = new FakeRunning();
    private final CompletableFuture<Runnable> interrupt = new CompletableFuture<>();
    private final CompletableFuture<Runnable> terminate = new CompletableFuture<>();
    private final CompletableFuture<Void> registrationClosed = new CompletableFuture<>();
    private final Signals signals = (onInterrupt, onTerminate) -> {
        interrupt.complete(onInterrupt);
        terminate.complete(onTerminate);
        return () -> registrationClosed.complete(null);
    };

    @ParameterizedTest
    @EnumSource(Outcome.class)
    void endsWithTheVerdictsExitCode(Outcome outcome) throws Exception {
        CompletableFuture<Follower.End> end = follow(plain(), new Follower.Interrupt.RollBack("ann"));

        running.tell(Timelines.planned("r1", "ann")
                .shifting()
                .ended(outcome, "because", 0, 100)
                .entries());

        Follower.End how = end.get(30, TimeUnit.SECONDS);
        assertThat(how.exitCode()).isEqualTo(ExitCode.of(outcome));
        assertThat(how.verdict().cause()).isEqualTo("because");
        assertThat(registrationClosed).isCompleted();
    }

    @Test
    void plainOutputTellsTheEndOfALogInItsOrder() throws Exception {
        CompletableFuture<Follower.End> end = follow(plain(), new Follower.Interrupt.RollBack("ann"));

        running.tell(Timelines.planned("r1", "ann")
                .shifting()
                .at(
                        200,
                        new DeploymentEvent.TaskLogged(
                                Timelines.START, Side.REPLACEMENT, "1f0c", "web", List.of("first", "second"), null))
                .ended(Outcome.ROLLED_BACK, "an alarm was red", 100, 0)
                .entries());
        end.get(30, TimeUnit.SECONDS);

        assertThat(text(out))
                .containsSubsequence("the log of task 1f0c, container web, ended with", "| first", "| second");
    }

    @Test
    void plainOutputHasOneLineForEachEventWithItsTime() throws Exception {
        CompletableFuture<Follower.End> end = follow(plain(), new Follower.Interrupt.RollBack("ann"));

        running.tell(Timelines.planned("r1", "an\u001b[1mn")
                .shifting()
                .ended(Outcome.ROLLED_BACK, "an alarm was red", 100, 0)
                .entries());
        end.get(30, TimeUnit.SECONDS);

        assertThat(text(out).lines().toList())
                .containsExactly(
                        "10:00:00 deploy of shop/web by an[1mn",
                        "10:00:05 group-free: web-group is free",
                        "10:00:06 web:11 serves now",
                        "10:00:08 the revision is web:12",
                        "10:00:30 deployment d-A1B2C3D4E created, 10 % every minute",
                        "10:00:30 alarm web-b-success-rate is OK",
                        "10:01:01 2 of 2 targets of web:11 healthy",
                        "10:01:01 2 of 2 targets of web:12 healthy",
                        "10:03:00 10 % of traffic to web:12, 90 % to web:11",
                        "10:04:00 20 % of traffic to web:12, 80 % to web:11",
                        "10:15:00 ERROR ROLLED_BACK: an alarm was red");
    }

    @Test
    void jsonOutputIsTheTimelineAndNothingElse() throws Exception {
        Timelines timeline = Timelines.planned("r1", "ann").shifting();
        CompletableFuture<Follower.End> end = follow(new JsonOutput(console()), new Follower.Interrupt.RollBack("ann"));
        running.tell(timeline.entries());
        interrupt.get().run();
        running.tell(timeline.ended(Outcome.ROLLED_BACK, "asked", 100, 0).entries());
        end.get(30, TimeUnit.SECONDS);

        assertThat(text(out).lines().map(line -> {
                    try {
                        return TimelineCodec.read(line);
                    } catch (TimelineCodec.MalformedLine e) {
                        throw new AssertionError(line, e);
                    }
                }))
                .containsExactlyElementsOf(timeline.entries());
        assertThat(text(err)).contains("asking AWS to roll back");
    }

    @Test
    void theFirstCtrlCRollsBackAndWaitsForTheVerdict() throws Exception {
        Timelines timeline = Timelines.planned("r1", "ann").shifting();
        CompletableFuture<Follower.End> end = follow(plain(), new Follower.Interrupt.RollBack("ann"));
        running.tell(timeline.entries());

        interrupt.get().run();

        assertThat(running.asked.poll(30, TimeUnit.SECONDS)).isEqualTo("roll back for ann: Ctrl-C");
        assertThat(end).isNotDone();
        running.tell(timeline.ended(Outcome.ROLLED_BACK, "asked", 100, 0).entries());
        assertThat(end.get(30, TimeUnit.SECONDS).exitCode()).isEqualTo(ExitCode.ROLLED_BACK);
        assertThat(text(out)).contains("Again Ctrl-C leaves at once");
        assertThat(running.asked).isEmpty();
    }

    @Test
    void theSecondCtrlCLeaves() throws Exception {
        CompletableFuture<Follower.End> end = follow(plain(), new Follower.Interrupt.RollBack("ann"));
        running.tell(Timelines.planned("r1", "ann").shifting().entries());

        interrupt.get().run();
        interrupt.get().run();

        assertThat(end.get(30, TimeUnit.SECONDS).exitCode()).isEqualTo(ExitCode.UNKNOWN);
        assertThat(running.asked).containsExactly("roll back for ann: Ctrl-C", "leave");
        assertThat(text(out)).contains("ecs-canary watch r1 follows it again");
    }

    @Test
    void anOnlookersCtrlCOnlyLeaves() throws Exception {
        CompletableFuture<Follower.End> end = follow(plain(), new Follower.Interrupt.Leave());

        interrupt.get().run();

        assertThat(end.get(30, TimeUnit.SECONDS).exitCode()).isEqualTo(ExitCode.UNKNOWN);
        assertThat(running.asked).containsExactly("leave");
    }

    @Test
    void terminationLeavesAwsAlone() throws Exception {
        CompletableFuture<Follower.End> end = follow(plain(), new Follower.Interrupt.RollBack("ann"));

        terminate.get().run();

        assertThat(end.get(30, TimeUnit.SECONDS).exitCode()).isEqualTo(ExitCode.UNKNOWN);
        assertThat(running.asked).containsExactly("leave");
        assertThat(text(out)).contains("nothing was rolled back");
    }

    @Test
    void aBrokenOffDeploymentIsUnknownWithItsReason() throws Exception {
        CompletableFuture<Follower.End> end = follow(plain(), new Follower.Interrupt.RollBack("ann"));

        running.breakOff(new IllegalStateException("the disk is full"));

        Follower.End how = end.get(30, TimeUnit.SECONDS);
        assertThat(how.exitCode()).isEqualTo(ExitCode.UNKNOWN);
        assertThat(how.failure()).isEqualTo("the disk is full");
    }

    private CompletableFuture<Follower.End> follow(Output output, Follower.Interrupt onInterrupt) {
        Follower follower = new Follower(running, output, onInterrupt);
        return CompletableFuture.supplyAsync(() -> {
            try {
                return follower.follow(signals);
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        });
    }

    private Output plain() {
        return new PlainOutput(console(), ZoneOffset.UTC);
    }

    private Console console() {
        return Console.of(stream(out), stream(err), StandardCharsets.UTF_8);
    }

    private static PrintStream stream(ByteArrayOutputStream bytes) {
        return new PrintStream(bytes, false, StandardCharsets.UTF_8);
    }

    private static String text(ByteArrayOutputStream bytes) {
        return bytes.toString(StandardCharsets.UTF_8);
    }
}
