package io.jenkins.plugins.ecscanary.engine.model;

import com.fasterxml.jackson.annotation.JsonInclude;

/**
 * How a deployment is to be done beyond its plan. Immutable; each {@code with…} answers a changed copy.
 *
 * @param waitFor when it counts as promoted
 * @param appSpec passed on to AWS
 * @param beforeTraffic a task that has to succeed before anything is created, or null
 * @param createAlarms whether success-rate alarms are created where the service's target groups have none
 * @param taskLogs whether the last log lines of failed tasks are recorded; off where logs may hold secrets
 * @param keepRevisions how many revisions of the family stay registered after a promotion, or null to keep all
 * @param requireScan that the image was scanned and let through, or null where that is not asked for; in JSON only where it
 *     is, so that a request without it keeps the fingerprint it had before there was such a thing
 */
public record DeploymentOptions(
        WaitFor waitFor,
        AppSpecExtras appSpec,
        OneOffTask beforeTraffic,
        boolean createAlarms,
        boolean taskLogs,
        Integer keepRevisions,
        @JsonInclude(JsonInclude.Include.NON_NULL) ScanRequirement requireScan) {

    public static final DeploymentOptions DEFAULT =
            new DeploymentOptions(WaitFor.COMPLETED, AppSpecExtras.NONE, null, false, false, null, null);

    public DeploymentOptions {
        waitFor = waitFor == null ? WaitFor.COMPLETED : waitFor;
        appSpec = appSpec == null ? AppSpecExtras.NONE : appSpec;
        if (keepRevisions != null && keepRevisions < 2) {
            throw new IllegalArgumentException(
                    "keepRevisions is " + keepRevisions + "; at least 2 stay, the serving one and the one before");
        }
    }

    public DeploymentOptions withWaitFor(WaitFor value) {
        return new DeploymentOptions(value, appSpec, beforeTraffic, createAlarms, taskLogs, keepRevisions, requireScan);
    }

    public DeploymentOptions withAppSpec(AppSpecExtras value) {
        return new DeploymentOptions(waitFor, value, beforeTraffic, createAlarms, taskLogs, keepRevisions, requireScan);
    }

    public DeploymentOptions withBeforeTraffic(OneOffTask value) {
        return new DeploymentOptions(waitFor, appSpec, value, createAlarms, taskLogs, keepRevisions, requireScan);
    }

    public DeploymentOptions withCreateAlarms(boolean value) {
        return new DeploymentOptions(waitFor, appSpec, beforeTraffic, value, taskLogs, keepRevisions, requireScan);
    }

    public DeploymentOptions withTaskLogs(boolean value) {
        return new DeploymentOptions(waitFor, appSpec, beforeTraffic, createAlarms, value, keepRevisions, requireScan);
    }

    public DeploymentOptions withKeepRevisions(Integer value) {
        return new DeploymentOptions(waitFor, appSpec, beforeTraffic, createAlarms, taskLogs, value, requireScan);
    }

    public DeploymentOptions withRequireScan(ScanRequirement value) {
        return new DeploymentOptions(waitFor, appSpec, beforeTraffic, createAlarms, taskLogs, keepRevisions, value);
    }
}
