package io.jenkins.plugins.ecscanary.engine.observe;

import io.jenkins.plugins.ecscanary.engine.aws.Aws;
import io.jenkins.plugins.ecscanary.engine.aws.Aws.ListenerSeen;
import io.jenkins.plugins.ecscanary.engine.aws.Aws.TargetHealthSeen;
import io.jenkins.plugins.ecscanary.engine.aws.Aws.TaskSeen;
import io.jenkins.plugins.ecscanary.engine.aws.AwsCodeDeploy.DeploymentSeen;
import io.jenkins.plugins.ecscanary.engine.aws.AwsCodeDeploy.TargetTaskSetSeen;
import io.jenkins.plugins.ecscanary.engine.aws.AwsFailure;
import io.jenkins.plugins.ecscanary.engine.model.Side;
import io.jenkins.plugins.ecscanary.engine.rollout.Observation;
import io.jenkins.plugins.ecscanary.engine.rollout.Observation.Health;
import io.jenkins.plugins.ecscanary.engine.rollout.Observation.Progress;
import io.jenkins.plugins.ecscanary.engine.rollout.Observation.Status;
import io.jenkins.plugins.ecscanary.engine.rollout.Observation.Stopped;
import io.jenkins.plugins.ecscanary.engine.rollout.Observation.Tasks;
import io.jenkins.plugins.ecscanary.engine.rollout.Observation.Weights;
import io.jenkins.plugins.ecscanary.engine.view.DeploymentView;
import io.jenkins.plugins.ecscanary.engine.view.Working;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Makes the calls of each kind of look for one or more deployments and says what was seen of each. Blocks. */
final class Looker {

    private final Aws aws;
    private final TaskLogs taskLogs;
    private final Supplier<Instant> now;

    Looker(Aws aws, Supplier<Instant> now) {
        this.aws = aws;
        this.taskLogs = new TaskLogs(aws);
        this.now = now;
    }

    /** How many deployments one call of this kind serves. */
    static int batch(Look look) {
        return switch (look) {
            case STATUS -> 12; // up to 25 ids: each with its rollback
            case WEIGHTS -> 20;
            case ALARMS -> 10; // up to 100 names: ten a deployment
            case METRICS -> RateQueries.DEPLOYMENTS_PER_CALL;
            case TARGET, HEALTH, STOPPED, READ_BACK -> 1;
        };
    }

    /** What was seen, in the order of {@code views}. */
    List<Observation> look(Look look, List<DeploymentView> views) {
        return switch (look) {
            case STATUS -> statuses(views);
            case WEIGHTS -> weights(views);
            case ALARMS -> alarms(views);
            case METRICS -> rates(views);
            case TARGET -> each(views, this::target);
            case HEALTH -> each(views, view -> Observation.ofHealth(now.get(), healthNow(view)));
            case STOPPED -> each(views, view -> Observation.ofStopped(now.get(), stopped(view)));
            case READ_BACK -> each(views, this::readBack);
        };
    }

    private static List<Observation> each(List<DeploymentView> views, Function<DeploymentView, Observation> look) {
        return views.stream().map(look).toList();
    }

    private List<Observation> statuses(List<DeploymentView> views) {
        Set<String> ids = new LinkedHashSet<>();
        for (DeploymentView view : views) {
            ids.add(view.deploymentId());
            if (view.rollback() != null && view.rollback().deploymentId() != null) {
                ids.add(view.rollback().deploymentId());
            }
        }
        Map<String, DeploymentSeen> seen = deployments(List.copyOf(ids));
        return each(views, view -> Observation.ofStatus(now.get(), status(view, seen)));
    }

    private Map<String, DeploymentSeen> deployments(List<String> ids) {
        return aws.deployments(ids).stream().collect(Collectors.toMap(DeploymentSeen::id, Function.identity()));
    }

    private static Status status(DeploymentView view, Map<String, DeploymentSeen> all) {
        DeploymentSeen seen = all.get(view.deploymentId());
        if (seen == null) {
            return new Status(Progress.GONE, "Gone", null, null, null, null, null, null);
        }
        DeploymentSeen rollback = seen.rollbackDeploymentId() == null ? null : all.get(seen.rollbackDeploymentId());
        return new Status(
                Progress.of(seen.status()),
                seen.status(),
                seen.errorCode(),
                seen.errorMessage(),
                seen.rollbackDeploymentId(),
                rollback == null ? null : Progress.of(rollback.status()),
                rollback == null ? null : rollback.completedAt(),
                seen.rollbackMessage());
    }

    private Observation target(DeploymentView view) {
        return aws.deploymentTarget(
                        view.deploymentId(),
                        view.service().cluster(),
                        view.service().service())
                .map(target -> Observation.ofTarget(
                        now.get(),
                        target.lifecycle().stream()
                                .map(event -> new Observation.Lifecycle(
                                        event.name(),
                                        event.status(),
                                        event.startedAt(),
                                        event.endedAt(),
                                        event.message()))
                                .toList(),
                        target.taskSets().stream().flatMap(Looker::tasks).toList()))
                .orElseGet(() -> Observation.nothing(now.get()));
    }

    /** Whose a set without a label is, or with one that AWS has yet to think of, is not guessed: a roll back may follow from it. */
    private static Stream<Tasks> tasks(TargetTaskSetSeen set) {
        Side side = "Blue".equals(set.label()) ? Side.ORIGINAL : "Green".equals(set.label()) ? Side.REPLACEMENT : null;
        return side == null
                ? Stream.empty()
                : Stream.of(new Tasks(side, set.desired(), set.running(), set.pending(), set.targetGroup()));
    }

