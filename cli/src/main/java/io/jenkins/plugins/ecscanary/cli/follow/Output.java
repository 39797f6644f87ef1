package io.jenkins.plugins.ecscanary.cli.follow;

import io.jenkins.plugins.ecscanary.engine.timeline.TimelineEntry;

/** Where a followed deployment is shown. All methods are called on one thread. */
public interface Output extends AutoCloseable {

    /** The next event; every one is told, in order. */
    void event(TimelineEntry entry);

    /** Called a few times a second. */
    void tick();

    /** A sentence about this process rather than about the deployment. */
    void say(String message);

    /** Everything has been told. */
    @Override
    void close();
}
