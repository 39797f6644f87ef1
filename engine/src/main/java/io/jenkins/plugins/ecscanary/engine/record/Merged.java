package io.jenkins.plugins.ecscanary.engine.record;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * The histories of several services as one, made anew only when one of them is another one.
 *
 * @param all newest first
 */
record Merged(List<List<RecordSummary>> services, List<RecordSummary> all) {

    static final Merged NOTHING = new Merged(List.of(), List.of());

    static Merged of(List<List<RecordSummary>> services) {
        List<RecordSummary> all = new ArrayList<>();
        services.forEach(all::addAll);
        all.sort(Comparator.comparing(RecordSummary::startedAt).reversed());
        return new Merged(List.copyOf(services), List.copyOf(all));
    }

    /** Whether it is made of these very lists. */
    boolean isOf(List<List<RecordSummary>> others) {
        if (others.size() != services.size()) {
            return false;
        }
        for (int i = 0; i < others.size(); i++) {
            if (others.get(i) != services.get(i)) {
                return false;
            }
        }
        return true;
    }
}
