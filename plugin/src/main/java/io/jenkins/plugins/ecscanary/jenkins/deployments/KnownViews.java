package io.jenkins.plugins.ecscanary.jenkins.deployments;

import io.jenkins.plugins.ecscanary.engine.record.RecordStore;
import io.jenkins.plugins.ecscanary.engine.timeline.TimelineFile.UnreadableTimeline;
import io.jenkins.plugins.ecscanary.engine.view.DeploymentView;
import io.jenkins.plugins.ecscanary.engine.view.ViewFold;
import java.io.UncheckedIOException;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.logging.Level;
import java.util.logging.Logger;

/** What records tell of deployments that nobody follows: those that are over are kept, and those that can't be read are told. */
final class KnownViews {

    private static final Logger LOGGER = Logger.getLogger(KnownViews.class.getName());

    /** Of deployments that are over nothing changes any more; pages ask for the same few again and again. */
    private static final int ENDED = 200;

    private final RecordStore records;
    private final Map<String, DeploymentView> ended = Collections.synchronizedMap(new Newest<>(ENDED));
    private final Map<String, String> unreadable = new ConcurrentHashMap<>();

    KnownViews(RecordStore records) {
        this.records = records;
    }

    /** Null if there is nothing, or nothing that can be read. Reads files. */
    DeploymentView of(String id) {
        DeploymentView known = ended.get(id);
        if (known != null) {
            return known;
        }
        DeploymentView view;
        try {
            view = records.find(id)
                    .map(record -> ViewFold.fold(records.timeline(record)))
                    .orElse(null);
            unreadable.remove(id);
        } catch (UnreadableTimeline | UncheckedIOException e) {
            if (unreadable.put(id, e.getMessage()) == null) {
                LOGGER.log(Level.WARNING, "the deployment {0} can''t be shown: {1}", new Object[] {id, e.getMessage()});
            }
            return null;
        }
        if (view != null && view.ended()) {
            ended.put(id, view);
        }
        return view;
    }

    /** Why a record can't be read: known once it has been tried. */
    Optional<String> unreadable(String id) {
        return Optional.ofNullable(unreadable.get(id));
    }

    /** One sentence for each that could not be read, and still can't. Reads files. */
    Collection<String> unreadable() {
        List.copyOf(unreadable.keySet()).forEach(this::of);
        return List.copyOf(unreadable.values());
    }
}
