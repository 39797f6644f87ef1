package io.jenkins.plugins.ecscanary.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.ecscanary.cli.Cli;
import io.jenkins.plugins.ecscanary.cli.Timelines;
import io.jenkins.plugins.ecscanary.engine.Present;
import io.jenkins.plugins.ecscanary.engine.model.Outcome;
import io.jenkins.plugins.ecscanary.engine.model.Wait;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code promote} and {@code rollback}. */
class OperatingCommandsTest {

    @TempDir
    private Path directory;

    private Cli cli;

    @BeforeEach
    void records() {
        cli = new Cli(directory);
    }

    @Test
    void promoteEndsTheWaitThatAwsIsIn() {
        cli.recorded(Timelines.planned("r1", "ann").shifting()).presently(present("InProgress", 100, Wait.TERMINATION));

        assertThat(cli.run("promote", "--by=ben", "--note=looks good")).isZero();
        assertThat(cli.watched).containsExactly("r1");
        assertThat(cli.asked).containsExactly("promote TERMINATION for ben: looks good");
        assertThat(cli.opened.get(0).region()).isEqualTo("eu-central-1");
    }

    @Test
    void promoteSaysWhyThereIsNothingToPromote() {
        cli.recorded(Timelines.planned("r1", "ann").shifting()).presently(present("InProgress", 30, null));
        assertThat(cli.run("promote", "d-A1B2C3D4E")).isEqualTo(1);
        assertThat(cli.err())
                .isEqualTo(
                        "ecs-canary: there is nothing to promote: d-A1B2C3D4E is InProgress, 30 % of traffic shifted,"
                                + " and AWS waits for nobody\n");
        cli.presently(null);
        assertThat(cli.run("promote")).isEqualTo(1);
        assertThat(cli.err()).contains("AWS has no deployment of r1");
        assertThat(cli.watched).isEmpty();
    }

    @Test
    void rollbackIsDoneWhenItIsRolledBack() {
        cli.recorded(Timelines.planned("r1", "ann").shifting())
                .presently(present("InProgress", 30, null))
                .tells(Timelines.planned("r1", "ann")
                        .shifting()
                        .ended(Outcome.ROLLED_BACK, "asked for by ben", 100, 0));

        assertThat(cli.run("rollback", "--by=ben")).isZero();
        assertThat(cli.asked).containsExactly("roll back for ben: null");
    }

    @ParameterizedTest
    @CsvSource({"PROMOTED, 1", "INCONCLUSIVE, 1", "ROLLBACK_FAILED, 4", "UNKNOWN, 7", "ABORTED, 0"})
    void rollbackTellsWhatBecameOfItOtherwise(Outcome outcome, int code) {
        cli.recorded(Timelines.planned("r1", "ann").shifting())
                .presently(present("InProgress", 100, Wait.TERMINATION))
                .tells(Timelines.planned("r1", "ann").shifting().ended(outcome, "because", 0, 100));
        assertThat(cli.run("rollback")).isEqualTo(code);
    }

    @Test
    void whatAwsHasCompletedIsNotRolledBack() {
        cli.recorded(Timelines.planned("r1", "ann").shifting()).presently(present("Succeeded", 100, null));
        assertThat(cli.run("rollback")).isEqualTo(1);
        assertThat(cli.err()).contains("nothing to roll back: d-A1B2C3D4E is Succeeded", "ecs-canary watch r1");
        assertThat(cli.asked).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"promote", "rollback"})
    void aFinishedRecordNeedsNoAwsToSaySo(String command) {
        cli.recorded(Timelines.planned("r1", "ann").shifting().ended(Outcome.PROMOTED, "all is well", 0, 100));
        assertThat(cli.run(command, "r1")).isEqualTo(1);
        assertThat(cli.err()).contains("d-A1B2C3D4E has ended: PROMOTED at 2026-");
        assertThat(cli.run(command)).isEqualTo(2);
        assertThat(cli.err()).contains("no deployment in").contains("is unfinished");
        assertThat(cli.run(command, "d-NONE")).isEqualTo(2);
        assertThat(cli.opened).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"promote", "rollback"})
    void ofSeveralUnfinishedOnesNoneIsChosen(String command) {
        cli.recorded(Timelines.planned("r1", "ann").shifting()).recorded(Timelines.planned("r2", "bob"));
        assertThat(cli.run(command)).isEqualTo(2);
        assertThat(cli.err())
                .contains("which deployment? Unfinished are ", "d-A1B2C3D4E of shop/web", "r2 of shop/web");
        assertThat(cli.opened).isEmpty();
    }

    @Test
    void aProvisionalVerdictIsNotTheEndForAws() {
        cli.recorded(Timelines.planned("r1", "ann").shifting().endedProvisionally("all is well"))
                .presently(present("InProgress", 100, Wait.TERMINATION));
        assertThat(cli.run("promote", "r1", "--by=ben")).isZero();
        assertThat(cli.run("rollback", "r1", "--by=ben")).isZero();
        assertThat(cli.out()).contains("asked AWS to roll back d-A1B2C3D4E");
        assertThat(cli.asked).containsExactly("promote r1 TERMINATION for ben: null", "roll back r1 for ben: null");
        assertThat(cli.watched).isEmpty();
    }

    private static Present present(String status, int replacement, Wait waits) {
        return new Present("d-A1B2C3D4E", status, null, null, null, 100 - replacement, replacement, waits);
    }
}
