package io.jenkins.plugins.ecscanary.jenkins.history;

import hudson.Extension;
import hudson.ExtensionList;
import io.jenkins.plugins.ecscanary.engine.record.RecordStore;
import io.jenkins.plugins.ecscanary.engine.record.RecordSummary;
import io.jenkins.plugins.ecscanary.engine.timeline.TimelineFile.UnreadableTimeline;
import io.jenkins.plugins.ecscanary.engine.view.DeploymentView;
import io.jenkins.plugins.ecscanary.engine.view.DeploymentView.ChangesView;
import io.jenkins.plugins.ecscanary.engine.view.ViewFold;
import io.jenkins.plugins.ecscanary.jenkins.deployments.Deployments;
import io.jenkins.plugins.ecscanary.jenkins.deployments.Followed;
import java.io.UncheckedIOException;
import java.nio.file.NoSuchFileException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * What histories show of deployments that the index doesn't have: curves and changes. Those of finished ones are kept, since they
 * don't change any more.
 */
@Extension
public final class Sparklines {

    private static final Logger LOGGER = Logger.getLogger(Sparklines.class.getName());

    /** Some dozens of pages; each has some hundred characters, or a thousand. */
    private static final int MOST = 2000;

    private final Map<String, Told> finished = new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Told> eldest) {
            return size() > MOST;
        }
    };

    /** The only one there is. */
    static Sparklines get() {
        return ExtensionList.lookupSingleton(Sparklines.class);
    }

    /**
     * @param curve null while no traffic has been shifted
     * @param changes of the task definition against the one that served; null if they are not known
     */
    record Told(Sparkline curve, ChangesView changes) {

        private static final Told NOTHING = new Told(null, null);

        /** Nor will there be anything. */
        private static final Told GONE = new Told(null, null);

        static Told of(DeploymentView view) {
            return new Told(Sparkline.of(view), view.changes());
        }
    }

    /** That of one under way is not read: its view is in memory. Nothing where a timeline can't be read. */
    Told of(Deployments deployments, RecordSummary record) {
        synchronized (finished) {
            Told known = finished.get(record.id());
            if (known != null) {
                return known;
            }
        }
        Optional<DeploymentView> live =
                record.verdict() == null ? deployments.find(record.id()).map(Followed::view) : Optional.empty();
        if (live.isPresent()) {
            return Told.of(live.get());
        }
        Told read = read(deployments.records(), record);
        if (record.verdict() != null && read != Told.NOTHING) { // what can't be read may be mended
            synchronized (finished) {
                finished.put(record.id(), read);
            }
        }
        return read;
    }

    private static Told read(RecordStore records, RecordSummary record) {
        try {
            return Told.of(ViewFold.fold(records.timeline(record)));
        } catch (UnreadableTimeline | UncheckedIOException e) {
            LOGGER.log(Level.FINE, e, () -> "no curve of " + record.id());
            return e.getCause() instanceof NoSuchFileException ? Told.GONE : Told.NOTHING;
        }
    }
}
