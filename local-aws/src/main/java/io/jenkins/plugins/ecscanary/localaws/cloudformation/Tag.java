package io.jenkins.plugins.ecscanary.localaws.cloudformation;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** A stack's tag on the wire. */
record Tag(String key, String value) {

    static List<Tag> list(Map<String, String> tags) {
        List<Tag> list = new ArrayList<>();
        tags.forEach((key, value) -> list.add(new Tag(key, value)));
        return list;
    }
}
