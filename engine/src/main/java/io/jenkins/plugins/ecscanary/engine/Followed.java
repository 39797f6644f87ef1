package io.jenkins.plugins.ecscanary.engine;

import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** The deployments that an engine follows and has to leave when it is closed. What is added later is left at once. */
final class Followed {

    private final Set<Running> all = new HashSet<>();
    private boolean closed;

    /** Remembers it for as long as it has no verdict. */
    <T extends Running> T add(T running) {
        boolean late;
        synchronized (this) {
            late = closed;
            all.add(running);
        }
        running.verdict().whenComplete((verdict, failure) -> remove(running));
        if (late) {
            running.leave();
        }
        return running;
    }

    private synchronized void remove(Running running) {
        all.remove(running);
    }

    void leaveAll() {
        List<Running> now;
        synchronized (this) {
            closed = true;
            now = List.copyOf(all);
        }
        now.forEach(Running::leave);
    }
}
