package io.jenkins.plugins.ecscanary.engine.view;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.jenkins.plugins.ecscanary.engine.json.Json;

/** The view as the JSON document of {@code docs/view-document.md}. */
public final class ViewDocument {

    private ViewDocument() {}

    public static String json(DeploymentView view) {
        try {
            return Json.mapper().writeValueAsString(view);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a view can always be written", e);
        }
    }

    /** Changes when and only when the document does; with quotes, as HTTP wants it. */
    public static String etag(DeploymentView view) {
        return "\"" + view.id() + "-" + view.version() + "\"";
    }
}
