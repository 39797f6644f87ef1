package io.jenkins.plugins.ecscanary.engine.record;

import io.jenkins.plugins.ecscanary.engine.model.ServiceKey;
import java.util.List;

/**
 * The histories of all services as far as they can be read.
 *
 * @param all their records, newest first
 * @param unreadable the services whose records are not among them
 */
public record Histories(List<RecordSummary> all, List<Unreadable> unreadable) {

    public Histories {
        all = List.copyOf(all);
        unreadable = List.copyOf(unreadable);
    }

    /**
     * A service whose records can't be read now.
     *
     * @param why for people
     */
    public record Unreadable(ServiceKey service, String why) {}
}
