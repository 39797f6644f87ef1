package io.jenkins.plugins.ecscanary.cli.history;

import io.jenkins.plugins.ecscanary.engine.record.RecordSummary;
import java.util.List;

/**
 * Which services' records are meant; null is any.
 *
 * @param service the service's name
 */
public record HistoryFilter(String region, String cluster, String service) {

    public List<RecordSummary> of(List<RecordSummary> history) {
        return history.stream()
                .filter(record -> is(region, record.service().region())
                        && is(cluster, record.service().cluster())
                        && is(service, record.service().service()))
                .toList();
    }

    private static boolean is(String wanted, String actual) {
        return wanted == null || wanted.equals(actual);
    }
}
