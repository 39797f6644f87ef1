package io.jenkins.plugins.ecscanary.engine.view;

import com.fasterxml.jackson.annotation.JsonIgnore;
import io.jenkins.plugins.ecscanary.engine.model.Check;
import io.jenkins.plugins.ecscanary.engine.model.RevisionChange;
import io.jenkins.plugins.ecscanary.engine.model.ServiceKey;
import io.jenkins.plugins.ecscanary.engine.model.Side;
import io.jenkins.plugins.ecscanary.engine.model.Verdict;
import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A deployment as it is shown: the fold of its timeline, and exactly the document described in
 * {@code docs/view-document.md} (every component is a member there).
 */
public record DeploymentView(
        int schema,
        String id,
        int version,
        double speed,
        Instant lastEventAt,
        ServiceKey service,
        String deploymentId,
        String consoleUrl,
        String kind,
        String redeployOf,
        String startedBy,
        Instant startedAt,
        Instant endedAt,
        Phase phase,
        boolean ended,
        Verdict verdict,
        SideView original,
        SideView replacement,
        PlanView plan,
        Next next,
        CriterionView criterion,
        List<AlarmView> alarms,
        List<GateView> gates,
        List<LifecycleView> lifecycle,
        RollbackView rollback,
        TaskRunView taskRun,
        List<Check> checks,
        List<WarningView> warnings,
        List<WeightPoint> weights,
        List<RatePoint> rates,
        List<StoppedTask> stoppedTasks,
        List<LogLine> log,
        ChangesView changes,
        Map<String, String> links,
        @JsonIgnore Working working) {
    public DeploymentView {
        alarms = List.copyOf(alarms);
        gates = List.copyOf(gates);
        lifecycle = List.copyOf(lifecycle);
        checks = List.copyOf(checks);
        warnings = List.copyOf(warnings);
        weights = List.copyOf(weights);
        rates = List.copyOf(rates);
        stoppedTasks = List.copyOf(stoppedTasks);
        log = List.copyOf(log);
        links = Collections.unmodifiableMap(new LinkedHashMap<>(links));
    }

    /** The version of this shape. */
    public static final int SCHEMA = 1;

    public SideView side(Side side) {
        return side == Side.ORIGINAL ? original : replacement;
    }

    /** What the last event added to the log. */
    public List<LogLine> newestLines() {
        int first = log.size();
        while (first > 0 && log.get(first - 1).seq() == version) {
            first--;
        }
        return log.subList(first, log.size());
    }

    /** Where a deployment is. */
    public enum Phase {
        PLANNING,
        CHECKING,
        STARTING,
        INSTALLING,
        TESTING,
        SHIFTING,
        BAKING,
        ROLLING_BACK,
        ENDED
    }

    /** One of the two task sets; members may be null before AWS has named them. */
    public record SideView(
            String targetGroup,
            String taskDefinition,
            String image,
            String imageDigest,
            Integer weight,
            TaskCounts tasks,
            TargetCounts targets,
            Judged judged) {}

    public record TaskCounts(int desired, int running, int pending) {}

    public record TargetCounts(int healthy, int total, List<String> reasons) {
        public TargetCounts {
            reasons = List.copyOf(reasons);
        }
    }

    /** All periods since the first production shift. */
    public record Judged(long requests, long errors, Double successRate, JudgedState state) {}

    /** What the requests say. */
    public enum JudgedState {
        HEALTHY,
        UNHEALTHY,
        TOO_FEW_REQUESTS,
        NO_DATA
    }

    public record PlanView(String label, String config, List<StepView> steps, List<Integer> milestones) {
        public PlanView {
            steps = List.copyOf(steps);
            milestones = List.copyOf(milestones);
        }
    }

    public record StepView(int weight, long holdSeconds, StepState state, Instant reachedAt) {}

    /** Where a step is; SKIPPED was never reached because the deployment stopped before. */
    public enum StepState {
        TODO,
        CURRENT,
        DONE,
        SKIPPED
    }

    public record Next(String what, Integer weight, Instant dueAt) {}

    public record CriterionView(double threshold, int datapoints, int minRequests, long periodSeconds) {}

    public record AlarmView(String name, String state, String reason, Instant since) {}

    public record GateView(String name, String state, Instant openedAt, String who, String note) {}

    public record LifecycleView(String name, String status, Instant startedAt, Instant endedAt, String message) {}

    public record RollbackView(String deploymentId, Instant startedAt, String cause) {}

    /** The task before traffic; {@code endedAt} is null while it runs. */
    public record TaskRunView(
            String task,
            String container,
            List<String> command,
            Instant startedAt,
            Instant endedAt,
            Integer exitCode,
            String reason,
            List<String> lines) {
        public TaskRunView {
            command = List.copyOf(command);
            lines = List.copyOf(lines);
        }
    }

    public record WarningView(int seq, Instant at, String text) {}

    public record WeightPoint(int seq, Instant at, int original, int replacement) {}

    public record RatePoint(
            int seq, Instant periodStart, Side target, long requests, long errors, Double successRate) {}

    public record StoppedTask(int seq, String task, Side target, String reason, Integer exitCode) {}

    /** What the replacement changes against {@code against}, which is {@code family:revision}. */
    public record ChangesView(String against, List<RevisionChange> items, int more) {
        public ChangesView {
            items = List.copyOf(items);
        }
    }

    public record LogLine(int seq, Instant at, Level level, String text) {}

    /** How much a log line matters. */
    public enum Level {
        INFO,
        WARN,
        ERROR
    }
}
