package io.jenkins.plugins.ecscanary.engine;

import io.jenkins.plugins.ecscanary.engine.timeline.TimelineEntry;
import io.jenkins.plugins.ecscanary.engine.view.DeploymentView;
import io.jenkins.plugins.ecscanary.engine.view.ViewFold;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A timeline as it is told: the entries so far, their fold, and who listens. Whoever comes late is told everything from the
 * first entry on. Only {@link #view()} may be called without the monitor of the object it belongs to.
 */
final class Telling {

    private static final Logger LOG = LoggerFactory.getLogger(Telling.class);

    private final ViewFold fold = new ViewFold();
    private final List<TimelineEntry> entries = new ArrayList<>();
    private final List<Consumer<TimelineEntry>> listeners = new ArrayList<>();
    private volatile DeploymentView view = fold.view();

    DeploymentView view() {
        return view;
    }

    int count() {
        return entries.size();
    }

    /** Takes an entry in and tells it. */
    void tell(TimelineEntry entry) {
        entries.add(entry);
        fold.apply(entry);
        view = fold.view();
        listeners.forEach(listener -> tell(listener, entry));
    }

    void listen(Consumer<TimelineEntry> listener) {
        entries.forEach(entry -> tell(listener, entry));
        listeners.add(listener);
    }

    /** A listener that throws must not hold up the deployment. */
    private static void tell(Consumer<TimelineEntry> listener, TimelineEntry entry) {
        try {
            listener.accept(entry);
        } catch (RuntimeException e) {
            LOG.warn("a listener failed on event {}", entry.seq(), e);
        }
    }
}
