package io.jenkins.plugins.ecscanary.cli.history;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.ecscanary.cli.Timelines;
import io.jenkins.plugins.ecscanary.engine.model.Outcome;
import io.jenkins.plugins.ecscanary.engine.record.RecordSummary;
import java.time.ZoneOffset;
import java.util.List;
import org.junit.jupiter.api.Test;

class HistoryTableTest {

    @Test
    void tellsWhenWhoWhatVerdictDurationAndCause() {
        RecordSummary unfinished = new RecordSummary(
                "r-new",
                Timelines.SERVICE,
                "redeploy",
                "r-a",
                "b\u001bob",
                Timelines.START.plusSeconds(3600),
                null,
                null,
                null,
                null);
        RecordSummary promoted = RedeployTargetTest.record(
                "r-a",
                "d-A1B2C3D4E",
                Timelines.revision(12, "web:2"),
                Timelines.revision(11, "web:1"),
                Outcome.ROLLED_BACK);

        assertThat(String.join("\n", new HistoryTable(ZoneOffset.UTC).lines(List.of(unfinished, promoted))))
                .isEqualTo(
                        """
                        WHEN              DEPLOYMENT   WHO  SERVICE   WHAT                     VERDICT      TOOK   CAUSE
                        2026-01-05 11:00  r-new        bob  shop/web  redeploy ? -> ?          unfinished
                        2026-01-05 10:00  d-A1B2C3D4E  ann  shop/web  deploy web:11 -> web:12  ROLLED_BACK  15:30  because of things""");
    }
}
