package io.jenkins.plugins.ecscanary.engine.record;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.ecscanary.engine.model.Outcome;
import io.jenkins.plugins.ecscanary.engine.model.ServiceKey;
import io.jenkins.plugins.ecscanary.engine.model.Verdict;
import io.jenkins.plugins.ecscanary.engine.record.RecordStore.Reads;
import io.jenkins.plugins.ecscanary.engine.timeline.TimelineFile;
import io.jenkins.plugins.ecscanary.engine.timeline.Timelines;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** How much is read for an answer, and that it is right all the same whoever wrote what. */
class ReadingLittleTest {

    private static final Instant LONG_AGO = Instant.parse("2026-01-01T00:00:00Z");

    @TempDir
    Path root;

    @Test
    void tenThousandOldRecordsTakeNoMoreThanTen() throws Exception {
        assertThat(readForOnePoll(10_000)).isEqualTo(readForOnePoll(10));
        assertThat(readForOnePoll(10)).isEqualTo(new Reads(0, 0, 0));
    }

    private Reads readForOnePoll(int records) throws Exception {
        Path there = root.resolve(Integer.toString(records));
        if (!Files.exists(there)) {
            writeIndex(folder(there, Timelines.SERVICE), records);
        }
        RecordStore store = new RecordStore(there);
        assertThat(store.history().size()).isEqualTo(records);
        Reads before = store.reads();
        assertThat(store.find("r-000007")).isPresent();
        assertThat(store.find("d-000007")).isPresent();
        assertThat(store.history(Timelines.SERVICE).size()).isEqualTo(records);
        assertThat(store.history().size()).isEqualTo(records);
        return since(before, store.reads());
    }

    @ParameterizedTest
    @ValueSource(ints = {10, 10_000})
    void ofAnIndexThatGrewOnlyItsEndIsRead(int records) throws Exception {
        writeIndex(folder(), records);
        RecordStore store = new RecordStore(root);
        assertThat(store.history().size()).isEqualTo(records);
        Reads before = store.reads();
        new RecordStore(root).index(old(records)); // another process
        assertThat(store.history().size()).isEqualTo(records + 1);
        assertThat(store.history().get(0).id()).isEqualTo("r-%06d".formatted(records));
        Reads read = since(before, store.reads());
        assertThat(read.files()).isEqualTo(1);
        assertThat(read.bytes()).isLessThan(4_000);
        assertThat(read.listings()).isZero();
    }

    @Test
    void theNamesAreReadAgainWhenARecordIsNewAndWhileItIsYoung() throws Exception {
        writeIndex(folder(), 3);
        Path folder = folder();
        RecordStore store = new RecordStore(root);
        assertThat(store.history()).hasSize(3);
        try (TimelineFile owned = store.create(Timelines.SERVICE, "20261123T183000Z-4f2a9c")) {
            Reads before = store.reads();
            assertThat(store.history()).hasSize(3);
            assertThat(store.history()).hasSize(3);
            assertThat(since(before, store.reads()).listings()).isEqualTo(2); // one in the same instant could come yet
            settle(folder);
            assertThat(store.history()).hasSize(3);
            before = store.reads();
            // Its folder does not change again: what becomes of it is seen in its timeline.
            Timelines.started().entries().forEach(entry -> owned.append(entry.event()));
            assertThat(store.find("d-A1B2C3D4E")).isPresent();
            assertThat(store.history()).hasSize(4);
            Reads read = since(before, store.reads());
            assertThat(read.listings()).isZero();
            assertThat(read.files()).isEqualTo(1);
        }
    }

    @Test
    void anIndexThatWasMadeAnewByAnotherProcessIsReadAsAWhole() throws Exception {
        writeIndex(folder(), 20);
        RecordStore store = new RecordStore(root);
        assertThat(store.history()).hasSize(20);
        // Longer than the old one, so that it could be taken for it.
        Path index = folder().resolve("index.jsonl");
        List<RecordSummary> others = new ArrayList<>();
        for (int i = 100; i < 150; i++) {
            others.add(old(i));
        }
        for (RecordSummary other : others) {
            Files.createDirectories(folder().resolve(other.id()));
            Files.createDirectories(folder().resolve(other.id().replace("r-0001", "s-0001")));
        }
        new IndexFile(folder()).replace(others);
        assertThat(store.history()).hasSize(50).noneMatch(record -> record.id().equals("r-000007"));
        assertThat(store.find("r-000007")).isEmpty();
        assertThat(store.find("d-000007")).isEmpty();
        // In place, as no process of ours does it: what is behind the old end is not taken for something appended.
        Files.createDirectories(folder().resolve(old(260).id()));
        Files.writeString(index, Files.readString(index).replace("r-0001", "s-0001") + line(260));
        assertThat(store.history()).hasSize(51).noneMatch(record -> record.id().startsWith("r-0001"));
    }

