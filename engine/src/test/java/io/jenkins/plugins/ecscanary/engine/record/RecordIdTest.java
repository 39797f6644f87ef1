package io.jenkins.plugins.ecscanary.engine.record;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RecordIdTest {

    private static final Instant TEN = Instant.parse("2026-11-01T10:00:00Z");

    @Test
    void sortsByTheTimeOfItsMaking() {
        assertThat(RecordId.fresh(TEN)).startsWith("20261101T100000Z-").isLessThan(RecordId.fresh(TEN.plusSeconds(1)));
    }

    @Test
    void isNeverMadeTwice() {
        assertThat(RecordId.fresh(TEN)).isNotEqualTo(RecordId.fresh(TEN));
    }

    @Test
    void isOneThatAHostMayChoose() {
        String id = RecordId.fresh(TEN);
        assertThat(RecordId.require(id)).isSameAs(id);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "../secrets", "a/b", "a.b", "ä", "a b"})
    void isNothingThatLeadsElsewhere(String id) {
        assertThatThrownBy(() -> RecordId.require(id)).hasMessageContaining("is no id of a record");
    }

    @Test
    void isNotTooLongForAFilesName() {
        assertThat(RecordId.require("a".repeat(100))).hasSize(100);
        assertThatThrownBy(() -> RecordId.require("a".repeat(101))).hasMessageContaining("up to 100");
    }
}
