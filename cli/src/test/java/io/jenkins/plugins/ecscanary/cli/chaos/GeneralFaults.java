package io.jenkins.plugins.ecscanary.cli.chaos;

import io.jenkins.plugins.ecscanary.localaws.faults.FaultRule;
import io.jenkins.plugins.ecscanary.localaws.faults.FaultStatus;
import io.jenkins.plugins.ecscanary.localaws.faults.Faults;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Ten percent of all calls failing, in every way the switches know, and the account's buckets where they are wanted. */
final class GeneralFaults {

    /** Together some 10 %; stale ones fire only where the same was asked before. */
    private static final List<String> ALL = List.of(
            "*=throttle@0.02",
            "*=error:500@0.01",
            "*=error:503@0.01",
            "*=error:500,after@0.01",
            "*=error:503,after@0.01",
            "*=reset@0.01",
            "*=reset:after@0.01",
            "*=slow:200ms@0.01",
            "*=stale:30s@0.02");

    private final Faults faults;
    private final Map<String, Long> directed = new TreeMap<>();

    private GeneralFaults(Faults faults) {
        this.faults = faults;
    }

    static GeneralFaults on(Faults faults, boolean buckets) {
        List<String> texts = new ArrayList<>(ALL);
        if (buckets) {
            texts.add("*=buckets");
        }
        texts.forEach(text -> faults.switchOn(FaultRule.parse(text)));
        return new GeneralFaults(faults);
    }

    /** One more, until it is given back. */
    FaultStatus add(String text) {
        return faults.switchOn(FaultRule.parse(text));
    }

    synchronized void remove(FaultStatus given) {
        faults.active().stream()
                .filter(status -> status.id().equals(given.id()))
                .forEach(status -> directed.merge(kind(status), status.fired(), Long::sum));
        faults.switchOff(given.id());
    }

    /** How often each kind has fired. */
    synchronized Map<String, Long> fired() {
        Map<String, Long> all = new TreeMap<>(directed);
        faults.active().forEach(status -> all.merge(kind(status), status.fired(), Long::sum));
        return all;
    }

    /** Calls there were: the first rule is asked about every one. */
    long calls() {
        return faults.active().get(0).matched();
    }

    /** What goes wrong, without where and how often. */
    private static String kind(FaultStatus status) {
        String text = status.rule().toString();
        String fault = text.substring(text.indexOf('=') + 1);
        int at = fault.indexOf('@');
        String kind = at < 0 ? fault : fault.substring(0, at);
        return kind.startsWith("stale") || kind.startsWith("slow") ? kind.substring(0, kind.indexOf(':')) : kind;
    }
}