    @Test
    void anIndexWithHalfALineAtItsEndIsMadeAnewOnceNobodyWritesToIt() throws Exception {
        RecordStore store = new RecordStore(root);
        try (TimelineFile owned = store.create(Timelines.SERVICE, "20261123T183000Z-4f2a9c")) {
            Timelines.started().entries().forEach(entry -> owned.append(entry.event()));
        }
        store.index(RecordStore.summary(Timelines.started().view()));
        assertThat(store.history()).hasSize(1);
        Path index = folder().resolve("index.jsonl");
        Files.writeString(index, Files.readString(index) + "{\"id\":\"torn");
        assertThat(store.history()).hasSize(1);
        assertThat(Files.readString(index)).doesNotContain("torn").endsWith("\n");
        Files.createDirectories(folder().resolve(old(5).id()));
        store.index(old(5));
        assertThat(store.history()).hasSize(2);
    }

    @Test
    void aServiceWhoseFolderIsGoneHasNoRecords() throws Exception {
        writeIndex(folder(), 2);
        RecordStore store = new RecordStore(root);
        assertThat(store.services()).containsExactly(Timelines.SERVICE);
        assertThat(store.find("r-000001")).isPresent();
        Files.move(folder(), root.resolve("moved-away"));
        assertThat(store.find("r-000001")).isEmpty();
        assertThat(store.history(Timelines.SERVICE)).isEmpty();
        assertThat(store.services()).isEmpty();
    }

    @Test
    void theSameHistoryIsTheSameListAndCannotBeChanged() throws Exception {
        writeIndex(folder(), 2);
        RecordStore store = new RecordStore(root);
        List<RecordSummary> history = store.history(Timelines.SERVICE);
        assertThat(history).isUnmodifiable();
        assertThat(store.history(Timelines.SERVICE)).isSameAs(history);
        assertThat(store.history()).isSameAs(store.history());
        store.index(old(2));
        assertThat(history).hasSize(2);
        assertThat(store.history(Timelines.SERVICE)).hasSize(3);
    }

    private static Reads since(Reads before, Reads after) {
        return new Reads(
                after.files() - before.files(), after.bytes() - before.bytes(), after.listings() - before.listings());
    }

    /** As long ago as no change of it can go unseen. */
    private static void settle(Path folder) throws Exception {
        Files.setLastModifiedTime(folder, FileTime.from(LONG_AGO));
    }

    private Path folder() {
        return folder(root, Timelines.SERVICE);
    }

    private static Path folder(Path root, ServiceKey service) {
        return root.resolve(service.account())
                .resolve(service.region())
                .resolve(service.cluster())
                .resolve(service.service());
    }

    /** With a folder each, and one for the next. */
    private static void writeIndex(Path folder, int records) throws Exception {
        Files.createDirectories(folder);
        List<RecordSummary> all = new ArrayList<>();
        for (int i = 0; i < records; i++) {
            all.add(old(i));
            Files.createDirectory(folder.resolve(old(i).id()));
        }
        Files.createDirectory(folder.resolve(old(records).id()));
        IndexFile index = new IndexFile(folder);
        index.locked(() -> index.replace(all));
        settle(folder);
    }

    private String line(int number) throws Exception {
        Path elsewhere = Files.createDirectories(root.resolve("elsewhere"));
        new IndexFile(elsewhere).replace(List.of(old(number)));
        return Files.readString(elsewhere.resolve("index.jsonl"));
    }

    private static RecordSummary old(int number) {
        Instant at = LONG_AGO.plusSeconds(number * 3600L);
        return new RecordSummary(
                "r-%06d".formatted(number),
                Timelines.SERVICE,
                "deploy",
                null,
                "ann",
                at,
                Timelines.NEW,
                Timelines.OLD,
                "d-%06d".formatted(number),
                new Verdict(Outcome.PROMOTED, "all traffic", at.plusSeconds(600), false, 0, 100));
    }
}
