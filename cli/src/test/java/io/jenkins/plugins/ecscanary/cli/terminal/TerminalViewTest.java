package io.jenkins.plugins.ecscanary.cli.terminal;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.ecscanary.cli.Timelines;
import io.jenkins.plugins.ecscanary.engine.model.Check;
import io.jenkins.plugins.ecscanary.engine.model.Outcome;
import io.jenkins.plugins.ecscanary.engine.model.Side;
import io.jenkins.plugins.ecscanary.engine.timeline.DeploymentEvent;
import io.jenkins.plugins.ecscanary.engine.view.DeploymentView;
import io.jenkins.plugins.ecscanary.engine.view.ViewFold;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.stream.Collectors;
import org.jline.utils.AttributedString;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TerminalViewTest {

    private static final Instant NOW = Timelines.START.plusSeconds(266);

    @Test
    void showsEverythingAtAGlance() {
        DeploymentView view = Timelines.planned("r1", "ann").shifting().view();

        assertThat(text(view, new Look(80, true)))
                .isEqualTo(
                        """
                        shop/web in eu-central-1 (123456789012)  d-A1B2C3D4E
                        SHIFTING  4:26 · deploy by ann

                         original    ████████████████████████████████░░░░░░░░   80 %
                                     web:11 · web-a · 2/2 tasks · 2/2 healthy · web:1.4.1
                         replacement ████████░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░   20 %
                                     web:12 · web-b · 2/2 tasks · 2/2 healthy · web:1.5.0

                         plan        10 % every minute
                                     CodeDeployDefault.ECSLinear10PercentEvery1Minutes
                         steps       ✔[10] ▶[20] 30 40 [50] 60 [70] 80 90 [100]
                         next        shift to 30 % in 0:34
                         success     original 99.95 % · wanted 99.5 % · 4,210 requests
                                     replacement 99.80 % · wanted 99.5 % · 512 requests
                         alarms      ● OK  web-b-success-rate

                         10:00:30  deployment d-A1B2C3D4E created, 10 % every minute
                         10:00:30  alarm web-b-success-rate is OK
                         10:01:01  2 of 2 targets of web:11 healthy
                         10:01:01  2 of 2 targets of web:12 healthy
                         10:03:00  10 % of traffic to web:12, 90 % to web:11
                         10:04:00  20 % of traffic to web:12, 80 % to web:11
                        """);
    }

    @Test
    void isReadableInANarrowTerminalWithoutUnicode() {
        DeploymentView view = Timelines.planned("r1", "ann").shifting().view();

        assertThat(text(view, new Look(40, false)))
                .isEqualTo(
                        """
                        shop/web in eu-central-1 (123456789012)~
                        SHIFTING  4:26 - deploy by ann

                         original    ################....   80 %
                                     web:11 - web-a - 2/2 tasks
                                     2/2 healthy - web:1.4.1
                         replacement ####................   20 %
                                     web:12 - web-b - 2/2 tasks
                                     2/2 healthy - web:1.5.0

                         plan        10 % every minute
                                     CodeDeployDefault.ECSLinea~
                         steps       +[10] >[20] 30 40 [50] 60
                                     [70] 80 90 [100]
                         next        shift to 30 % in 0:34
                         success     original 99.95 %
                                     wanted 99.5 %
                                     4,210 requests
                                     replacement 99.80 %
                                     wanted 99.5 %
                                     512 requests
                         alarms      * OK  web-b-success-rate

                         10:00:30  deployment d-A1B2C3D4E creat~
                         10:00:30  alarm web-b-success-rate is ~
                         10:01:01  2 of 2 targets of web:11 hea~
                         10:01:01  2 of 2 targets of web:12 hea~
                         10:03:00  10 % of traffic to web:12, 9~
                         10:04:00  20 % of traffic to web:12, 8~
                        """);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 30, 31, 47, 63, 80, 120, 300})
    void noLineIsWiderThanTheTerminal(int width) {
        Look look = new Look(width, true);
        DeploymentView view = Timelines.planned("r1", "ann".repeat(50))
                .shifting()
                .at(300, new DeploymentEvent.Warned(NOW, "überlange 警告 ".repeat(30)))
                .ended(Outcome.ROLLED_BACK, "an alarm ".repeat(40), 100, 0)
                .view();

        assertThat(new TerminalView(look, ZoneOffset.UTC).lines(view, NOW))
                .allSatisfy(line -> assertThat(line.columnLength()).isLessThanOrEqualTo(look.width()));
    }

    @Test
    void namesCannotSteerTheTerminal() {
        DeploymentView view = Timelines.planned("r1", "\u001b[2Jann\u0007\u009b31m\r\nroot")
                .shifting()
                .at(
                        280,
                        new DeploymentEvent.TaskStopped(
                                NOW, Side.REPLACEMENT, "t1", "boom \u001b]0;owned\u0007 \u202eevil\u202c", 1))
                .at(281, new DeploymentEvent.AlarmChanged(NOW, "a\u001b[1mb", "ALARM", "red\nhot", NOW))
                .ended(Outcome.ROLLED_BACK, "be\u0008cause\u2028of", 100, 0)
                .view();

        List<AttributedString> lines = new TerminalView(new Look(200, true), ZoneOffset.UTC).lines(view, NOW);

        assertThat(lines)
                .allSatisfy(line -> assertThat(line.toString()).doesNotMatch(".*[\\p{Cc}\\p{Cf}\\u2028\\u2029].*"));
        assertThat(text(view, new Look(200, true)))
                .contains("by [2Jann31m  root", "boom ]0;owned evil (exit code 1)", "a[1mb", "becauseof");
    }

    @Test
    void aDeploymentThatHasNotBegunIsShownToo() {
        DeploymentView nothing = ViewFold.fold(List.of());

        assertThat(text(nothing, new Look(80, true)))
                .startsWith("deployment\nPLANNING")
                .contains("not named yet");
    }

    @Test
    void tellsWhyItWasRefused() {
        DeploymentView view = Timelines.planned("r1", "ann")
                .at(
                        5,
                        new DeploymentEvent.Checked(
                                NOW,
                                Check.refused("group-free", "d-OLD is active since 09:00", "wait for it or stop it")))
                .ended(Outcome.REFUSED, "group-free", 100, 0)
                .view();

        assertThat(text(view, new Look(80, true)))
                .contains(" refused     d-OLD is active since 09:00: wait for it or stop it", " verdict     REFUSED");
    }

    @Test
    void tellsOfTheTaskBeforeTraffic() {
        List<String> command = List.of("java", "-cp", "app.jar", "Migrate");
        Timelines timeline = Timelines.planned("r1", "ann")
                .at(20, new DeploymentEvent.TaskRunStarted(NOW, "task-1", "web", command, false));
        assertThat(text(timeline.view(), new Look(80, true)))
                .contains(" before      runs before traffic: web [java -cp app.jar Migrate]");

        timeline.at(30, new DeploymentEvent.TaskRunEnded(NOW, "task-1", "web", 3, "exited", List.of()));
        assertThat(text(timeline.view(), new Look(80, true)))
                .contains(" before      exit code 3: web [java -cp app.jar Migrate]");
    }

    @Test
    void showsTheVerdictWithItsCauseAndTheWeightsReadBack() {
        DeploymentView view = Timelines.planned("r1", "ann")
                .shifting()
                .at(
                        300,
                        new DeploymentEvent.AlarmChanged(
                                NOW, "web-b-success-rate", "ALARM", "2 datapoints were below 99.5", NOW))
                .at(301, new DeploymentEvent.RollbackStarted(NOW, "d-ROLLBACK1", "the alarm is red"))
                .ended(Outcome.ROLLED_BACK, "the alarm web-b-success-rate was red", 100, 0)
                .view();

        assertThat(text(view, new Look(100, true)))
                .contains(
                        "ENDED  15:00 ",
                        " alarms      ● ALARM  web-b-success-rate",
                        " rollback    d-ROLLBACK1\n",
                        " verdict     ROLLED BACK · weights read back 100/0",
                        "             the alarm web-b-success-rate was red",
                        "✔[10] ")
                .doesNotContain(" next ");
    }

    @Test
    void countsOnWhenTheNextStepIsLate() {
        DeploymentView view = Timelines.planned("r1", "ann").shifting().view();

        List<AttributedString> lines =
                new TerminalView(new Look(80, true), ZoneOffset.UTC).lines(view, Timelines.START.plusSeconds(305));

        assertThat(lines).extracting(AttributedString::toString).contains(" next        shift to 30 %, due since 0:05");
    }

    private static String text(DeploymentView view, Look look) {
        return new TerminalView(look, ZoneOffset.UTC)
                .lines(view, NOW).stream().map(line -> line.toString() + "\n").collect(Collectors.joining());
    }
}
