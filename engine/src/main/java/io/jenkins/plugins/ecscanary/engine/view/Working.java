package io.jenkins.plugins.ecscanary.engine.view;

import io.jenkins.plugins.ecscanary.engine.model.CodeDeployGroup;
import io.jenkins.plugins.ecscanary.engine.model.OneOffTask;
import io.jenkins.plugins.ecscanary.engine.model.Revision;
import io.jenkins.plugins.ecscanary.engine.model.WaitFor;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * What deciding and observing need of the timeline beyond what is shown: ARNs, the token, deadlines. Folded like the
 * rest, not part of the document.
 *
 * @param deadline when the request's time-out rolls the deployment back
 * @param status the deployment's last status in AWS's word, or null
 * @param statusAt when it came to that
 * @param shiftedAt the first production shift, or null
 * @param fullyShiftedAt when all traffic had shifted, or null
 * @param rollBackAsked who asked to roll back while it ran, or null
 * @param rollBackTooLate who asked when AWS was known to have completed or stopped it, which it did not do for that; or null
 * @param judgedFrom the start of the first period that is judged, or null
 * @param bestPeriodRequests the most requests the replacement had in one period
 * @param createIntendedAt when CreateDeployment was last about to be called, or null; with no deployment id its result is
 *     not known
 * @param waitFor when it counts as promoted
 * @param readyWait how long AWS waits for someone to promote it before traffic shifts; zero where it does not or that is not
 *     known
 * @param readyPromotedBy who asked to end that wait, or null
 * @param terminationPromotedBy who asked to end the termination wait, or null
 * @param beforeTraffic the task that has to succeed first, or null
 * @param taskRunIntendedAt when ecs:RunTask was first about to be called for it, or null
 * @param requestsTaken how many of the requests that other processes left beside the timeline have been taken up
 * @param keepRevisions how many revisions of the family stay registered after a promotion, or null for all
 * @param taskLogs whether the last log lines of failed tasks are wanted
 */
public record Working(
        String token,
        String fingerprint,
        CodeDeployGroup codeDeploy,
        Revision revision,
        Revision originalRevision,
        String listenerArn,
        String loadBalancer,
        String originalTargetGroupArn,
        String replacementTargetGroupArn,
        List<String> watchedAlarms,
        Instant deadline,
        Duration terminationWait,
        String status,
        Instant statusAt,
        String errorCode,
        String errorMessage,
        Instant shiftedAt,
        Instant fullyShiftedAt,
        Asked rollBackAsked,
        Asked rollBackTooLate,
        Instant judgedFrom,
        long bestPeriodRequests,
        Instant createIntendedAt,
        WaitFor waitFor,
        Duration readyWait,
        Asked readyPromotedBy,
        Asked terminationPromotedBy,
        OneOffTask beforeTraffic,
        Instant taskRunIntendedAt,
        int requestsTaken,
        Integer keepRevisions,
        boolean taskLogs) {
    public Working {
        watchedAlarms = List.copyOf(watchedAlarms);
    }
}
