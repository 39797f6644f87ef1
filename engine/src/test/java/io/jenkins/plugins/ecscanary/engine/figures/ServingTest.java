package io.jenkins.plugins.ecscanary.engine.figures;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.ecscanary.engine.model.Outcome;
import io.jenkins.plugins.ecscanary.engine.model.Verdict;
import io.jenkins.plugins.ecscanary.engine.record.RecordSummary;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class ServingTest {

    static Stream<Arguments> serving() {
        return Stream.of(
                Arguments.of("promoted", new Records().deploy("a", 5, 10, Outcome.PROMOTED), "a", "r-0", true),
                Arguments.of(
                        "completed with too few requests",
                        new Records().deploy("a", 5, 10, Outcome.INCONCLUSIVE),
                        "a",
                        "r-0",
                        true),
                Arguments.of(
                        "rolled back since",
                        new Records().deploy("a", 5, 10, Outcome.PROMOTED).deploy("b", 4, 10, Outcome.ROLLED_BACK),
                        "a",
                        "r-0",
                        true),
                Arguments.of(
                        "under way",
                        new Records().deploy("a", 5, 10, Outcome.PROMOTED).deploy("b", 4, 10, null),
                        "a",
                        "r-0",
                        true),
                Arguments.of(
                        "refused before it was known what serves",
                        new Records().deploy("a", 5, 10, Outcome.PROMOTED).stopped(null, 4, Outcome.REFUSED),
                        "a",
                        "r-0",
                        true),
                Arguments.of(
                        "stopped half-way",
                        new Records().deploy("a", 5, 10, Outcome.PROMOTED).deploy("b", 4, 10, Outcome.ROLLBACK_FAILED),
                        "a",
                        "r-0",
                        false),
                Arguments.of(
                        "not seen to its end, but promoted since",
                        new Records()
                                .deploy("a", 5, 10, Outcome.PROMOTED)
                                .deploy("b", 4, 10, Outcome.UNKNOWN)
                                .deploy("c", 3, 10, Outcome.PROMOTED),
                        "c",
                        "r-2",
                        true));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource
    void serving(String what, Records records, String change, String by, boolean sure) {
        Serving serving = Serving.of(records.newestFirst()).orElseThrow();
        assertThat(serving.revision().digest()).isEqualTo(change);
        assertThat(serving.by().id()).isEqualTo(by);
        assertThat(serving.since()).isEqualTo(serving.by().verdict().at());
        assertThat(serving.sure()).isEqualTo(sure);
    }

    /** AWS may have rolled it back since, which its record never learns. */
    @Test
    void aProvisionalPromotionIsNotSureUntilTheNextDeploymentHasFoundIt() {
        RecordSummary promoted =
                new Records().deploy("a", 5, 10, Outcome.PROMOTED).newestFirst().get(0);
        RecordSummary provisional = new RecordSummary(
                promoted.id(),
                promoted.service(),
                promoted.kind(),
                null,
                promoted.startedBy(),
                promoted.startedAt(),
                promoted.revision(),
                promoted.original(),
                promoted.deploymentId(),
                new Verdict(Outcome.PROMOTED, "because", promoted.verdict().at(), true, 0, 100));
        Serving serving = Serving.of(List.of(provisional)).orElseThrow();
        assertThat(serving.revision().digest()).isEqualTo("a");
        assertThat(serving.sure()).isFalse();

        RecordSummary next = new Records()
                .deploy("a", 5, 10, Outcome.PROMOTED)
                .deploy("b", 4, 10, Outcome.ROLLED_BACK)
                .newestFirst()
                .get(0);
        assertThat(Serving.of(List.of(next, provisional)).orElseThrow().sure()).isTrue();
    }

    @Test
    void whatOthersDeployedIsKnownFromTheDeploymentThatFoundIt() {
        List<RecordSummary> history = new Records()
                .deploy("a", 5, 10, Outcome.PROMOTED)
                .deploy("b", 4, 10, Outcome.ROLLED_BACK)
                .newestFirst();
        RecordSummary last = history.get(0);
        RecordSummary found = new RecordSummary(
                last.id(),
                last.service(),
                last.kind(),
                null,
                last.startedBy(),
                last.startedAt(),
                last.revision(),
                Records.revision("x", 99),
                last.deploymentId(),
                last.verdict());
        Serving serving = Serving.of(List.of(found, history.get(1))).orElseThrow();
        assertThat(serving.revision().digest()).isEqualTo("x");
        assertThat(serving.by()).isNull();
        assertThat(serving.since()).isEqualTo(last.startedAt());
    }

    @Test
    void withoutARecordThatTellsNothingIsSaid() {
        assertThat(Serving.of(List.of())).isEmpty();
        assertThat(Serving.of(new Records().stopped("a", 5, Outcome.REFUSED).newestFirst()))
                .isEmpty();
    }
}
