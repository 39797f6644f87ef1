package io.jenkins.plugins.ecscanary.jenkins.history;

import hudson.Extension;
import hudson.ExtensionList;
import io.jenkins.plugins.ecscanary.engine.record.RecordStore;
import io.jenkins.plugins.ecscanary.engine.record.RecordSummary;
import io.jenkins.plugins.ecscanary.engine.timeline.TimelineFile.UnreadableTimeline;
import io.jenkins.plugins.ecscanary.engine.view.DeploymentView;
import io.jenkins.plugins.ecscanary.engine.view.ViewFold;
import io.jenkins.plugins.ecscanary.jenkins.deployments.Deployments;
import io.jenkins.plugins.ecscanary.jenkins.deployments.Followed;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.logging.Level;
import java.util.logging.Logger;

/** The curves of deployments. The index doesn't have them; those of finished ones are kept, since they don't change any more. */
@Extension
public final class Sparklines {

    private static final Logger LOGGER = Logger.getLogger(Sparklines.class.getName());

    /** Some dozens of pages; each has some hundred characters. */
    private static final int MOST = 2000;

    private final Map<String, Optional<Sparkline>> finished = new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Optional<Sparkline>> eldest) {
            return size() > MOST;
        }
    };

    /** The only one there is. */
    static Sparklines get() {
        return ExtensionList.lookupSingleton(Sparklines.class);
    }

    /** Null if there is none, or its timeline can't be read. That of one under way is not read: its view is in memory. */
    Sparkline of(Deployments deployments, RecordSummary record) {
        synchronized (finished) {
            Optional<Sparkline> known = finished.get(record.id());
            if (known != null) {
                return known.orElse(null);
            }
        }
        Optional<DeploymentView> live =
                record.verdict() == null ? deployments.find(record.id()).map(Followed::view) : Optional.empty();
        if (live.isPresent()) {
            return Sparkline.of(live.get());
        }
        Sparkline read = read(deployments.records(), record);
        if (record.verdict() != null) {
            synchronized (finished) {
                finished.put(record.id(), Optional.ofNullable(read));
            }
        }
        return read;
    }

    private static Sparkline read(RecordStore records, RecordSummary record) {
        try {
            return Sparkline.of(ViewFold.fold(records.timeline(record)));
        } catch (UnreadableTimeline | UncheckedIOException e) {
            LOGGER.log(Level.FINE, e, () -> "no curve of " + record.id());
            return null;
        }
    }
}
