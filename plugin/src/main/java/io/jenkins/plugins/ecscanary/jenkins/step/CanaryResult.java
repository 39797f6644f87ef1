package io.jenkins.plugins.ecscanary.jenkins.step;

import io.jenkins.plugins.ecscanary.engine.model.Outcome;
import io.jenkins.plugins.ecscanary.engine.model.Verdict;
import io.jenkins.plugins.ecscanary.engine.view.DeploymentView;
import java.io.Serializable;
import java.time.Duration;
import java.time.Instant;
import org.jenkinsci.plugins.scriptsecurity.sandbox.whitelists.Whitelisted;

/** What came of a deployment, for the Pipeline that asked for it. Readable in the sandbox; holds no more than the record shows. */
public final class CanaryResult implements Serializable {
    private static final long serialVersionUID = 1L;

    private final String id;
    private final String verdict;
    private final String cause;
    private final boolean provisional;
    private final String deploymentId;
    private final String taskDefinition;
    private final String digest;
    private final String url;
    private final String timelineUrl;
    private final long durationSeconds;
    private final long shiftSeconds;
    private final long rollBackSeconds;

    /** @param url of the deployment's page, absolute where Jenkins knows its own address */
    static CanaryResult of(DeploymentView view, String url) {
        Verdict verdict = view.verdict();
        return new CanaryResult(
                view.id(),
                verdict.outcome().name(),
                verdict.cause(),
                verdict.provisional(),
                view.deploymentId(),
                taskDefinition(view),
                digest(view),
                url,
                seconds(view.startedAt(), view.endedAt()),
                seconds(shiftBegan(view), shiftOver(view)),
                view.rollback() == null ? 0 : seconds(view.rollback().startedAt(), view.endedAt()));
    }

    private static long seconds(Instant from, Instant to) {
        return from == null || to == null ? 0 : Duration.between(from, to).toSeconds();
    }

    private static Instant shiftBegan(DeploymentView view) {
        return firstWith(view, 1);
    }

    /** Whatever ended it. */
    private static Instant shiftOver(DeploymentView view) {
        if (view.rollback() != null) {
            return view.rollback().startedAt();
        }
        Instant all = firstWith(view, 100);
        return all == null ? view.endedAt() : all;
    }

    private static Instant firstWith(DeploymentView view, int percent) {
        return view.weights().stream()
                .filter(point -> point.replacement() >= percent)
                .map(DeploymentView.WeightPoint::at)
                .findFirst()
                .orElse(null);
    }

    /** Of a deployment that goes on while the Pipeline does. */
    static CanaryResult begun(DeploymentView view, String url) {
        return new CanaryResult(
                view.id(), null, null, true, view.deploymentId(), taskDefinition(view), digest(view), url, 0, 0, 0);
    }

    private static String taskDefinition(DeploymentView view) {
        return view.replacement() == null ? null : view.replacement().taskDefinition();
    }

    private static String digest(DeploymentView view) {
        return view.replacement() == null ? null : view.replacement().imageDigest();
    }

    private CanaryResult(
            String id,
            String verdict,
            String cause,
            boolean provisional,
            String deploymentId,
            String taskDefinition,
            String digest,
            String url,
            long durationSeconds,
            long shiftSeconds,
            long rollBackSeconds) {
        this.id = id;
        this.verdict = verdict;
        this.cause = cause;
        this.provisional = provisional;
        this.deploymentId = deploymentId;
        this.taskDefinition = taskDefinition;
        this.digest = digest;
        this.url = url;
        this.timelineUrl = url + "timeline";
        this.durationSeconds = durationSeconds;
        this.shiftSeconds = shiftSeconds;
        this.rollBackSeconds = rollBackSeconds;
    }

    /** The record's id. */
    @Whitelisted
    public String getId() {
        return id;
    }

    /** {@code PROMOTED}, {@code ROLLED_BACK} …, or null where the Pipeline did not wait for it. */
    @Whitelisted
    public String getVerdict() {
        return verdict;
    }

    @Whitelisted
    public boolean isPromoted() {
        return Outcome.PROMOTED.name().equals(verdict);
    }

    /** One sentence. */
    @Whitelisted
    public String getCause() {
        return cause;
    }

    /** Whether AWS could still roll it back. */
    @Whitelisted
    public boolean isProvisional() {
        return provisional;
    }

    /** CodeDeploy's, or null where none was created. */
    @Whitelisted
    public String getDeploymentId() {
        return deploymentId;
    }

    /** {@code family:revision} or ARN, as the record has it. */
    @Whitelisted
    public String getTaskDefinition() {
        return taskDefinition;
    }

    /** {@code sha256:…} of the image, or null where it is not known. */
    @Whitelisted
    public String getDigest() {
        return digest;
    }

    /** Of its page. */
    @Whitelisted
    public String getUrl() {
        return url;
    }

    /** Of its events, as JSON lines. */
    @Whitelisted
    public String getTimelineUrl() {
        return timelineUrl;
    }

    /** From request to verdict. */
    @Whitelisted
    public long getDurationSeconds() {
        return durationSeconds;
    }

    /** From the first traffic of the new version to the last, or to the roll back; 0 where it got none. */
    @Whitelisted
    public long getShiftSeconds() {
        return shiftSeconds;
    }

    /** From the roll back's beginning to its end; 0 where there was none. */
    @Whitelisted
    public long getRollBackSeconds() {
        return rollBackSeconds;
    }

    @Override
    @Whitelisted
    public String toString() {
        return verdict == null ? id : verdict + " (" + id + ")";
    }
}
