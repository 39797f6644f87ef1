package io.jenkins.plugins.ecscanary.progressview;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.function.UnaryOperator;

/** View documents to show: realistic ones from files, and what tests make of them. */
final class Documents {
    private static final ObjectMapper JSON = new ObjectMapper();

    private Documents() {}

    static ObjectNode running() {
        return read("running.json");
    }

    static ObjectNode promoted() {
        return read("promoted.json");
    }

    static ObjectNode rollingBack() {
        return read("rolling-back.json");
    }

    static ObjectNode rolledBack() {
        return read("rolled-back.json");
    }

    static ObjectNode refused() {
        return read("refused.json");
    }

    static ObjectNode read(String name) {
        try (InputStream in = Documents.class.getResourceAsStream(name)) {
            return (ObjectNode) JSON.readTree(in);
        } catch (IOException e) {
            throw new UncheckedIOException(name, e);
        }
    }

    static ObjectNode object(String json) {
        try {
            return (ObjectNode) JSON.readTree(json);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(json, e);
        }
    }

    static ObjectNode inPhase(String phase) {
        ObjectNode document = running();
        document.put("phase", phase);
        return document;
    }

    static ObjectNode endedWith(String outcome, String cause) {
        ObjectNode document = running();
        document.put("phase", "ENDED")
                .put("ended", true)
                .put("endedAt", "2026-11-23T18:37:00.000Z")
                .putNull("next");
        document.putObject("verdict")
                .put("outcome", outcome)
                .put("cause", cause)
                .put("at", "2026-11-23T18:37:00.000Z")
                .put("provisional", false)
                .put("originalWeight", 60)
                .put("replacementWeight", 40);
        return document;
    }

    /** As little as the contract allows: what may be null is, and every list is empty. */
    static ObjectNode reduced() {
        return object(
                """
                {"schema": 1, "id": "20261123T183000Z-4f2a9c", "version": 1, "speed": 1,
                 "lastEventAt": "2026-11-23T18:30:00.000Z",
                 "service": {"account": null, "region": null, "cluster": null, "service": "web"},
                 "deploymentId": null, "consoleUrl": null, "kind": "deploy", "redeployOf": null, "startedBy": null,
                 "startedAt": "2026-11-23T18:30:00.000Z", "endedAt": null, "phase": "PLANNING", "ended": false,
                 "verdict": null,
                 "original": {"targetGroup": null, "taskDefinition": null, "image": null, "imageDigest": null,
                    "weight": null, "tasks": {"desired": 0, "running": 0, "pending": 0},
                    "targets": {"healthy": 0, "total": 0, "reasons": []},
                    "judged": {"requests": 0, "errors": 0, "successRate": null, "state": "NO_DATA"}},
                 "replacement": {"targetGroup": null, "taskDefinition": null, "image": null, "imageDigest": null,
                    "weight": null, "tasks": null, "targets": null, "judged": null},
                 "plan": {"label": "all at once", "config": null, "steps": [], "milestones": []},
                 "next": null, "criterion": {"threshold": 99.5, "datapoints": 2, "minRequests": 50, "periodSeconds": 60},
                 "alarms": [], "gates": [], "lifecycle": [], "rollback": null, "checks": [], "warnings": [],
                 "weights": [], "rates": [], "stoppedTasks": [], "log": []}
                """);
    }

    /** Every text replaced, in lists that would be empty too; but for two by which the view decides what to show. */
    static ObjectNode withEveryText(ObjectNode document, UnaryOperator<String> replacement) {
        document.putObject("rollback")
                .put("deploymentId", "d")
                .put("startedAt", "s")
                .put("cause", "c");
        document.putArray("warnings").addObject().put("seq", 1).put("at", "a").put("text", "t");
        document.putArray("gates")
                .addObject()
                .put("name", "n")
                .put("state", "WAITING")
                .put("openedAt", "o")
                .put("who", "w")
                .put("note", "n");
        document.putArray("stoppedTasks")
                .addObject()
                .put("seq", 1)
                .put("task", "t")
                .put("target", "t")
                .put("reason", "r")
                .put("exitCode", 1);
        ((ArrayNode) document.at("/replacement/targets/reasons")).add("r");
        document.put("redeployOf", "r");

        replaceTexts(document, replacement);
        document.put("kind", "redeploy");
        ((ObjectNode) document.at("/gates/0")).put("state", "WAITING");
        return document;
    }

    private static void replaceTexts(JsonNode node, UnaryOperator<String> replacement) {
        if (node instanceof ObjectNode object) {
            for (Map.Entry<String, JsonNode> member : object.properties()) {
                if (member.getValue().isTextual()) {
                    member.setValue(new TextNode(replacement.apply(member.getKey())));
                } else {
                    replaceTexts(member.getValue(), replacement);
                }
            }
        } else if (node instanceof ArrayNode array) {
            for (int i = 0; i < array.size(); i++) {
                if (array.get(i).isTextual()) {
                    array.set(i, new TextNode(replacement.apply("item")));
                } else {
                    replaceTexts(array.get(i), replacement);
                }
            }
        }
    }
}
