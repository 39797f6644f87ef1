package io.jenkins.plugins.ecscanary.jenkins.scan.page;

import hudson.model.Job;
import io.jenkins.plugins.ecscanary.engine.scan.ScanVerdict;
import io.jenkins.plugins.ecscanary.jenkins.run.OneLine;
import io.jenkins.plugins.ecscanary.jenkins.scan.ScanLine;
import java.util.Comparator;
import java.util.Date;
import java.util.Map;
import java.util.stream.Collectors;
import jenkins.model.lazy.LazyBuildMixIn;

/** A scan in a job's table. */
public final class ScanLineRow {

    private final Job<?, ?> job;
    private final ScanLine line;

    ScanLineRow(Job<?, ?> job, ScanLine line) {
        this.job = job;
        this.line = line;
    }

    public int getBuild() {
        return line.build();
    }

    /** Below the job's address; null if the build is gone. Loads nothing. */
    public String getAddress() {
        boolean there = job instanceof LazyBuildMixIn.LazyLoadingJob<?, ?> lazy
                && lazy.getLazyBuildMixIn().getRunMap().runExists(line.build());
        return there ? line.build() + "/" + ScanRunAction.URL_NAME + "/" + line.id() + "/" : null;
    }

    public Date getWhen() {
        return Date.from(line.at());
    }

    public String getWhenIso() {
        return line.at().toString();
    }

    public String getName() {
        return OneLine.of(line.name());
    }

    public String getVerdict() {
        return Verdicts.words(line.verdict());
    }

    public String getTone() {
        return Verdicts.tone(line.verdict());
    }

    /** Counts of what was not waived, the worst first. */
    public String getFindings() {
        return text(line);
    }

    static String text(ScanLine line) {
        if (line.verdict() == ScanVerdict.CLOSED) {
            return Verdicts.words(line.verdict());
        }
        String counts = line.open().entrySet().stream()
                .filter(each -> each.getValue() > 0)
                .sorted(Map.Entry.comparingByKey(Comparator.reverseOrder()))
                .map(each -> each.getValue() + " " + each.getKey())
                .collect(Collectors.joining(", "));
        return counts.isEmpty() ? Messages.ScanLineRow_Nothing() : counts;
    }

    public int getFresh() {
        return line.fresh();
    }

    public int getWaived() {
        return line.waived();
    }
}
