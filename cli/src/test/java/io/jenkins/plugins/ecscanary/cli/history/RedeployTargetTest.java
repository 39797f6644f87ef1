package io.jenkins.plugins.ecscanary.cli.history;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.ecscanary.cli.CliFailure;
import io.jenkins.plugins.ecscanary.cli.Timelines;
import io.jenkins.plugins.ecscanary.engine.model.Outcome;
import io.jenkins.plugins.ecscanary.engine.model.Revision;
import io.jenkins.plugins.ecscanary.engine.model.ServiceKey;
import io.jenkins.plugins.ecscanary.engine.model.Verdict;
import io.jenkins.plugins.ecscanary.engine.record.Histories;
import io.jenkins.plugins.ecscanary.engine.record.RecordSummary;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class RedeployTargetTest {

    private static final Revision ONE = Timelines.revision(1, "web:1.0.0");
    private static final Revision TWO = Timelines.revision(2, "web:2.0.0");
    private static final Revision THREE = Timelines.revision(3, "web:3.0.0");

    private final RecordSummary promoted = record("r-a", "d-A", TWO, ONE, Outcome.PROMOTED);
    private final RecordSummary rolledBack = record("r-b", "d-B", THREE, TWO, Outcome.ROLLED_BACK);
    private final RecordSummary refused = record("r-c", null, null, null, Outcome.REFUSED);
    private final List<RecordSummary> history = List.of(refused, rolledBack, promoted);

    @Test
    void aRecordOrDeploymentMeansWhatItShipped() {
        assertThat(RedeployTarget.find("r-a", history)).isEqualTo(new RedeployTarget(promoted, TWO));
        assertThat(RedeployTarget.find("d-B", history)).isEqualTo(new RedeployTarget(rolledBack, THREE));
    }

    @Test
    void aRevisionIsFoundAsShippedAndAsOriginal() {
        assertThat(RedeployTarget.find("web:3", history)).isEqualTo(new RedeployTarget(rolledBack, THREE));
        assertThat(RedeployTarget.find("web:1", history)).isEqualTo(new RedeployTarget(promoted, ONE));
        assertThat(RedeployTarget.find(ONE.taskDefinition(), history)).isEqualTo(new RedeployTarget(promoted, ONE));
    }

    @Test
    void previousIsWhatRanBeforeTheLastThatTookOver() {
        assertThat(RedeployTarget.find("previous", history)).isEqualTo(new RedeployTarget(promoted, ONE));

        RecordSummary back = record("r-d", "d-D", ONE, TWO, Outcome.INCONCLUSIVE);
        assertThat(RedeployTarget.find("previous", List.of(back, refused, rolledBack, promoted)))
                .isEqualTo(new RedeployTarget(back, TWO));
    }

    @Test
    void whatDidNotStayIsPassedOver() {
        RecordSummary undone = record("r-e", "d-E", THREE, TWO, Outcome.PROMOTED);
        assertThat(RedeployTarget.previous(List.of(undone, refused, promoted), record -> !record.equals(undone)))
                .isEqualTo(new RedeployTarget(promoted, ONE));
    }

    @Test
    void saysWhatIsMissing() {
        assertThatThrownBy(() -> RedeployTarget.find("web:9", history))
                .isInstanceOf(CliFailure.class)
                .hasMessageContaining("'web:9'")
                .hasMessageContaining("ecs-canary history");
        assertThatThrownBy(() -> RedeployTarget.find("r-c", history)).hasMessageContaining("never got as far");
        assertThatThrownBy(() -> RedeployTarget.find("previous", List.of(refused, rolledBack)))
                .hasMessageContaining("no previous revision of shop/web");
        assertThatThrownBy(() -> RedeployTarget.find("previous", List.of()))
                .hasMessageContaining("nothing was deployed from here yet");
    }

    @Test
    void refusesToGuessBetweenServices() {
        ServiceKey elsewhere = new ServiceKey("123456789012", "eu-west-1", "shop", "web");
        RecordSummary other = new RecordSummary(
                "r-x", elsewhere, "deploy", null, "ann", Timelines.START, TWO, ONE, "d-X", promoted.verdict());

        assertThatThrownBy(() -> RedeployTarget.find("web:1", List.of(other, promoted)))
                .hasMessageContaining("several services")
                .hasMessageContaining("eu-west-1")
                .hasMessageContaining("--service");
        assertThat(RedeployTarget.find(
                        "web:1",
                        new HistoryFilter("eu-west-1", null, null)
                                .of(new Histories(List.of(other, promoted), List.of()))
                                .all()))
                .isEqualTo(new RedeployTarget(other, ONE));
    }

    static RecordSummary record(String id, String deploymentId, Revision revision, Revision original, Outcome outcome) {
        Instant end = Timelines.START.plusSeconds(930);
        Verdict verdict = new Verdict(outcome, "because of\nthings", end, false, 0, 100);
        return new RecordSummary(
                id,
                Timelines.SERVICE,
                "deploy",
                null,
                "ann",
                Timelines.START,
                revision,
                original,
                deploymentId,
                verdict);
    }
}
