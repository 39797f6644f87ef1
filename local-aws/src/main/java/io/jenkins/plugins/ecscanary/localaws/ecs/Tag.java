package io.jenkins.plugins.ecscanary.localaws.ecs;

import java.util.List;

/** A key and a value people attach to a resource. */
record Tag(String key, String value) {

    /** Tags are answered only to those who ask for them with {@code include=TAGS}. */
    static List<Tag> ifIncluded(List<String> include, List<Tag> tags) {
        return include.contains("TAGS") ? tags : null;
    }
}
