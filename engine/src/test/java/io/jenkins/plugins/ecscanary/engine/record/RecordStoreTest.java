package io.jenkins.plugins.ecscanary.engine.record;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.ecscanary.engine.model.Outcome;
import io.jenkins.plugins.ecscanary.engine.model.ServiceKey;
import io.jenkins.plugins.ecscanary.engine.model.Verdict;
import io.jenkins.plugins.ecscanary.engine.timeline.DeploymentEvent;
import io.jenkins.plugins.ecscanary.engine.timeline.TimelineFile;
import io.jenkins.plugins.ecscanary.engine.timeline.Timelines;
import io.jenkins.plugins.ecscanary.engine.view.DeploymentView;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RecordStoreTest {

    @TempDir
    Path root;

    @Test
    void thereIsNothingBeforeTheFirstRecord() {
        RecordStore store = new RecordStore(root.resolve("not yet"));
        assertThat(store.history()).isEmpty();
        assertThat(store.find("d-A1B2C3D4E")).isEmpty();
        assertThatThrownBy(() -> store.timeline("nope")).hasMessageContaining("no record nope");
    }

    @Test
    void theLastLineOfAnIdCountsAndTheNewestComesFirst() {
        RecordStore store = new RecordStore(root);
        record(store, Timelines.SERVICE, Timelines.started());
        Timelines ended = Timelines.started()
                .then(new DeploymentEvent.Ended(
                        Timelines.at(900),
                        new Verdict(Outcome.PROMOTED, "all traffic", Timelines.at(900), false, 0, 100)));
        store.index(RecordStore.summary(ended.view()));
        assertThat(store.history()).hasSize(1);
        RecordSummary summary = store.history().get(0);
        assertThat(summary.verdict().outcome()).isEqualTo(Outcome.PROMOTED);
        assertThat(summary.revision()).isEqualTo(Timelines.NEW);
        assertThat(summary.original()).isEqualTo(Timelines.OLD);
        assertThat(store.find("d-A1B2C3D4E")).contains(summary);
        assertThat(store.find(summary.id())).contains(summary);
    }

    @Test
    void aMissingOrDamagedIndexIsMadeAnewFromTheTimelines() throws Exception {
        RecordStore store = new RecordStore(root);
        record(store, Timelines.SERVICE, Timelines.started());
        List<RecordSummary> before = store.history();
        Path index = find("index.jsonl");
        Files.writeString(index, "{\"id\":\"torn");
        assertThat(store.history()).isEqualTo(before);
        Files.delete(index);
        assertThat(store.history(Timelines.SERVICE)).isEqualTo(before);
        assertThat(Files.exists(index)).isTrue();
    }

    @Test
    void aRecordWhoseProcessDiedBeforeTheIndexNamedItIsFound() throws Exception {
        RecordStore store = new RecordStore(root);
        record(store, Timelines.SERVICE, Timelines.started());
        String other = "20261123T190000Z-0000aaaa";
        Path timeline = store.timelineFile(Timelines.started().view().id())
                .getParent()
                .resolveSibling(other)
                .resolve("timeline.jsonl");
        Files.createDirectories(timeline.getParent());
        Files.writeString(
                timeline,
                Files.readAllLines(store.timelineFile(Timelines.started().view().id()))
                                .get(0)
                                .replace(Timelines.started().view().id(), other)
                        + "\n");
        assertThat(store.history(Timelines.SERVICE))
                .extracting(RecordSummary::id)
                .contains(other);
        assertThat(store.find(other)).get().extracting(RecordSummary::verdict).isNull();
        assertThat(store.own(store.find(other).orElseThrow())).get().satisfies(TimelineFile::close);
    }

    @Test
    void aRecordWhoseFolderIsGoneIsGone() throws Exception {
        RecordStore store = new RecordStore(root);
        record(store, Timelines.SERVICE, Timelines.started());
        RecordSummary summary = store.history().get(0);
        Path folder = store.timelineFile(summary.id()).getParent();
        Files.move(folder, root.resolve("moved-away"));
        assertThat(store.history()).isEmpty();
        assertThat(store.find(summary.id())).isEmpty();
        assertThat(store.find(summary.deploymentId())).isEmpty();
        assertThat(new RecordStore(root).history(Timelines.SERVICE)).isEmpty();
        assertThatThrownBy(() -> store.own(summary))
                .isInstanceOf(RecordStore.NothingRecorded.class)
                .hasMessageContaining("nothing in the record " + summary.id());
        assertThat(folder).doesNotExist();

        Files.move(root.resolve("moved-away"), folder);
        assertThat(store.history()).containsExactly(summary);
        assertThat(store.find(summary.deploymentId())).contains(summary);
    }

    @Test
    void aDeploymentThatTwoRecordsNameIsFoundInTheOneThatIsLeft() throws Exception {
        RecordStore store = new RecordStore(root);
        record(store, Timelines.SERVICE, Timelines.started());
        RecordSummary first = store.history().get(0);
        store.create(Timelines.SERVICE, "20261123T190000Z-0000aaaa").close();
        store.index(new RecordSummary(
                "20261123T190000Z-0000aaaa",
                first.service(),
                first.kind(),
                null,
                first.startedBy(),
                first.startedAt().plusSeconds(1800),
                first.revision(),
                first.original(),
                first.deploymentId(),
                null));
        RecordSummary later = store.find(first.deploymentId()).orElseThrow();
        assertThat(later.id()).isEqualTo("20261123T190000Z-0000aaaa");
        Files.move(store.timelineFile(later.id()).getParent(), root.resolve("moved-away"));
        assertThat(store.find(first.deploymentId())).contains(first);
    }

    @Test
    void whatNothingWasEverWrittenToIsNotOwned() {
        RecordStore store = new RecordStore(root);
        DeploymentView view = Timelines.started().view();
        store.create(Timelines.SERVICE, view.id()).close();
        RecordSummary summary = RecordStore.summary(view);
        for (int again = 0; again < 2; again++) {
            assertThatThrownBy(() -> store.own(summary)).isInstanceOf(RecordStore.NothingRecorded.class);
        }
        store.create(Timelines.SERVICE, view.id()).close(); // it is not held either
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "{\"id\":\"torn"})
    void anIndexThatCanNeitherBeReadNorMadeAnewIsNotNeeded(String rest) throws Exception {
        RecordStore store = new RecordStore(root);
        record(store, Timelines.SERVICE, Timelines.started());
        List<RecordSummary> before = store.history();
        Path index = find("index.jsonl");
        Path lock = index.resolveSibling("index.lock");
        if (rest.isEmpty()) {
            Files.delete(index);
        } else {
            Files.writeString(index, Files.readString(index) + rest);
        }
        Files.delete(lock);
        Files.createDirectory(lock); // as where only reading is allowed, or the disk is full
        RecordStore other = new RecordStore(root);
        assertThat(other.history()).isEqualTo(before);
        assertThat(store.history()).isEqualTo(before);
        RecordStore.Reads read = other.reads();
        assertThat(other.history()).isEqualTo(before);
        assertThat(other.find("d-A1B2C3D4E")).contains(before.get(0));
        assertThat(other.reads().bytes()).as("of a timeline that is as it was").isEqualTo(read.bytes());

        Files.delete(lock);
        store.index(before.get(0));
        assertThat(store.history()).isEqualTo(before);
        assertThat(other.history()).isEqualTo(before);
        assertThat(Files.readAllLines(index)).hasSize(1);
    }

    @Test
    void anIndexThatCannotBeReplacedLeavesNothingBehind() throws Exception {
        RecordStore store = new RecordStore(root);
        record(store, Timelines.SERVICE, Timelines.started());
        List<RecordSummary> history = store.history();
        Path index = find("index.jsonl");
        Files.delete(index);
        Files.createDirectories(index.resolve("in the way"));
        IndexFile file = new IndexFile(index.getParent());
        assertThatThrownBy(() -> file.locked(() -> file.replace(history))).isInstanceOf(IOException.class);
        assertThat(store.history()).isEqualTo(history);
        try (Stream<Path> left = Files.list(index.getParent())) {
            assertThat(left.map(path -> path.getFileName().toString()))
                    .containsExactlyInAnyOrder(
                            "index.jsonl", "index.lock", history.get(0).id());
        }
    }

    @Test
    void whatAProcessLeftThatDiedWhileItMadeOneIsTidiedUp() throws Exception {
        RecordStore store = new RecordStore(root);
        record(store, Timelines.SERVICE, Timelines.started());
        Path left = Files.writeString(find("index.jsonl").resolveSibling("index123.tmp"), "{");
        Files.delete(find("index.jsonl"));
        assertThat(store.history()).hasSize(1);
        assertThat(left).doesNotExist();
    }

    @Test
    void aFileAmongTheRecordsIsNone() throws Exception {
        RecordStore store = new RecordStore(root);
        record(store, Timelines.SERVICE, Timelines.started());
        Files.writeString(find("index.jsonl").resolveSibling("index.jsonl~"), "a copy");
        assertThat(store.history()).hasSize(1);
        Files.delete(find("index.jsonl"));
        assertThat(store.history()).hasSize(1);
    }

    @Test
    void oneServiceThatCannotBeReadTakesNoOtherOneAway() throws Exception {
        ServiceKey batch = new ServiceKey("123456789012", "eu-central-1", ".shop/eu", "batch");
        RecordStore store = new RecordStore(root);
        record(store, Timelines.SERVICE, Timelines.started());
        RecordSummary readable = store.history().get(0);
        record(store, batch, planned(batch));
        Path timeline = store.timelineFile("in-batch");
        unreadable(timeline);

        for (RecordStore any : List.of(store, new RecordStore(root))) {
            assertThat(any.histories().all()).containsExactly(readable);
            assertThat(any.histories().unreadable()).singleElement().satisfies(service -> {
                assertThat(service.service()).isEqualTo(batch);
                assertThat(service.why()).contains("can't be read");
            });
            assertThat(any.services()).containsExactlyInAnyOrder(Timelines.SERVICE, batch);
            assertThat(any.history(Timelines.SERVICE)).containsExactly(readable);
            assertThat(any.find(readable.id())).contains(readable);
            assertThat(any.find("d-A1B2C3D4E")).contains(readable);
            for (String perhapsThere : List.of("in-batch", "nowhere")) {
                assertThatThrownBy(() -> any.find(perhapsThere))
                        .isInstanceOf(UncheckedIOException.class)
                        .hasMessageContaining("batch");
            }
            assertThatThrownBy(any::history).isInstanceOf(UncheckedIOException.class);
            assertThatThrownBy(() -> any.history(batch)).isInstanceOf(UncheckedIOException.class);
        }
    }

    /** A record that only its timeline tells of, and that can't be opened. */
    private static void unreadable(Path timeline) throws IOException {
        Files.delete(timeline.getParent().resolveSibling("index.jsonl"));
        Files.delete(timeline);
        Files.createDirectory(timeline);
    }

    @Test
    @Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
    void anIndexThatIsBusyHoldsUpNoOtherService() throws Exception {
        ServiceKey batch = new ServiceKey("123456789012", "eu-central-1", "shop", "batch");
        RecordStore store = new RecordStore(root);
        record(store, Timelines.SERVICE, Timelines.started());
        CountDownLatch busy = new CountDownLatch(1);
        CountDownLatch over = new CountDownLatch(1);
        Path folder = find("index.jsonl").getParent();
        CompletableFuture<Void> making = CompletableFuture.runAsync(() -> {
            try {
                new IndexFile(folder).locked(() -> {
                    busy.countDown();
                    uninterrupted(over);
                });
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
        busy.await();
        record(store, batch, planned(batch));
        assertThat(store.find("in-batch")).isPresent();
        over.countDown();
        making.join();
    }

    private static void uninterrupted(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void theSameIndexIsWrittenByOneAtATimeUnderWhateverName() throws Exception {
        RecordStore store = new RecordStore(root.resolve("records"));
        record(store, Timelines.SERVICE, Timelines.started());
        Path other = Files.createSymbolicLink(root.resolve("other name"), root.resolve("records"));
        RecordSummary summary = store.history().get(0);
        List<CompletableFuture<Void>> writing = Stream.of(store, new RecordStore(other))
                .map(one -> CompletableFuture.runAsync(() -> {
                    for (int i = 0; i < 50; i++) {
                        one.index(summary);
                    }
                }))
                .toList();
        writing.forEach(CompletableFuture::join);
        assertThat(Files.readAllLines(find("index.jsonl"))).hasSize(101);
    }

    @Test
    void whoIsInterruptedStillIsInTheIndex() {
        RecordStore store = new RecordStore(root);
        store.create(Timelines.SERVICE, Timelines.started().view().id()).close();
        Thread.currentThread().interrupt();
        store.index(RecordStore.summary(Timelines.started().view()));
        assertThat(Thread.interrupted()).isTrue();
        assertThat(store.history()).hasSize(1);
    }

    @Test
    void whatIsNoRecordInTheIndexIsDamageToo() throws Exception {
        RecordStore store = new RecordStore(root);
        record(store, Timelines.SERVICE, Timelines.started());
        List<RecordSummary> before = store.history();
        Path index = find("index.jsonl");
        String line = Files.readString(index).strip();
        for (String damaged : List.of("null", "{}", "{\"id\":\"x\"}", line + line)) {
            Files.writeString(index, damaged + "\n");
            assertThat(store.history()).as(damaged).isEqualTo(before);
        }
    }

    @Test
    void namesNeverLeaveTheRoot() throws Exception {
        RecordStore store = new RecordStore(root.resolve("records"));
        ServiceKey hostile = new ServiceKey("..", "../..", "/etc", "..\\..\u0000x");
        store.create(hostile, "20261123T183000Z-4f2a9c").close();
        try (Stream<Path> paths = Files.walk(root)) {
            assertThat(paths.filter(Files::isRegularFile)).allMatch(path -> path.startsWith(root.resolve("records")));
        }
        try (Stream<Path> top = Files.list(root)) {
            assertThat(top).hasSize(1);
        }
    }

    @Test
    void anOwnedRecordIsNotOwnedTwice() {
        RecordStore store = new RecordStore(root);
        DeploymentView view = Timelines.started().view();
        try (TimelineFile owned = store.create(Timelines.SERVICE, view.id())) {
            Timelines.started().entries().forEach(entry -> owned.append(entry.event()));
            store.index(RecordStore.summary(view));
            RecordSummary summary = store.history().get(0);
            assertThat(store.own(summary)).isEmpty();
            assertThat(store.timeline(view.id())).hasSize(5); // reading must not give the ownership away
            assertThat(store.own(summary)).isEmpty();
        }
        assertThat(store.own(store.history().get(0))).isPresent().get().satisfies(TimelineFile::close);
    }

    private static void record(RecordStore store, ServiceKey service, Timelines timeline) {
        DeploymentView view = timeline.view();
        try (TimelineFile owned = store.create(service, view.id())) {
            timeline.entries().forEach(entry -> owned.append(entry.event()));
        }
        store.index(RecordStore.summary(view));
    }

    private static Timelines planned(ServiceKey service) {
        DeploymentEvent.Planned web = Timelines.planned("in-batch", Timelines.START);
        return new Timelines()
                .then(new DeploymentEvent.Planned(
                        web.at(),
                        web.id(),
                        service,
                        web.kind(),
                        web.redeployOf(),
                        web.startedBy(),
                        web.token(),
                        web.fingerprint(),
                        web.image(),
                        web.codeDeploy(),
                        web.traffic(),
                        web.milestones(),
                        web.criterion(),
                        web.alarms(),
                        web.timeout(),
                        web.speed(),
                        web.options()));
    }

    private Path find(String name) throws Exception {
        try (Stream<Path> paths = Files.walk(root)) {
            return paths.filter(path -> path.endsWith(name)).findFirst().orElseThrow();
        }
    }
}
