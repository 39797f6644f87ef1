package io.jenkins.plugins.ecscanary.jenkins.history;

import hudson.model.Api;
import hudson.model.Job;
import hudson.model.ModelObject;
import io.jenkins.plugins.ecscanary.engine.figures.ChangeSince;
import io.jenkins.plugins.ecscanary.engine.figures.DeliveryFigures;
import io.jenkins.plugins.ecscanary.engine.figures.Serving;
import io.jenkins.plugins.ecscanary.engine.model.ServiceKey;
import io.jenkins.plugins.ecscanary.engine.record.RecordSummary;
import io.jenkins.plugins.ecscanary.jenkins.deployments.Deployments;
import io.jenkins.plugins.ecscanary.jenkins.rest.FiguresBean;
import io.jenkins.plugins.ecscanary.jenkins.rest.HistoryBean;
import io.jenkins.plugins.ecscanary.jenkins.rest.ServiceBean;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.Date;
import java.util.HexFormat;
import java.util.List;
import java.util.function.Predicate;
import org.kohsuke.stapler.Stapler;
import org.kohsuke.stapler.StaplerRequest2;

/** What was deployed to one service, as one job's page shows it: what is live now, DORA's figures, and the deployments, newest first. */
public final class ServiceHistory implements ModelObject {

    /** So many are on a page. */
    static final int PAGE = 50;

    /** So many are shown of each where there are several services. */
    static final int FEW = 5;

    private static final int TOKEN_BYTES = 8;

    private final ServiceKey key;
    private final List<RecordSummary> history;
    private final Job<?, ?> page;
    private final int most;
    private final DeliveryFigures figures;
    private final Serving serving;

    /**
     * @param history newest first
     * @param page the job whose page it is on, or null
     * @param most so many deployments are shown
     */
    ServiceHistory(ServiceKey key, List<RecordSummary> history, Job<?, ?> page, int most) {
        this.key = key;
        this.history = history;
        this.page = page;
        this.most = most;
        this.figures = DeliveryFigures.of(history, Instant.now(), DeliveryFigures.LAST_30_DAYS);
        this.serving = Serving.of(history).orElse(null);
    }

    /** Names the service in an address. */
    static String token(ServiceKey key) {
        String all = String.join("\n", key.account(), key.region(), key.cluster(), key.service());
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(all.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(hash, 0, TOKEN_BYTES);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    public String getToken() {
        return token(key);
    }

    public Job<?, ?> getObject() {
        return page;
    }

    @Override
    public String getDisplayName() {
        return Messages.ServiceHistory_DisplayName(getName());
    }

    public String getName() {
        return key.cluster() + "/" + key.service();
    }

    public String getPlace() {
        return key.region() + ", " + key.account();
    }

    public int getTotal() {
        return history.size();
    }

    /** How many newer ones there are than the first that is shown. */
    public int getFrom() {
        StaplerRequest2 request = Stapler.getCurrentRequest2();
        String wanted = request == null || most < PAGE ? null : request.getParameter("from");
        if (wanted == null || !wanted.matches("\\d{1,9}")) {
            return 0;
        }
        return Math.min(Integer.parseInt(wanted), Math.max(0, history.size() - 1));
    }

    public int getFirst() {
        return history.isEmpty() ? 0 : getFrom() + 1;
    }

    public int getLast() {
        return Math.min(getFrom() + most, history.size());
    }

    /** Where newer ones begin, or -1 if these are the newest. */
    public int getNewer() {
        return getFrom() == 0 ? -1 : Math.max(0, getFrom() - most);
    }

    /** Where older ones begin, or -1 if these are the oldest. */
    public int getOlder() {
        return getLast() < history.size() ? getLast() : -1;
    }

    public boolean isMore() {
        return history.size() > most;
    }

    public List<HistoryRow> getRows() {
        return history.subList(getFrom(), getLast()).stream()
                .map(record -> new HistoryRow(record, page))
                .toList();
    }

    /** The last one that was begun; null if there is none. */
    public HistoryRow getNewest() {
        return history.isEmpty() ? null : new HistoryRow(history.get(0), page);
    }

    /** What serves, or null where no record tells. */
    public String getServing() {
        if (serving == null) {
            return null;
        }
        return Shown.revision(
                serving.revision(),
                ChangeSince.between(null, serving.revision()).tag().after());
    }

    /** Whether the last deployment left no doubt. */
    public boolean isSure() {
        return serving == null || serving.sure();
    }

    public Date getServingSince() {
        return serving == null ? null : Date.from(serving.since());
    }

    /** The deployment that made it live; null where none of ours did. */
    public HistoryRow getServingBy() {
        return serving == null || serving.by() == null ? null : new HistoryRow(serving.by(), page);
    }

    /** Over the last thirty days. */
    public String getFrequency() {
        return Messages.ServiceHistory_Frequency(figures.live());
    }

    /** Null where nothing went to AWS. */
    public String getFailureRate() {
        return figures.changeFailureRate() == null
                ? null
                : Messages.ServiceHistory_FailureRate(
                        Math.round(figures.changeFailureRate() * 100),
                        figures.failed(),
                        figures.live() + figures.failed());
    }

    public String getTimeToRestore() {
        return span(figures.timeToRestore());
    }

    /** Since when the last deployments have failed, or null. */
    public Date getFailingSince() {
        return figures.failingSince() == null ? null : Date.from(figures.failingSince());
    }

    public String getLeadTime() {
        return span(figures.leadTime());
    }

    private static String span(Duration duration) {
        return duration == null ? null : Shown.span(duration);
    }

    HistoryBean bean() {
        return new HistoryBean(
                new ServiceBean(key),
                serving,
                new FiguresBean(figures),
                history.size(),
                getFrom(),
                getRows().stream().map(HistoryRow::bean).toList());
    }

    /** The same as JSON or XML. */
    public Api getApi() {
        return new Api(bean());
    }

    /**
     * The services that a page shows, the last one that was deployed to first.
     *
     * @param which of a history, newest first
     */
    static List<ServiceKey> services(Predicate<List<RecordSummary>> which) {
        Deployments deployments = Deployments.get();
        return deployments.records().services().stream()
                .map(deployments::readable)
                .filter(history -> !history.isEmpty() && which.test(history))
                .map(history -> history.get(0))
                .sorted(Comparator.comparing(RecordSummary::startedAt).reversed())
                .map(RecordSummary::service)
                .toList();
    }
}
