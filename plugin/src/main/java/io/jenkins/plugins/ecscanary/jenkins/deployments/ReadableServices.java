package io.jenkins.plugins.ecscanary.jenkins.deployments;

import io.jenkins.plugins.ecscanary.engine.model.ServiceKey;
import io.jenkins.plugins.ecscanary.engine.record.RecordStore;
import io.jenkins.plugins.ecscanary.engine.record.RecordSummary;
import java.io.UncheckedIOException;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.logging.Level;
import java.util.logging.Logger;

/** The histories of services for pages of many: one that can't be read takes none of the others away. */
final class ReadableServices {

    private static final Logger LOGGER = Logger.getLogger(ReadableServices.class.getName());

    private final RecordStore records;
    private final Map<ServiceKey, String> unreadable = new ConcurrentHashMap<>();

    ReadableServices(RecordStore records) {
        this.records = records;
    }

    /** Newest first; none where it can't be read. */
    List<RecordSummary> history(ServiceKey service) {
        try {
            List<RecordSummary> history = records.history(service);
            unreadable.remove(service);
            return history;
        } catch (UncheckedIOException e) {
            if (unreadable.put(service, e.getMessage()) == null) {
                LOGGER.log(Level.WARNING, e, () -> "the records of " + service + " are left out");
            }
            return List.of();
        }
    }

    /** Why those can't be read that could not when they were asked for last, and still can't. Reads files. */
    Collection<String> troubles() {
        List.copyOf(unreadable.keySet()).forEach(this::history);
        return List.copyOf(unreadable.values());
    }
}
