package io.jenkins.plugins.ecscanary.cli.chaos;

import io.jenkins.plugins.ecscanary.engine.timeline.DeploymentEvent;
import io.jenkins.plugins.ecscanary.engine.timeline.DeploymentEvent.AlarmChanged;
import io.jenkins.plugins.ecscanary.engine.timeline.DeploymentEvent.Ended;
import io.jenkins.plugins.ecscanary.engine.timeline.DeploymentEvent.LifecycleChanged;
import io.jenkins.plugins.ecscanary.engine.timeline.DeploymentEvent.Planned;
import io.jenkins.plugins.ecscanary.engine.timeline.DeploymentEvent.RollbackStarted;
import io.jenkins.plugins.ecscanary.engine.timeline.DeploymentEvent.Started;
import io.jenkins.plugins.ecscanary.engine.timeline.DeploymentEvent.TrafficShifted;
import java.util.List;
import java.util.function.Predicate;

/** The moments in a deployment at which its controller is killed: at a call to AWS, or when an event is told. */
enum KillPoint {
    IDENTITY_ASKED(Cut.BEFORE, "Action=GetCallerIdentity"),
    IDENTITY_ANSWERED(Cut.AFTER, "Action=GetCallerIdentity"),
    PLANNED(event -> event instanceof Planned),
    PREFLIGHT(Cut.AFTER, "AmazonEC2ContainerServiceV20141113.DescribeServices"),
    REGISTRATION_SENT(Cut.BEFORE, "AmazonEC2ContainerServiceV20141113.RegisterTaskDefinition"),
    REGISTRATION_ANSWERED(Cut.AFTER, "AmazonEC2ContainerServiceV20141113.RegisterTaskDefinition"),
    /** The intent is on disk and the call never arrives. */
    CREATION_INTENDED(Cut.BEFORE, "CodeDeploy_20141006.CreateDeployment"),
    /** AWS has created it, or said why not, and nobody knows. */
    CREATION_ANSWERED(Cut.AFTER, "CodeDeploy_20141006.CreateDeployment"),
    STARTED(event -> event instanceof Started),
    INSTALLING(event -> event instanceof LifecycleChanged change
            && change.name().equals("Install")
            && change.status().equals("InProgress")),
    FIRST_SHIFT(event -> event instanceof TrafficShifted shift && shift.replacement() > 0),
    MID_SHIFT(event -> event instanceof TrafficShifted shift && shift.replacement() >= 50),
    ALARM_SEEN(event -> event instanceof AlarmChanged alarm && alarm.state().equals("ALARM")),
    ROLLING_BACK(event -> event instanceof RollbackStarted),
    /** Someone has asked to roll back; AWS is not asked yet. */
    STOP_SENT(Cut.BEFORE, "CodeDeploy_20141006.StopDeployment"),
    /** AWS has been asked and the answer is lost. */
    STOP_ANSWERED(Cut.AFTER, "CodeDeploy_20141006.StopDeployment"),
    BAKING(event -> event instanceof TrafficShifted shift && shift.replacement() == 100),
    /** The last event is told, and perhaps not in the index. */
    ENDED(event -> event instanceof Ended);

    /** When people change their minds. */
    static final List<KillPoint> ABORTS = List.of(PLANNED, STARTED, INSTALLING, FIRST_SHIFT, MID_SHIFT, BAKING);

    /** Whether a call gets through, where only its answer is cut off. */
    enum Cut {
        BEFORE,
        AFTER
    }

    private final Cut cut;
    private final String operation;
    private final Predicate<DeploymentEvent> event;

    KillPoint(Cut cut, String operation) {
        this.cut = cut;
        this.operation = operation;
        this.event = null;
    }

    KillPoint(Predicate<DeploymentEvent> event) {
        this.cut = null;
        this.operation = null;
        this.event = event;
    }

    /** Null where the moment is an event. */
    Cut cut() {
        return cut;
    }

    /** As it is seen on the wire. */
    String operation() {
        return operation;
    }

    boolean is(DeploymentEvent seen) {
        return event != null && event.test(seen);
    }

    /** Whether there is a record at that moment. */
    boolean recorded() {
        return this != IDENTITY_ASKED && this != IDENTITY_ANSWERED;
    }

    /** Whether it comes only to a bad revision. */
    boolean failing() {
        return this == ALARM_SEEN || this == ROLLING_BACK;
    }

    /** Whether it comes only where someone asks to roll back. */
    boolean stopping() {
        return this == STOP_SENT || this == STOP_ANSWERED;
    }

    /** Whether the same {@code deploy} given again has something to go on with; later it would be a new one. */
    boolean deployAgain() {
        return compareTo(MID_SHIFT) < 0;
    }
}
