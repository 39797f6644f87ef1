package io.jenkins.plugins.ecscanary.engine.timeline;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import io.jenkins.plugins.ecscanary.engine.model.Check;
import io.jenkins.plugins.ecscanary.engine.model.CodeDeployGroup;
import io.jenkins.plugins.ecscanary.engine.model.Criterion;
import io.jenkins.plugins.ecscanary.engine.model.DeploymentOptions;
import io.jenkins.plugins.ecscanary.engine.model.Revision;
import io.jenkins.plugins.ecscanary.engine.model.RevisionChange;
import io.jenkins.plugins.ecscanary.engine.model.ServiceKey;
import io.jenkins.plugins.ecscanary.engine.model.Side;
import io.jenkins.plugins.ecscanary.engine.model.TrafficPlan;
import io.jenkins.plugins.ecscanary.engine.model.Verdict;
import io.jenkins.plugins.ecscanary.engine.model.Wait;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;

/**
 * Something we saw or did. The timeline of a deployment is a list of these; everything shown about a deployment is
 * computed from them. Whoever makes an event without what it is about gets a NullPointerException that names the member. {@code at} is on AWS's clock: when AWS says it happened where it says so, else when we saw it.
 */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "type")
@JsonSubTypes({
    @JsonSubTypes.Type(value = DeploymentEvent.Planned.class, name = "planned"),
    @JsonSubTypes.Type(value = DeploymentEvent.Checked.class, name = "checked"),
    @JsonSubTypes.Type(value = DeploymentEvent.Intending.class, name = "intending"),
    @JsonSubTypes.Type(value = DeploymentEvent.RevisionCompared.class, name = "revisionCompared"),
    @JsonSubTypes.Type(value = DeploymentEvent.RevisionRegistered.class, name = "revisionRegistered"),
    @JsonSubTypes.Type(value = DeploymentEvent.TaskRunStarted.class, name = "taskRunStarted"),
    @JsonSubTypes.Type(value = DeploymentEvent.TaskRunEnded.class, name = "taskRunEnded"),
    @JsonSubTypes.Type(value = DeploymentEvent.SidesKnown.class, name = "sidesKnown"),
    @JsonSubTypes.Type(value = DeploymentEvent.Started.class, name = "started"),
    @JsonSubTypes.Type(value = DeploymentEvent.StatusChanged.class, name = "statusChanged"),
    @JsonSubTypes.Type(value = DeploymentEvent.LifecycleChanged.class, name = "lifecycleChanged"),
    @JsonSubTypes.Type(value = DeploymentEvent.TrafficShifted.class, name = "trafficShifted"),
    @JsonSubTypes.Type(value = DeploymentEvent.TasksChanged.class, name = "tasksChanged"),
    @JsonSubTypes.Type(value = DeploymentEvent.HealthChanged.class, name = "healthChanged"),
    @JsonSubTypes.Type(value = DeploymentEvent.Measured.class, name = "measured"),
    @JsonSubTypes.Type(value = DeploymentEvent.AlarmChanged.class, name = "alarmChanged"),
    @JsonSubTypes.Type(value = DeploymentEvent.GateOpened.class, name = "gateOpened"),
    @JsonSubTypes.Type(value = DeploymentEvent.GatePassed.class, name = "gatePassed"),
    @JsonSubTypes.Type(value = DeploymentEvent.GateRefused.class, name = "gateRefused"),
    @JsonSubTypes.Type(value = DeploymentEvent.TaskStopped.class, name = "taskStopped"),
    @JsonSubTypes.Type(value = DeploymentEvent.TaskLogged.class, name = "taskLogged"),
    @JsonSubTypes.Type(value = DeploymentEvent.OperatorActed.class, name = "operatorActed"),
    @JsonSubTypes.Type(value = DeploymentEvent.RollbackStarted.class, name = "rollbackStarted"),
    @JsonSubTypes.Type(value = DeploymentEvent.Warned.class, name = "warned"),
    @JsonSubTypes.Type(value = DeploymentEvent.Resynced.class, name = "resynced"),
    @JsonSubTypes.Type(value = DeploymentEvent.Ended.class, name = "ended")
})
public sealed interface DeploymentEvent {

    /** The name of the gate at which AWS itself waits before traffic shifts. */
    String READY_GATE = "ready";

    Instant at();

