package io.jenkins.plugins.ecscanary.engine.view;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.ecscanary.engine.model.Outcome;
import io.jenkins.plugins.ecscanary.engine.model.Verdict;
import io.jenkins.plugins.ecscanary.engine.timeline.DeploymentEvent;
import io.jenkins.plugins.ecscanary.engine.timeline.TimelineEntry;
import io.jenkins.plugins.ecscanary.engine.timeline.Timelines;
import java.util.List;
import org.junit.jupiter.api.Test;

class ReplayDocumentTest {

    private static final ObjectMapper JSON = new ObjectMapper();

    private final List<TimelineEntry> timeline = Timelines.started()
            .weight(120, 10)
            .then(new DeploymentEvent.Warned(Timelines.at(130), "late"))
            .weight(180, 20)
            .then(new DeploymentEvent.RollbackStarted(Timelines.at(200), "d-ROLLBACK1", "alarm"))
            .weight(220, 0)
            .then(new DeploymentEvent.Ended(
                    Timelines.at(230), new Verdict(Outcome.ROLLED_BACK, "alarm", Timelines.at(230), false, 100, 0)))
            .entries();

    private static JsonNode read(String json) throws Exception {
        return JSON.readTree(json);
    }

    /** What a reader does: the last document, the frames' changes on top, and the entries up to that event. */
    private static JsonNode reconstructed(JsonNode last, JsonNode replay, int frames) {
        ObjectNode document = last.deepCopy();
        for (int i = 0; i < frames; i++) {
            JsonNode frame = replay.get("frames").get(i);
            document.setAll((ObjectNode) frame.get("set"));
            document.set("version", frame.get("seq"));
            document.set("lastEventAt", frame.get("at"));
        }
        int version = document.get("version").intValue();
        document.properties().forEach(member -> {
            if (member.getValue() instanceof ArrayNode list
                    && !list.isEmpty()
                    && list.get(0).has("seq")) {
                ArrayNode kept = list.arrayNode();
                list.forEach(entry -> {
                    if (entry.get("seq").intValue() <= version) {
                        kept.add(entry);
                    }
                });
                member.setValue(kept);
            }
        });
        return document;
    }

    @Test
    void theFramesAndTheLastDocumentGiveEveryDocumentThereWas() throws Exception {
        JsonNode last = read(ViewDocument.json(ViewFold.fold(timeline)));
        JsonNode replay = read(ReplayDocument.json(timeline));
        assertThat(replay.get("frames")).hasSize(timeline.size());
        for (int version = 1; version <= timeline.size(); version++) {
            JsonNode was = read(ViewDocument.json(ViewFold.fold(timeline.subList(0, version))));
            assertThat(reconstructed(last, replay, version)).isEqualTo(was);
        }
    }

    @Test
    void aFrameHoldsOnlyWhatItsEventChanged() throws Exception {
        JsonNode frames = read(ReplayDocument.json(timeline)).get("frames");
        JsonNode warned = frames.get(6);
        assertThat(warned.get("seq").intValue()).isEqualTo(7);
        assertThat(warned.get("set")).isEmpty();
        assertThat(frames.get(5).get("set").has("log")).isFalse();
        assertThat(frames.get(5).get("set").at("/replacement/weight").intValue())
                .isEqualTo(10);
        assertThat(frames.get(5).get("set").has("service")).isFalse();
    }
}
