package io.jenkins.plugins.ecscanary.localaws.codedeploy;

import io.jenkins.plugins.ecscanary.localaws.codedeploy.LifecycleEvents.Name;
import io.jenkins.plugins.ecscanary.localaws.ecs.ServiceControl;
import io.jenkins.plugins.ecscanary.localaws.ecs.ServiceControl.TaskSetInfo;
import io.jenkins.plugins.ecscanary.localaws.world.World;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * A rollback deployment: no new task set is made; the original gets all traffic back (and is primary again, if it was not),
 * the replacement is drained. Alarms are not looked at: the one that stopped the deployment is still red. Hooks are not run.
 */
final class RollbackMachine {

    private final World world;
    private final ServiceControl ecs;
    private final CodeDeployTimings timings;
    private final Deployment rollback;
    private final Deployment stopped;
    private final Supplier<Optional<TrafficShift>> traffic;
    private final Ending ending;
    private final Steps steps;

    /** @param traffic empty if the stopped deployment never got as far as the listeners; throws if they are gone */
    RollbackMachine(
            Neighbours with,
            Deployment rollback,
            Deployment stopped,
            Supplier<Optional<TrafficShift>> traffic,
            Ending ending) {
        this.world = with.world();
        this.ecs = with.ecs();
        this.timings = with.timings();
        this.rollback = rollback;
        this.stopped = stopped;
        this.traffic = traffic;
        this.ending = ending;
        this.steps = new Steps(world, this::failed);
    }

    void start() {
        rollback.original = stopped.original;
        rollback.replacement = stopped.replacement;
        steps.after(timings.firstAlarmCheck(), this::begin);
    }

    /** Goes on after a restart: what a lifecycle event does can be done once more. */
    void resume() {
        world.log("codedeploy %s is taken up again: rolls back %s", rollback.id, stopped.id);
        steps.run(this::taskSetsChanged);
        steps.after(Duration.ZERO, () -> rollback.events.inProgress().ifPresentOrElse(this::pass, this::begin));
    }

    private void begin() {
        rollback.inProgress(world.now());
        world.log("codedeploy %s InProgress: rolls back %s", rollback.id, stopped.id);
        pass(Name.BEFORE_INSTALL);
    }

    private void pass(Name event) {
        rollback.events.start(event, world.now());
        rollback.touch(world.now());
        if (event == Name.ALLOW_TRAFFIC) {
            backToOriginal();
        }
        steps.after(CodeDeployTimings.Range.ofMillis(100, 400), () -> {
            rollback.events.succeed(event, world.now());
            if (event == Name.AFTER_ALLOW_TRAFFIC) {
                end("Succeeded", null, Ending.Cause.SUCCESS);
            } else {
                pass(event.next());
            }
        });
    }

    private void backToOriginal() {
        Optional<TrafficShift> shift = traffic.get();
        shift.ifPresent(back -> {
            back.production(0);
            world.log("codedeploy %s traffic back to the original: %s", rollback.id, back);
        });
        if (stopped.replacement != null) {
            boolean demoted = ecs.taskSet(stopped.original.id())
                    .map(set -> !"PRIMARY".equals(set.status()))
                    .orElse(false);
            if (demoted) {
                ecs.makePrimary(stopped.original.id());
            }
            // Done once more after a restart, it may be gone by then: it had no tasks any more to wait for.
            ecs.taskSet(stopped.replacement.id()).ifPresent(set -> ecs.drain(set.id()));
        }
        // Last: whatever is wrong with the test route, users and the primary task set are where they belong by now.
        shift.ifPresent(TrafficShift::testAsBefore);
    }

    private void failed(RuntimeException cause) {
        rollback.events.abort(world.now());
        world.log("codedeploy %s rollback failed: %s", rollback.id, cause);
        end(
                "Failed",
                new Deployment.ErrorInformation("INTERNAL_ERROR", "The rollback failed: " + cause.getMessage()),
                Ending.Cause.FAILURE);
    }

    private void end(String status, Deployment.ErrorInformation error, Ending.Cause cause) {
        steps.end();
        taskSetsChanged();
        rollback.end(status, error, world.now());
        world.log("codedeploy %s %s", rollback.id, status);
        ending.ended(rollback, cause, Optional.empty()); // nothing rolls a rollback back
    }

    void taskSetsChanged() {
        rollback.original = refreshed(rollback.original);
        rollback.replacement = refreshed(rollback.replacement);
        rollback.touch(world.now());
    }

    private TaskSetInfo refreshed(TaskSetInfo last) {
        return last == null ? null : ecs.taskSet(last.id()).orElse(last);
    }
}
