package io.jenkins.plugins.ecscanary.engine.view;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.ecscanary.engine.json.Json;
import io.jenkins.plugins.ecscanary.engine.timeline.TimelineEntry;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/**
 * A recorded timeline frame by frame, as the replay document of {@code docs/view-document.md}: for each event what it
 * changed in the view document. The lists whose entries carry {@code seq} are left out, since the view document of the
 * end holds them for every version.
 */
public final class ReplayDocument {

    /** What a frame has under names of its own, {@code seq} and {@code at}, or what is the document's own. */
    private static final Set<String> OTHERWISE = Set.of("schema", "version", "lastEventAt");

    private static final List<RecordComponent> STATE = Arrays.stream(DeploymentView.class.getRecordComponents())
            .filter(member -> !OTHERWISE.contains(member.getName()))
            .filter(member -> !member.getAccessor().isAnnotationPresent(JsonIgnore.class))
            .filter(member -> !holdsSequence(member))
            .toList();

    private ReplayDocument() {}

    /** {@code {"schema": 1, "frames": [{"seq": 1, "at": "…", "set": {…}}, …]}}, a frame for each entry. */
    public static String json(List<TimelineEntry> entries) {
        ObjectMapper mapper = Json.mapper();
        ObjectNode document = mapper.createObjectNode().put("schema", DeploymentView.SCHEMA);
        ArrayNode frames = document.putArray("frames");
        ViewFold fold = new ViewFold();
        Map<String, Object> shown = new HashMap<>();
        for (TimelineEntry entry : entries) {
            fold.apply(entry);
            DeploymentView view = fold.view();
            ObjectNode frame = frames.addObject().put("seq", entry.seq());
            frame.set("at", mapper.valueToTree(view.lastEventAt()));
            ObjectNode set = frame.putObject("set");
            for (RecordComponent member : STATE) {
                Object value = value(member, view);
                if (!shown.containsKey(member.getName()) || !Objects.equals(shown.get(member.getName()), value)) {
                    shown.put(member.getName(), value);
                    set.set(member.getName(), mapper.valueToTree(value));
                }
            }
        }
        return document.toString();
    }

    private static Object value(RecordComponent member, DeploymentView view) {
        try {
            return member.getAccessor().invoke(view);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("every member of a view can be read", e);
        }
    }

    private static boolean holdsSequence(RecordComponent member) {
        return member.getGenericType() instanceof ParameterizedType list
                && list.getActualTypeArguments()[0] instanceof Class<?> entry
                && entry.isRecord()
                && Arrays.stream(entry.getRecordComponents())
                        .anyMatch(component -> component.getName().equals("seq"));
    }
}
