package io.jenkins.plugins.ecscanary.engine.view;

import io.jenkins.plugins.ecscanary.engine.model.CodeDeployGroup;
import io.jenkins.plugins.ecscanary.engine.model.OneOffTask;
import io.jenkins.plugins.ecscanary.engine.model.Revision;
import io.jenkins.plugins.ecscanary.engine.model.Wait;
import io.jenkins.plugins.ecscanary.engine.model.WaitFor;
import io.jenkins.plugins.ecscanary.engine.timeline.DeploymentEvent;
import io.jenkins.plugins.ecscanary.engine.timeline.DeploymentEvent.Intending;
import io.jenkins.plugins.ecscanary.engine.timeline.DeploymentEvent.LifecycleChanged;
import io.jenkins.plugins.ecscanary.engine.timeline.DeploymentEvent.OperatorActed;
import io.jenkins.plugins.ecscanary.engine.timeline.DeploymentEvent.Planned;
import io.jenkins.plugins.ecscanary.engine.timeline.DeploymentEvent.RevisionRegistered;
import io.jenkins.plugins.ecscanary.engine.timeline.DeploymentEvent.SidesKnown;
import io.jenkins.plugins.ecscanary.engine.timeline.DeploymentEvent.Started;
import io.jenkins.plugins.ecscanary.engine.timeline.DeploymentEvent.StatusChanged;
import io.jenkins.plugins.ecscanary.engine.timeline.DeploymentEvent.TrafficShifted;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;

/** Folds what deciding and observing need and nobody looks at. */
final class WorkingFold {

    /** AWS's words for a deployment that is not going to do anything any more. */
    private static final Set<String> OVER = Set.of("Succeeded", "Stopped", "Failed");

    private String token;
    private String fingerprint;
    private CodeDeployGroup codeDeploy;
    private Revision revision;
    private SidesKnown sides;
    private Instant deadline;
    private Duration terminationWait = Duration.ZERO;
    private StatusChanged status;
    private Instant shiftedAt;
    private Instant fullyShiftedAt;
    private Asked rollBackAsked;
    private Asked rollBackTooLate;
    private Instant createIntendedAt;
    private Duration readyWait = Duration.ZERO;
    private Asked readyPromotedBy;
    private Asked terminationPromotedBy;
    private OneOffTask beforeTraffic;
    private Instant taskRunIntendedAt;
    private int requestsTaken;
    private WaitFor waitFor = WaitFor.COMPLETED;
    private Integer keepRevisions;
    private boolean taskLogs;

    void apply(DeploymentEvent event) {
        if (event instanceof Planned e) {
            token = e.token();
            fingerprint = e.fingerprint();
            codeDeploy = e.codeDeploy();
            deadline = e.at().plus(e.timeout());
            waitFor = e.options().waitFor();
            beforeTraffic = e.options().beforeTraffic();
            keepRevisions = e.options().keepRevisions();
            taskLogs = e.options().taskLogs();
        } else if (event instanceof RevisionRegistered e) {
            revision = e.revision();
        } else if (event instanceof SidesKnown e) {
            sides = e;
        } else if (event instanceof Intending e && e.action().equals("CreateDeployment")) {
            createIntendedAt = e.at();
        } else if (event instanceof Intending e && e.action().equals("RunTask")) {
            taskRunIntendedAt = taskRunIntendedAt == null ? e.at() : taskRunIntendedAt;
        } else if (event instanceof LifecycleChanged e && e.name().equals("AllowTraffic") && e.startedAt() != null) {
            shiftedAt = shiftedAt == null || e.startedAt().isBefore(shiftedAt) ? e.startedAt() : shiftedAt;
        } else if (event instanceof Started e) {
            terminationWait = e.terminationWait();
            readyWait = e.readyWait() == null ? Duration.ZERO : e.readyWait();
        } else if (event instanceof StatusChanged e) {
            status = e;
        } else if (event instanceof TrafficShifted e) {
            shiftedAt = shiftedAt == null && e.replacement() > 0 ? e.at() : shiftedAt;
            fullyShiftedAt = fullyShiftedAt == null && e.replacement() == 100 ? e.at() : fullyShiftedAt;
        } else if (event instanceof OperatorActed e) {
            asked(e);
        }
    }

    private void asked(OperatorActed e) {
        Asked by = new Asked(e.who(), e.note());
        requestsTaken = Math.max(requestsTaken, e.request() == null ? 0 : e.request());
        if (e.action().equals("ROLL_BACK") && status != null && OVER.contains(status.status())) {
            rollBackTooLate = rollBackTooLate == null ? by : rollBackTooLate;
        } else if (e.action().equals("ROLL_BACK")) {
            rollBackAsked = rollBackAsked == null ? by : rollBackAsked;
        } else if (e.waiting() == Wait.READY) {
            readyPromotedBy = readyPromotedBy == null ? by : readyPromotedBy;
        } else if (e.waiting() == Wait.TERMINATION) {
            terminationPromotedBy = terminationPromotedBy == null ? by : terminationPromotedBy;
        }
    }

    Duration readyWait() {
        return readyWait;
    }

    Instant bakeEnd() {
        return fullyShiftedAt == null ? null : fullyShiftedAt.plus(terminationWait);
    }

    Working view(Instant judgedFrom, long bestPeriodRequests) {
        return new Working(
                token,
                fingerprint,
                codeDeploy,
                revision,
                sides == null ? null : sides.original(),
                sides == null ? null : sides.listenerArn(),
                sides == null ? null : sides.loadBalancer(),
                sides == null ? null : sides.originalTargetGroupArn(),
                sides == null ? null : sides.replacementTargetGroupArn(),
                sides == null ? List.of() : List.copyOf(sides.watchedAlarms()),
                deadline,
                terminationWait,
                status == null ? null : status.status(),
                status == null ? null : status.at(),
                status == null ? null : status.errorCode(),
                status == null ? null : status.message(),
                shiftedAt,
                fullyShiftedAt,
                rollBackAsked,
                rollBackTooLate,
                judgedFrom,
                bestPeriodRequests,
                createIntendedAt,
                waitFor,
                readyWait,
                readyPromotedBy,
                terminationPromotedBy,
                beforeTraffic,
                taskRunIntendedAt,
                requestsTaken,
                keepRevisions,
                taskLogs);
    }
}
