package io.jenkins.plugins.ecscanary.engine.rollout;

import io.jenkins.plugins.ecscanary.engine.model.Side;
import java.time.Instant;
import java.util.List;

/**
 * What was just seen of a deployment. Each call to AWS shows a part of it; a component is null where that part was not
 * looked at, and an empty list where it was looked at and is empty. Nothing in it belongs to one driver.
 */
public record Observation(
        Instant at,
        Status status,
        List<Lifecycle> lifecycle,
        Weights weights,
        List<Tasks> tasks,
        List<Health> health,
        List<Alarm> alarms,
        List<Rate> rates,
        List<Stopped> stopped) {
    public Observation {
        lifecycle = lifecycle == null ? null : List.copyOf(lifecycle);
        tasks = tasks == null ? null : List.copyOf(tasks);
        health = health == null ? null : List.copyOf(health);
        alarms = alarms == null ? null : List.copyOf(alarms);
        rates = rates == null ? null : List.copyOf(rates);
        stopped = stopped == null ? null : List.copyOf(stopped);
    }

    /** How far AWS is. */
    public enum Progress {
        RUNNING,
        SUCCEEDED,
        /** Stopped before its end, by an alarm or by someone. */
        STOPPED,
        FAILED,
        /** AWS does not know this deployment. */
        GONE;

        public boolean over() {
            return this != RUNNING;
        }

        /** By AWS's word for a deployment's status; one that is not known yet, or not final, is RUNNING. */
        public static Progress of(String word) {
            if (word == null) {
                return RUNNING;
            }
            return switch (word) {
                case "Succeeded" -> SUCCEEDED;
                case "Stopped" -> STOPPED;
                case "Failed" -> FAILED;
                default -> RUNNING;
            };
        }
    }

    /**
     * @param word AWS's own
     * @param rollbackId of the deployment that undoes this one, or null
     * @param rollback how far that one is, or null
     * @param rollbackEndedAt when it was over, or null
     * @param rollbackMessage AWS's sentence about it, or null
     */
    public record Status(
            Progress progress,
            String word,
            String errorCode,
            String message,
            String rollbackId,
            Progress rollback,
            Instant rollbackEndedAt,
            String rollbackMessage) {}

    public record Lifecycle(String name, String status, Instant startedAt, Instant endedAt, String message) {}

    /** Percent of the production listener's weights. */
    public record Weights(int original, int replacement) {}

    /** @param targetGroup the name of the one they are behind, or null where AWS does not say */
    public record Tasks(Side side, int desired, int running, int pending, String targetGroup) {}

    public record Health(Side side, int healthy, int total, List<String> reasons) {
        public Health {
            reasons = List.copyOf(reasons);
        }
    }

    public record Alarm(String name, String state, String reason, Instant since) {}

    public record Rate(Side side, Instant periodStart, long requests, long errors) {}

    /** @param log its last lines, or null where they were not read */
    public record Stopped(Side side, String task, String reason, Integer exitCode, TaskLog log) {

        public Stopped(Side side, String task, String reason, Integer exitCode) {
            this(side, task, reason, exitCode, null);
        }
    }

    /**
     * The end of a failed task's log.
     *
     * @param container whose it is, or null where that is not known
     * @param lines oldest first
     * @param trouble why it could not be read, or null
     */
    public record TaskLog(String container, List<String> lines, String trouble) {
        public TaskLog {
            lines = List.copyOf(lines);
        }
    }

    /** All but the status. */
    Observation withoutStatus() {
        return new Observation(at, null, lifecycle, weights, tasks, health, alarms, rates, stopped);
    }

    public static Observation ofStatus(Instant at, Status status) {
        return new Observation(at, status, null, null, null, null, null, null, null);
    }

    public static Observation ofTarget(Instant at, List<Lifecycle> lifecycle, List<Tasks> tasks) {
        return new Observation(at, null, lifecycle, null, tasks, null, null, null, null);
    }

    public static Observation ofWeights(Instant at, Weights weights) {
        return new Observation(at, null, null, weights, null, null, null, null, null);
    }

    public static Observation ofHealth(Instant at, List<Health> health) {
        return new Observation(at, null, null, null, null, health, null, null, null);
    }

    public static Observation ofAlarms(Instant at, List<Alarm> alarms) {
        return new Observation(at, null, null, null, null, null, alarms, null, null);
    }

    public static Observation ofRates(Instant at, List<Rate> rates) {
        return new Observation(at, null, null, null, null, null, null, rates, null);
    }

    public static Observation ofStopped(Instant at, List<Stopped> stopped) {
        return new Observation(at, null, null, null, null, null, null, null, stopped);
    }

    /** Time passed and nothing was looked at. */
    public static Observation nothing(Instant at) {
        return new Observation(at, null, null, null, null, null, null, null, null);
    }
}
