package io.jenkins.plugins.ecscanary.localaws.proxy;

import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** A loop's connections to targets: those that wait for a request, and those that have one. */
final class TargetPool {

    private final Loop loop;
    private final ProxySettings settings;
    private final Map<Backend, Deque<TargetSide>> idle = new HashMap<>();
    private final Map<Backend, Set<TargetSide>> all = new HashMap<>();

    TargetPool(Loop loop, ProxySettings settings) {
        this.loop = loop;
        this.settings = settings;
    }

    ProxySettings settings() {
        return settings;
    }

    /**
     * A connection for a request: the one that was used last, else a new one.
     *
     * @param fresh whether it must be a new one
     */
    TargetSide take(Backend backend, boolean fresh) throws IOException {
        Deque<TargetSide> waiting = fresh ? null : idle.get(backend);
        TargetSide kept = waiting == null ? null : waiting.pollLast();
        if (kept != null) {
            return kept;
        }
        TargetSide opened = TargetSide.open(loop, this, backend);
        all.computeIfAbsent(backend, each -> new HashSet<>()).add(opened);
        return opened;
    }

    /** It has done its request and may have another one. */
    void give(TargetSide side) {
        if (side.backend().isCut()) {
            side.close();
            return;
        }
        idle.computeIfAbsent(side.backend(), each -> new ArrayDeque<>()).addLast(side);
        side.rest(settings.pooled().toNanos());
    }

    /** It is closed. */
    void forget(TargetSide side) {
        Set<TargetSide> open = all.get(side.backend());
        if (open != null && open.remove(side) && open.isEmpty()) {
            all.remove(side.backend());
        }
        Deque<TargetSide> waiting = idle.get(side.backend());
        if (waiting != null && waiting.remove(side) && waiting.isEmpty()) {
            idle.remove(side.backend());
        }
    }

    /** Closes every connection to a backend. */
    void cut(Backend backend) {
        List<TargetSide> open = new ArrayList<>(all.getOrDefault(backend, Set.of()));
        open.forEach(TargetSide::cut);
    }
}