    /**
     * The first event: what is wanted.
     *
     * @param token in the deployment's description, so that it is found again and never started twice
     * @param fingerprint of the request: equal requests have equal ones
     * @param traffic the plan AWS will follow, or null where it is not known yet (see {@link Started})
     */
    record Planned(
            Instant at,
            String id,
            ServiceKey service,
            String kind,
            String redeployOf,
            String startedBy,
            String token,
            String fingerprint,
            String image,
            CodeDeployGroup codeDeploy,
            TrafficPlan traffic,
            List<Integer> milestones,
            Criterion criterion,
            List<String> alarms,
            Duration timeout,
            double speed,
            DeploymentOptions options)
            implements DeploymentEvent {
        public Planned {
            Objects.requireNonNull(id, "id");
            Objects.requireNonNull(service, "service");
            Objects.requireNonNull(kind, "kind");
            Objects.requireNonNull(startedBy, "startedBy");
            Objects.requireNonNull(token, "token");
            Objects.requireNonNull(codeDeploy, "codeDeploy");
            Objects.requireNonNull(criterion, "criterion");
            Objects.requireNonNull(timeout, "timeout");
            milestones = milestones == null ? List.of() : List.copyOf(milestones);
            alarms = alarms == null ? List.of() : List.copyOf(alarms);
            options = options == null ? DeploymentOptions.DEFAULT : options;
        }
    }

    /** Preflight looked at one thing. */
    record Checked(Instant at, Check check) implements DeploymentEvent {
        public Checked {
            Objects.requireNonNull(check, "check");
        }
    }

    /** Written before each call that changes something in AWS. */
    record Intending(Instant at, String action, String detail) implements DeploymentEvent {
        public Intending {
            Objects.requireNonNull(action, "action");
        }
    }

    /**
     * What the revision to deploy changes against the one that serves.
     *
     * @param serving the ARN of the one that serves
     * @param changes the first of them, secrets hidden
     * @param more how many there are beyond these
     * @param logGroups where the containers of the revision to deploy write their logs
     */
    record RevisionCompared(Instant at, String serving, List<RevisionChange> changes, int more, List<String> logGroups)
            implements DeploymentEvent {
        public RevisionCompared {
            changes = changes == null ? List.of() : List.copyOf(changes);
            logGroups = logGroups == null ? List.of() : List.copyOf(logGroups);
        }
    }

    /** The revision to deploy has its task definition. */
    record RevisionRegistered(Instant at, Revision revision) implements DeploymentEvent {
        public RevisionRegistered {
            Objects.requireNonNull(revision, "revision");
        }
    }

    /**
     * The task that has to succeed before the deployment is created runs.
     *
     * @param task its id
     * @param container whose command is replaced
     * @param adopted true where it was found by its token rather than run just now
     */
    record TaskRunStarted(Instant at, String task, String container, List<String> command, boolean adopted)
            implements DeploymentEvent {
        public TaskRunStarted {
            Objects.requireNonNull(task, "task");
            Objects.requireNonNull(container, "container");
            command = command == null ? List.of() : List.copyOf(command);
        }
    }

    /**
     * That task has stopped.
     *
     * @param exitCode of the container, or null where it has none
     * @param reason why it stopped, in ECS's words, or null
     * @param lines the last ones of its log, without control characters
     */
    record TaskRunEnded(Instant at, String task, String container, Integer exitCode, String reason, List<String> lines)
            implements DeploymentEvent {
        public TaskRunEnded {
            Objects.requireNonNull(task, "task");
            Objects.requireNonNull(container, "container");
            lines = lines == null ? List.of() : List.copyOf(lines);
        }
    }

    /**
     * What serves now and what will: read from the listener and the service.
     *
     * @param listenerArn the production listener
     * @param originalTargetGroupArn the target group with all the weight
     * @param original what runs there
     * @param replacementTargetGroupArn the other one of the pair
     * @param watchedAlarms the alarms that stop this deployment
     */
    record SidesKnown(
            Instant at,
            String listenerArn,
            String loadBalancer,
            String originalTargetGroupArn,
            Revision original,
            String replacementTargetGroupArn,
            List<String> watchedAlarms)
            implements DeploymentEvent {
        public SidesKnown {
            Objects.requireNonNull(originalTargetGroupArn, "originalTargetGroupArn");
            Objects.requireNonNull(original, "original");
            Objects.requireNonNull(replacementTargetGroupArn, "replacementTargetGroupArn");
            watchedAlarms = watchedAlarms == null ? List.of() : List.copyOf(watchedAlarms);
        }
    }

    /**
     * The deployment exists.
     *
     * @param config the deployment config AWS uses, or null where AWS could not be asked
     * @param traffic that config as a plan, or null where AWS could not be asked
     * @param terminationWait how long the original task set is kept after the last shift
     * @param adopted true where it was found by its token rather than created just now
     * @param readyWait how long AWS waits before the first shift for someone to promote it; null or zero where it does not
     */
    record Started(
            Instant at,
            String deploymentId,
            String consoleUrl,
            String config,
            TrafficPlan traffic,
            Duration terminationWait,
            boolean adopted,
            Duration readyWait)
            implements DeploymentEvent {
        public Started {
            Objects.requireNonNull(deploymentId, "deploymentId");
            Objects.requireNonNull(terminationWait, "terminationWait");
        }

        public Started(
                Instant at,
                String deploymentId,
                String consoleUrl,
                String config,
                TrafficPlan traffic,
                Duration terminationWait,
                boolean adopted) {
            this(at, deploymentId, consoleUrl, config, traffic, terminationWait, adopted, null);
        }
    }

