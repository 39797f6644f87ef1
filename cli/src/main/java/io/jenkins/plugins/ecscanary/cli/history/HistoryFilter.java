package io.jenkins.plugins.ecscanary.cli.history;

import io.jenkins.plugins.ecscanary.engine.model.ServiceKey;
import io.jenkins.plugins.ecscanary.engine.record.Histories;

/**
 * Which services' records are meant; null is any.
 *
 * @param service the service's name
 */
public record HistoryFilter(String region, String cluster, String service) {

    /** Those of {@code histories}, and which of the services meant can't be read. */
    public Histories of(Histories histories) {
        return new Histories(
                histories.all().stream().filter(record -> is(record.service())).toList(),
                histories.unreadable().stream()
                        .filter(unreadable -> is(unreadable.service()))
                        .toList());
    }

    private boolean is(ServiceKey key) {
        return is(region, key.region()) && is(cluster, key.cluster()) && is(service, key.service());
    }

    private static boolean is(String wanted, String actual) {
        return wanted == null || wanted.equals(actual);
    }
}
