package io.jenkins.plugins.ecscanary.jenkins.scan.page;

import hudson.Extension;
import hudson.model.Action;
import hudson.model.Api;
import hudson.model.Job;
import io.jenkins.plugins.ecscanary.jenkins.page.JobPage;
import io.jenkins.plugins.ecscanary.jenkins.scan.JobScans;
import io.jenkins.plugins.ecscanary.jenkins.scan.ScanLine;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import jenkins.model.TransientActionFactory;

/** A job's scans over its builds, as charts and as a table. Read from the job's index, never from builds. */
public final class JobScansAction extends JobPage {

    /** Below the job's address. */
    public static final String URL_NAME = "scans";

    /** A job that scans more than that has a page for it, not charts. */
    private static final int MOST_CHARTS = 6;

    private static final int MOST_ROWS = 100;

    JobScansAction(Job<?, ?> job) {
        super(job, "symbol-ecs-canary-scan plugin-ecs-canary-deploy");
    }

    @Override
    public String getDisplayName() {
        return Messages.JobScansAction_DisplayName();
    }

    @Override
    public String getUrlName() {
        return URL_NAME;
    }

    /** One for each thing that is scanned, the last scanned first. */
    public List<ScanTrend> getTrends() {
        Map<String, List<ScanLine>> byName = new LinkedHashMap<>();
        List<ScanLine> newestFirst = newestFirst();
        newestFirst.forEach(line ->
                byName.computeIfAbsent(line.name(), name -> new ArrayList<>()).add(line));
        return byName.entrySet().stream()
                .limit(MOST_CHARTS)
                .map(each -> ScanTrend.of(each.getKey(), each.getValue()))
                .toList();
    }

    /** The one of what was scanned last; null if there is none. */
    public ScanTrend getNewestTrend() {
        List<ScanTrend> trends = getTrends();
        return trends.isEmpty() ? null : trends.get(0);
    }

    /** Newest first. */
    public List<ScanLineRow> getRows() {
        return newestFirst().stream()
                .limit(MOST_ROWS)
                .map(line -> new ScanLineRow(getObject(), line))
                .toList();
    }

    private List<ScanLine> newestFirst() {
        List<ScanLine> lines = new ArrayList<>(JobScans.of(getObject()));
        Collections.reverse(lines);
        return lines;
    }

    /** The same as JSON or XML. */
    public Api getApi() {
        return new Api(new ScanLinesBean(newestFirst().stream().limit(MOST_ROWS).toList()));
    }

    /** On every job that has scanned something. Asked at each of the job's pages: nothing is read. */
    @Extension
    public static final class Factory extends TransientActionFactory<Job> {
        @Override
        public Class<Job> type() {
            return Job.class;
        }

        @Override
        public Collection<? extends Action> createFor(Job target) {
            Job<?, ?> job = target;
            return JobScans.any(job) ? List.of(new JobScansAction(job)) : List.of();
        }
    }
}