    /** The deployment's own status, in AWS's word. */
    record StatusChanged(Instant at, String status, String errorCode, String message) implements DeploymentEvent {
        public StatusChanged {
            Objects.requireNonNull(status, "status");
        }
    }

    record LifecycleChanged(Instant at, String name, String status, Instant startedAt, Instant endedAt, String message)
            implements DeploymentEvent {
        public LifecycleChanged {
            Objects.requireNonNull(name, "name");
            Objects.requireNonNull(status, "status");
        }
    }

    /** The production listener's weights changed, in percent. */
    record TrafficShifted(Instant at, int original, int replacement) implements DeploymentEvent {}

    record TasksChanged(Instant at, Side side, int desired, int running, int pending) implements DeploymentEvent {
        public TasksChanged {
            Objects.requireNonNull(side, "side");
        }
    }

    /** Target health; reasons are AWS's codes with descriptions, distinct. */
    record HealthChanged(Instant at, Side side, int healthy, int total, List<String> reasons)
            implements DeploymentEvent {
        public HealthChanged {
            Objects.requireNonNull(side, "side");
            reasons = reasons == null ? List.of() : List.copyOf(reasons);
        }
    }

    /** One period's requests and errors (5xx of the target plus connection errors); may be corrected by a later one. */
    record Measured(Instant at, Side side, Instant periodStart, long requests, long errors) implements DeploymentEvent {
        public Measured {
            Objects.requireNonNull(side, "side");
            Objects.requireNonNull(periodStart, "periodStart");
        }
    }

    record AlarmChanged(Instant at, String name, String state, String reason, Instant since)
            implements DeploymentEvent {
        public AlarmChanged {
            Objects.requireNonNull(name, "name");
            Objects.requireNonNull(state, "state");
        }
    }

    record GateOpened(Instant at, String name, String detail) implements DeploymentEvent {
        public GateOpened {
            Objects.requireNonNull(name, "name");
        }
    }

    /**
     * @param who promoted it
     * @param note why, in their words, or null
     */
    record GatePassed(Instant at, String name, String who, String note) implements DeploymentEvent {
        public GatePassed {
            Objects.requireNonNull(name, "name");
        }
    }

    /**
     * @param who asked to roll back, or what else ended the wait
     * @param note why, in their words or AWS's, or null
     */
    record GateRefused(Instant at, String name, String who, String note) implements DeploymentEvent {
        public GateRefused {
            Objects.requireNonNull(name, "name");
        }
    }

    record TaskStopped(Instant at, Side side, String task, String reason, Integer exitCode) implements DeploymentEvent {
        public TaskStopped {
            Objects.requireNonNull(side, "side");
            Objects.requireNonNull(task, "task");
        }
    }

    /**
     * The end of the log of a task that stopped; only where that was asked for.
     *
     * @param container whose log it is, or null where that is not known
     * @param lines oldest first, without control characters
     * @param trouble why there are none, or null
     */
    record TaskLogged(Instant at, Side side, String task, String container, List<String> lines, String trouble)
            implements DeploymentEvent {
        public TaskLogged {
            Objects.requireNonNull(side, "side");
            Objects.requireNonNull(task, "task");
            lines = lines == null ? List.of() : List.copyOf(lines);
        }
    }

    /**
     * Someone asked for something: {@code ROLL_BACK} or {@code PROMOTE}.
     *
     * @param waiting what a PROMOTE is to end; else null
     * @param request its number among the requests that other processes have left beside the timeline; null for one made in
     *     the owner's own process
     */
    record OperatorActed(Instant at, String who, String action, String note, Wait waiting, Integer request)
            implements DeploymentEvent {
        public OperatorActed {
            Objects.requireNonNull(who, "who");
            Objects.requireNonNull(action, "action");
        }

        public OperatorActed(Instant at, String who, String action, String note) {
            this(at, who, action, note, null, null);
        }
    }

    /**
     * AWS is rolling back.
     *
     * @param deploymentId of the rollback, or null while AWS has not named it
     */
    record RollbackStarted(Instant at, String deploymentId, String cause) implements DeploymentEvent {}

    /** Something to know that does not stop the deployment. */
    record Warned(Instant at, String text) implements DeploymentEvent {
        public Warned {
            Objects.requireNonNull(text, "text");
        }
    }

    /** Observation went on after a gap: another process, a restarted controller, AWS unreachable for a while. */
    record Resynced(Instant at, String by, String text) implements DeploymentEvent {
        public Resynced {
            Objects.requireNonNull(text, "text");
        }
    }

    /** The last event. */
    record Ended(Instant at, Verdict verdict) implements DeploymentEvent {
        public Ended {
            Objects.requireNonNull(verdict, "verdict");
        }
    }
}