    private List<Observation> weights(List<DeploymentView> views) {
        List<String> arns = views.stream()
                .map(view -> view.working().listenerArn())
                .distinct()
                .toList();
        Map<String, ListenerSeen> seen =
                aws.listeners(arns).stream().collect(Collectors.toMap(ListenerSeen::arn, Function.identity()));
        return each(views, view -> Optional.ofNullable(seen.get(view.working().listenerArn()))
                .map(listener -> Observation.ofWeights(now.get(), weights(view, listener)))
                .orElseGet(() -> Observation.nothing(now.get())));
    }

    private static Weights weights(DeploymentView view, ListenerSeen listener) {
        Working working = view.working();
        return new Weights(
                listener.weights().getOrDefault(working.originalTargetGroupArn(), 0),
                listener.weights().getOrDefault(working.replacementTargetGroupArn(), 0));
    }

    /** The original's is looked at once: it serves, and what becomes of it shows in its success rate. */
    private List<Health> healthNow(DeploymentView view) {
        return view.original().targets().total() == 0
                ? health(view)
                : List.of(
                        health(Side.REPLACEMENT, aws.targetHealth(view.working().replacementTargetGroupArn())));
    }

    private List<Health> health(DeploymentView view) {
        return List.of(
                health(Side.ORIGINAL, aws.targetHealth(view.working().originalTargetGroupArn())),
                health(Side.REPLACEMENT, aws.targetHealth(view.working().replacementTargetGroupArn())));
    }

    /** Draining targets are on their way out and count neither way. */
    private static Health health(Side side, List<TargetHealthSeen> targets) {
        List<TargetHealthSeen> present =
                targets.stream().filter(target -> !target.draining()).toList();
        int healthy = (int) present.stream()
                .filter(target -> target.state().equals("healthy"))
                .count();
        List<String> reasons = present.stream()
                .map(TargetHealthSeen::reason)
                .filter(Objects::nonNull)
                .distinct()
                .toList();
        return new Health(side, healthy, present.size(), reasons);
    }

    private List<Observation> alarms(List<DeploymentView> views) {
        List<String> names = views.stream()
                .flatMap(view -> view.working().watchedAlarms().stream())
                .distinct()
                .toList();
        if (names.isEmpty()) {
            return each(views, view -> Observation.ofAlarms(now.get(), List.of()));
        }
        Map<String, Observation.Alarm> seen = new TreeMap<>();
        aws.alarms(names)
                .forEach(alarm -> seen.put(
                        alarm.name(),
                        new Observation.Alarm(alarm.name(), alarm.state(), alarm.reason(), alarm.since())));
        return each(
                views,
                view -> Observation.ofAlarms(
                        now.get(),
                        view.working().watchedAlarms().stream()
                                .filter(seen::containsKey)
                                .map(seen::get)
                                .toList()));
    }

    private List<Observation> rates(List<DeploymentView> views) {
        Instant present = now.get();
        List<List<Observation.Rate>> rates = RateQueries.ask(aws, views, present);
        List<Observation> observations = new ArrayList<>();
        rates.forEach(each -> observations.add(Observation.ofRates(present, each)));
        return observations;
    }

    /** Those of the new revision that stopped without being told to. */
    private List<Stopped> stopped(DeploymentView view) {
        if (view.working().revision() == null) {
            return List.of();
        }
        String revision = view.working().revision().taskDefinition();
        List<TaskSeen> failed = aws
                .stoppedTasks(view.service().cluster(), view.service().service())
                .stream()
                .filter(task -> task.taskDefinition().equals(revision))
                .filter(task -> task.stoppedAt() == null || !task.stoppedAt().isBefore(view.startedAt()))
                .filter(task -> task.stoppedReason() != null
                        && !task.stoppedReason().startsWith("Scaling activity initiated by"))
                .toList();
        List<Stopped> stopped = new ArrayList<>();
        for (TaskSeen task : failed) {
            stopped.add(new Stopped(
                    Side.REPLACEMENT,
                    task.id(),
                    task.stoppedReason(),
                    task.exitCode(),
                    taskLogs.of(view, task, stopped.size()).orElse(null)));
        }
        return stopped;
    }

    /**
     * The verdict rests on status, weights and health; the rest explains it. Without the right to read that, there is still
     * a verdict.
     */
    private static <T> T ifAllowed(Supplier<T> look, T otherwise) {
        try {
            return look.get();
        } catch (AwsFailure e) {
            if (e.passing()) {
                throw e;
            }
            return otherwise;
        }
    }

    private Observation readBack(DeploymentView view) {
        List<String> ids = new ArrayList<>(List.of(view.deploymentId()));
        if (view.rollback() != null && view.rollback().deploymentId() != null) {
            ids.add(view.rollback().deploymentId());
        }
        Map<String, DeploymentSeen> seen = deployments(ids);
        Status status = status(view, seen);
        if (status.rollbackId() != null && status.rollback() == null) {
            seen.putAll(deployments(List.of(status.rollbackId())));
            status = status(view, seen);
        }
        boolean undone = status.progress() == Progress.STOPPED || status.progress() == Progress.FAILED;
        List<Health> health = health(view);
        Weights weights = weights(List.of(view)).get(0).weights();
        List<Stopped> stopped = undone ? ifAllowed(() -> stopped(view), null) : null;
        List<Observation.Rate> rates = ifAllowed(() -> RateQueries.askAll(aws, view, now.get()), null);
        Observation target = ifAllowed(() -> target(view), Observation.nothing(now.get()));
        return new Observation(
                now.get(), status, target.lifecycle(), weights, target.tasks(), health, null, rates, stopped);
    }
}
