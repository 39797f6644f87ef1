package io.jenkins.plugins.ecscanary.progressview;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** The replay document of a rolled-back deployment: a frame for each of its shifts, and its end. */
final class Frames {

    private Frames() {}

    static ObjectNode of(ObjectNode last) {
        ObjectNode document = JsonNodeFactory.instance.objectNode().put("schema", 1);
        ArrayNode frames = document.putArray("frames");
        ObjectNode first = frame(frames, 1, last.get("startedAt").textValue());
        first.put("phase", "PLANNING").put("ended", false);
        first.putNull("verdict").putNull("rollback").putNull("endedAt").putNull("next");
        first.set("original", weighted(last.get("original"), 100));
        first.set("replacement", weighted(last.get("replacement"), 0));
        for (JsonNode shift : last.get("weights")) {
            ObjectNode set =
                    frame(frames, shift.get("seq").intValue(), shift.get("at").textValue());
            set.put("phase", "SHIFTING");
            set.set(
                    "original",
                    weighted(last.get("original"), shift.get("original").intValue()));
            set.set(
                    "replacement",
                    weighted(last.get("replacement"), shift.get("replacement").intValue()));
            set.putObject("next").put("what", "shift").put("weight", 100).put("dueAt", "2026-11-23T18:40:00.000Z");
        }
        ObjectNode end = frame(
                frames, last.get("version").intValue(), last.get("lastEventAt").textValue());
        for (String member :
                new String[] {"phase", "ended", "verdict", "rollback", "endedAt", "next", "original", "replacement"}) {
            end.set(member, last.get(member));
        }
        return document;
    }

    private static ObjectNode frame(ArrayNode frames, int seq, String at) {
        return frames.addObject().put("seq", seq).put("at", at).putObject("set");
    }

    private static JsonNode weighted(JsonNode side, int weight) {
        return ((ObjectNode) side.deepCopy()).put("weight", weight);
    }
}
