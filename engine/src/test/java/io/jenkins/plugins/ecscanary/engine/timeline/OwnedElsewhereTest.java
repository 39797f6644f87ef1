package io.jenkins.plugins.ecscanary.engine.timeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.jenkins.plugins.ecscanary.engine.record.RecordStore;
import io.jenkins.plugins.ecscanary.engine.record.RecordSummary;
import io.jenkins.plugins.ecscanary.engine.view.DeploymentView;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Who may only read a record can still tell whether another process follows it. */
@Timeout(60)
class OwnedElsewhereTest {

    @TempDir
    Path root;

    private RecordStore store;
    private RecordSummary record;
    private Path timeline;

    @BeforeEach
    void record() {
        store = new RecordStore(root);
        DeploymentView view = Timelines.started().view();
        try (TimelineFile file = store.create(Timelines.SERVICE, view.id())) {
            Timelines.started().entries().forEach(entry -> file.append(entry.event()));
        }
        store.index(RecordStore.summary(view));
        record = store.find(view.id()).orElseThrow();
        timeline = store.timelineFile(view.id());
    }

    @Test
    void anotherProcessIsSeenToOwnItAndToHaveGivenItUp() throws Exception {
        assertThat(TimelineFile.owned(timeline)).isFalse();
        Process owner = owner();
        try {
            assertThat(TimelineFile.owned(timeline)).isTrue();
            assertThat(store.own(record)).isEmpty();
        } finally {
            owner.destroyForcibly().waitFor();
        }
        assertThat(TimelineFile.owned(timeline)).isFalse();
        try (TimelineFile owned = store.own(record).orElseThrow()) {
            assertThat(TimelineFile.owned(timeline)).as("by this process").isTrue();
            assertThat(owned.entries()).hasSize(5);
        }
    }

    @Test
    void whoMayOnlyReadItLooksOnForAsLongAsSomeoneFollowsIt() throws Exception {
        Path lock = timeline.resolveSibling("owner.lock");
        assertThat(lock.toFile().setWritable(false)).isTrue();
        assumeThat(Files.isWritable(lock)).as("root may write to anything").isFalse();
        assertThatThrownBy(() -> store.own(record))
                .isInstanceOf(UncheckedIOException.class)
                .hasMessageContaining("which nobody follows")
                .hasMessageContaining(lock + " may not be written to");
        assertThat(lock.toFile().setWritable(true)).isTrue();
        Process owner = owner();
        try {
            assertThat(lock.toFile().setWritable(false)).isTrue();
            assertThat(store.own(record)).isEmpty();
        } finally {
            owner.destroyForcibly().waitFor();
        }
    }

    /** Owns the timeline when this returns. */
    private Process owner() throws IOException {
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        Process owner = new ProcessBuilder(List.of(
                        java, "-cp", System.getProperty("java.class.path"), Owner.class.getName(), timeline.toString()))
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        BufferedReader said = new BufferedReader(new InputStreamReader(owner.getInputStream(), StandardCharsets.UTF_8));
        assertThat(said.readLine()).isEqualTo("owned");
        return owner;
    }

    /** Owns a timeline until it is killed, or its parent is. */
    static final class Owner {

        private Owner() {}

        public static void main(String[] args) throws IOException {
            try (TimelineFile owned = TimelineFile.own(Path.of(args[0])).orElseThrow()) {
                System.out.println("owned");
                int end = System.in.read();
                System.out.println("given up after " + owned.entries().size() + ": " + end);
            }
        }
    }
}
