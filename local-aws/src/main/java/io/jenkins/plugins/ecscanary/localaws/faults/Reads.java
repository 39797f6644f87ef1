package io.jenkins.plugins.ecscanary.localaws.faults;

import java.util.List;

/** Which operations change nothing, as AWS's naming tells. */
final class Reads {

    private static final List<String> VERBS =
            List.of("Describe", "List", "Get", "BatchGet", "BatchCheck", "Filter", "Lookup");

    private Reads() {}

    static boolean isRead(String operation) {
        return VERBS.stream().anyMatch(operation::startsWith);
    }
}
