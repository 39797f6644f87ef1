package io.jenkins.plugins.ecscanary.jenkins.history;

import hudson.model.Job;
import io.jenkins.plugins.ecscanary.engine.figures.ChangeSince;
import io.jenkins.plugins.ecscanary.engine.model.Outcome;
import io.jenkins.plugins.ecscanary.engine.model.RevisionChange;
import io.jenkins.plugins.ecscanary.engine.record.RecordSummary;
import io.jenkins.plugins.ecscanary.engine.view.DeploymentView.ChangesView;
import io.jenkins.plugins.ecscanary.jenkins.access.CanaryPermissions;
import io.jenkins.plugins.ecscanary.jenkins.deployments.Deployments;
import io.jenkins.plugins.ecscanary.jenkins.deployments.Origin;
import io.jenkins.plugins.ecscanary.jenkins.deployments.RedeployMode;
import io.jenkins.plugins.ecscanary.jenkins.rest.RecordBean;
import io.jenkins.plugins.ecscanary.jenkins.run.CanaryRunAction;
import io.jenkins.plugins.ecscanary.jenkins.run.OneLine;
import io.jenkins.plugins.ecscanary.jenkins.run.Tone;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.Locale;
import jenkins.model.ParameterizedJobMixIn;

/**
 * A deployment in a history. Whoever may not read the job that made it sees when, what and how it ended, since that concerns the
 * service, and no name or word of people.
 */
public final class HistoryRow {

    private final RecordSummary record;
    private final Job<?, ?> page;
    private final Origin origin;
    private final Job<?, ?> job;
    private Sparklines.Told told;

    /** @param page the job whose page it is shown on; only its own deployments are shipped again from there. Or null */
    HistoryRow(RecordSummary record, Job<?, ?> page) {
        this.record = record;
        this.page = page;
        this.origin = Deployments.get().origin(record.id()).orElse(null);
        this.job = origin == null ? null : page != null && origin.isOf(page) ? page : origin.readableJob();
    }

    /** The job that made it, or null if that is gone or may not be read. */
    public Job<?, ?> getJob() {
        return job;
    }

    public String getId() {
        return record.id();
    }

    public Date getWhen() {
        return Date.from(record.startedAt());
    }

    /** ISO 8601. */
    public String getWhenIso() {
        return record.startedAt().toString();
    }

    /** Null where the reader may not know. */
    public String getWho() {
        return job == null || record.startedBy() == null ? null : OneLine.of(record.startedBy());
    }

    public boolean isRedeployment() {
        return record.redeployOf() != null;
    }

    /** Null if it never got as far as a revision. */
    public String getRevision() {
        ChangeSince change = ChangeSince.of(record);
        return change == null
                ? null
                : OneLine.of(Shown.revision(record.revision(), change.tag().after()));
    }

    /** What served before, or that it is the same image; null if that is not known. */
    public String getBefore() {
        ChangeSince change = ChangeSince.of(record);
        if (change == null || record.original() == null) {
            return null;
        }
        String before =
                OneLine.of(Shown.revision(record.original(), change.tag().before()));
        return change.sameImage() ? Messages.HistoryRow_SameImage(before) : Messages.HistoryRow_InsteadOf(before);
    }

    /** In a word or two. */
    public String getState() {
        return record.verdict() == null
                ? Messages.HistoryRow_UnderWay()
                : record.verdict().outcome().name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }

    /** For how the state is shown. */
    public String getTone() {
        return Tone.of(record.verdict());
    }

    /** Whether all traffic has shifted but AWS could still roll it back. */
    public boolean isProvisional() {
        return record.verdict() != null
                && record.verdict().outcome() == Outcome.PROMOTED
                && record.verdict().provisional();
    }

    /** One sentence, or null. */
    public String getCause() {
        return job == null || record.verdict() == null
                ? null
                : OneLine.of(record.verdict().cause());
    }

    /** From request to verdict; null while there is none. */
    public String getTook() {
        return record.verdict() == null
                ? null
                : Shown.span(
                        Duration.between(record.startedAt(), record.verdict().at()));
    }

    /** The points of the weight's curve, or null. Reads the timeline, once. */
    public String getCurve() {
        Sparkline curve = curve();
        return curve == null ? null : curve.points();
    }

    /** The same in words. */
    public String getCurveText() {
        Sparkline curve = curve();
        return curve == null ? null : Messages.HistoryRow_Curve(curve.highest(), curve.last());
    }

    private Sparkline curve() {
        return told().curve();
    }

    private Sparklines.Told told() {
        if (told == null) {
            told = Sparklines.get().of(Deployments.get(), record);
        }
        return told;
    }

    /** What the task definition changes against the one that served, a line each; null if nothing, or the reader may not know. */
    public List<String> getChanges() {
        ChangesView changes = job == null ? null : told().changes();
        if (changes == null || changes.items().isEmpty()) {
            return null;
        }
        List<String> lines = new ArrayList<>();
        for (RevisionChange change : changes.items()) {
            lines.add(OneLine.of(change.path() + ": " + Shown.change(change.before(), change.after())));
        }
        if (changes.more() > 0) {
            lines.add(Messages.HistoryRow_MoreChanges(changes.more()));
        }
        return lines;
    }

    /** Below Jenkins's root; null if the job is gone or may not be read, or the build is gone. */
    public String getBuildUrl() {
        return job == null || !origin.buildExists(job) ? null : job.getUrl() + origin.buildNumber() + "/";
    }

    /** {@code #12}, or {@code folder » other #12} where it is another job's; null if the job is gone or may not be read. */
    public String getBuildName() {
        if (job == null) {
            return null;
        }
        String number = "#" + origin.buildNumber();
        return job.equals(page) ? number : job.getFullDisplayName() + " " + number;
    }

    /** Of the deployment's own page, below Jenkins's root; null where {@link #getBuildUrl} is. */
    public String getUrl() {
        String build = getBuildUrl();
        return build == null ? null : build + CanaryRunAction.URL_NAME + "/" + record.id() + "/";
    }

    /** Whether its revision can be shipped again from here. */
    public boolean isRedeployable() {
        return job != null
                && job.equals(page)
                && record.verdict() != null
                && record.revision() != null
                && job.hasPermission(CanaryPermissions.REDEPLOY)
                && job instanceof ParameterizedJobMixIn.ParameterizedJob
                && job.isBuildable()
                && origin.buildExists(job);
    }

    /** Whether shipping it again runs the job's Pipeline; else nothing else runs. */
    public boolean isThroughPipeline() {
        return Deployments.get().redeployMode(record.id()) == RedeployMode.PIPELINE;
    }

    RecordBean bean() {
        return new RecordBean(record, job != null);
    }
}
