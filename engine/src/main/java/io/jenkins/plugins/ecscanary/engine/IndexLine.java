package io.jenkins.plugins.ecscanary.engine;

import io.jenkins.plugins.ecscanary.engine.record.RecordStore;
import io.jenkins.plugins.ecscanary.engine.timeline.DeploymentEvent;
import io.jenkins.plugins.ecscanary.engine.view.DeploymentView;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What the index of a service says of a deployment. It is made of the timelines, so that it names nothing that none could tell,
 * and that it can't be written holds up nothing. To be used under its deployment's monitor.
 */
final class IndexLine {

    private static final Logger LOG = LoggerFactory.getLogger(IndexLine.class);

    private final RecordStore records;
    private boolean behind;

    IndexLine(RecordStore records) {
        this.records = records;
    }

    /** This has happened, and is on disk perhaps. */
    void happened(DeploymentEvent event) {
        behind |= RecordStore.changesSummary(event);
    }

    /** All that has happened is on disk. */
    void catchUp(DeploymentView view) {
        if (behind) {
            write(view);
        }
    }

    void write(DeploymentView view) {
        behind = false;
        if (view.service() == null) {
            return;
        }
        try {
            records.index(RecordStore.summary(view));
        } catch (RuntimeException e) {
            LOG.warn("the history does not show the present state of {}", view.id(), e);
        }
    }
}
