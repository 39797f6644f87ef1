package io.jenkins.plugins.ecscanary.engine;

import static io.jenkins.plugins.ecscanary.engine.EngineWorld.ID;
import static io.jenkins.plugins.ecscanary.engine.EngineWorld.verdict;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.ecscanary.engine.aws.FakeAws;
import io.jenkins.plugins.ecscanary.engine.model.DeploymentOptions;
import io.jenkins.plugins.ecscanary.engine.model.Outcome;
import io.jenkins.plugins.ecscanary.engine.record.RecordStore;
import io.jenkins.plugins.ecscanary.engine.record.RecordSummary;
import io.jenkins.plugins.ecscanary.engine.timeline.DeploymentEvent;
import io.jenkins.plugins.ecscanary.engine.timeline.FullDisk;
import io.jenkins.plugins.ecscanary.engine.view.ViewFold;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Records that someone took away, that were never filled, or that could not be written: no service is blocked by one. */
class LostRecordTest {

    private static final String NEXT = "d-000000002";

    @TempDir
    Path state;

    private EngineWorld world;

    @BeforeEach
    void world() {
        world = new EngineWorld(state.resolve("records"));
    }

    @Test
    void anUnfinishedRecordWhoseFolderWasMovedAwayHoldsUpNothing() throws Exception {
        String id = unfinished();
        Path folder = folder(id);
        Files.move(folder, state.resolve("moved-away"));
        assertThat(world.deploy().view().deploymentId()).isEqualTo(NEXT);
        assertThat(folder).as("nor is it made again").doesNotExist();
        assertThat(world.records.history()).hasSize(1);
        assertThatThrownBy(() -> world.engine().watch(id)).hasMessageContaining("there is no record " + id);
    }

    @Test
    void norDoesOneThatIsEmpty() throws Exception {
        String id = unfinished();
        Files.writeString(folder(id).resolve("timeline.jsonl"), "");
        assertThatThrownBy(() -> world.engine().watch(id))
                .isInstanceOf(RecordStore.NothingRecorded.class)
                .hasMessageContaining("Delete its folder");
        assertThat(world.deploy().view().deploymentId()).isEqualTo(NEXT);
    }

    @Test
    void theOneThatAHostBeginsAgainIsBegunAnew() throws Exception {
        StartOptions named = new StartOptions("build-7", false, other -> {});
        world.killedDuring("targetHealth", false, world.request(DeploymentOptions.DEFAULT), named);
        Files.writeString(folder("build-7").resolve("timeline.jsonl"), "");
        Running again = world.engine().deploy(world.request(DeploymentOptions.DEFAULT), named);
        assertThat(again.view().id()).isEqualTo("build-7");
        assertThat(again.view().deploymentId()).isEqualTo(ID);
    }

    @Test
    void whatNoTimelineTellsTheIndexDoesNotTellEither() {
        QueuedExecutor queue = new QueuedExecutor();
        Running running = world.engine(queue).deploy(world.request(DeploymentOptions.DEFAULT));
        running.listen(entry -> Thread.interrupted()); // from the full disk
        FullDisk[] disk = new FullDisk[1];
        world.aws.before("targetHealth", () -> {
            if (disk[0] == null) {
                disk[0] = FullDisk.under(folder(running.view().id()).resolve("timeline.jsonl"));
            }
        });
        queue.runAll();
        assertThat(verdict(running).outcome()).isEqualTo(Outcome.REFUSED);
        assertThat(verdict(running).cause()).contains("nothing is started that can't be recorded");
        disk[0].room();
        List<RecordSummary> told = world.records.history();
        assertThat(told).singleElement().extracting(RecordSummary::verdict).isNull();
        assertThat(world.records.timeline(running.view().id())).hasSize(1);
        assertThat(world.deploy().view().deploymentId()).as("the next one").isEqualTo(ID);
    }

    @Test
    void whereNoRecordCanBeMadeNothingIsBegun() throws Exception {
        Path folder = folder(unfinished());
        Files.writeString(folder.resolveSibling("build-7"), "a file where a folder is to be");
        Running running = world.engine()
                .deploy(world.request(DeploymentOptions.DEFAULT), new StartOptions("build-7", false, other -> {}));
        assertThat(verdict(running).outcome()).isEqualTo(Outcome.REFUSED);
        assertThat(verdict(running).cause()).startsWith("nothing was begun").contains("a record can't be created");
        assertThat(world.aws.count("createDeployment")).as("but the first").isEqualTo(1);
    }

    @Test
    void whereAnEarlierOneCannotBeReadNothingIsBegunUntilItIsMovedAway() throws Exception {
        Path folder = folder(unfinished());
        Files.writeString(folder.resolve("timeline.jsonl"), "{\"schema\":99}\n");
        Running refused = world.deploy();
        assertThat(verdict(refused).outcome()).isEqualTo(Outcome.REFUSED);
        assertThat(verdict(refused).cause()).startsWith("nothing was begun").contains("move its folder away");
        Files.move(folder, state.resolve("moved-away"));
        assertThat(world.deploy().view().deploymentId()).isEqualTo(NEXT);
    }

    @Test
    void theEndIsWrittenIfThereIsRoomAgainByThen() {
        Running running = world.deploy();
        FullDisk[] disk = new FullDisk[1];
        running.listen(entry -> {
            Thread.interrupted(); // from the full disk
            if (entry.event() instanceof DeploymentEvent.Ended) {
                disk[0].room();
            }
        });
        disk[0] = FullDisk.under(folder(ID).resolve("timeline.jsonl"));
        running.rollBack("ann", "no");
        world.aws.status(ID, "Stopped", null, null).weights(FakeAws.LISTENER, 100, 0);
        world.advance(90);
        assertThat(verdict(running).outcome()).isEqualTo(Outcome.ROLLED_BACK);
        assertThat(world.records.find(ID))
                .get()
                .extracting(RecordSummary::verdict)
                .isEqualTo(verdict(running));
        assertThat(ViewFold.fold(world.records.timeline(ID))).isEqualTo(running.view());
    }

    private String unfinished() {
        Running running = world.deploy();
        running.leave();
        world.aws.status(ID, "Succeeded", null, null);
        return running.view().id();
    }

    private Path folder(String id) {
        return world.records.timelineFile(id).getParent();
    }
}
