package io.jenkins.plugins.ecscanary.engine;

import io.jenkins.plugins.ecscanary.engine.aws.AwsCodeDeploy.DeploymentSeen;
import io.jenkins.plugins.ecscanary.engine.aws.AwsFailure;
import io.jenkins.plugins.ecscanary.engine.driver.Driver.Begun;
import io.jenkins.plugins.ecscanary.engine.model.DeploymentRequest;
import io.jenkins.plugins.ecscanary.engine.model.Outcome;
import io.jenkins.plugins.ecscanary.engine.model.Revision;
import io.jenkins.plugins.ecscanary.engine.preflight.Ready;
import io.jenkins.plugins.ecscanary.engine.record.RecordSummary;
import io.jenkins.plugins.ecscanary.engine.timeline.DeploymentEvent;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** From a service that is ready to a deployment that is observed: revision, the task before traffic, creation. Blocks. */
final class Creation {

    private final Context context;
    private final DeploymentRequest request;
    private final DeploymentRun run;
    private ThrottledCreation throttled;

    Creation(Context context, DeploymentRequest request, DeploymentRun run) {
        this.context = context;
        this.request = request;
        this.run = run;
    }

    void begin(Ready seen) {
        Ready ready = asRecorded(seen);
        sides(ready);
        String token = run.view().working().token();
        changing(
                        () -> context.driver().register(request, ready, token, this::journal),
                        e -> run.end(Outcome.REFUSED, e.getMessage()))
                .ifPresent(revision -> afterRegistration(ready));
    }

    /** An earlier process had registered the revision and run its task; what serves may have changed since. */
    void goOn(Ready seen) {
        Ready ready = asRecorded(seen);
        sides(ready);
        afterRegistration(ready);
    }

    private void afterRegistration(Ready ready) {
        if (run.view().working().beforeTraffic() == null) {
            create(ready);
        } else {
            new BeforeTraffic(context, run, () -> create(ready)).begin();
        }
    }

    private void create(Ready ready) {
        if (Unwanted.ended(context, run)) {
            return;
        }
        Revision revision = run.view().working().revision();
        String token = run.view().working().token();
        Instant since = run.view().startedAt().minus(Resume.CLOCK_MARGIN);
        changing(
                        () -> context.driver().start(request, ready, revision, token, since, this::journal),
                        e -> failed(ready, e))
                .ifPresent(begun -> started(ready, begun));
    }

    /** Empty where it was not done; then that has been dealt with. */
    private <T> Optional<T> changing(Supplier<T> change, Consumer<AwsFailure> failed) {
        try {
            return Optional.of(change.get());
        } catch (GivenUp e) {
            run.end(Outcome.ABORTED, "given up before the deployment was created by " + run.givenUpBecause());
        } catch (NotRecorded e) {
            run.end(Outcome.REFUSED, "nothing is started that can't be recorded: " + e.getMessage());
        } catch (AwsFailure e) {
            failed.accept(e);
        }
        return Optional.empty();
    }

    private void failed(Ready ready, AwsFailure e) {
        if (ThrottledCreation.is(e)) {
            if (throttled == null) {
                throttled = new ThrottledCreation(context, run, seen -> adopted(ready, seen), () -> create(ready));
            }
            throttled.after(e);
            return;
        }
        if (!e.mayHaveHappened()) {
            run.end(Outcome.REFUSED, e.getMessage());
            return;
        }
        run.append(new DeploymentEvent.Warned(
                context.time().now(), "whether the deployment was created is not known: " + e.getMessage()));
        new LostCreation(context, run, seen -> adopted(ready, seen), () -> neverCreated(e))
                .lookUntil(context.time().now().plus(LostCreation.APPEARANCE));
    }

    private void neverCreated(AwsFailure why) {
        if (run.givenUp()) {
            run.end(Outcome.ABORTED, "given up before the deployment was created by " + run.givenUpBecause());
        } else {
            run.end(Outcome.REFUSED, "no deployment was created: " + why.getMessage());
        }
    }

    /** Before each change in AWS: is it still wanted, and is it known after a crash that it was made? */
    private void journal(DeploymentEvent event) {
        if (run.givenUp()) {
            throw new GivenUp();
        }
        run.append(event);
        if (run.leftBehind()) {
            throw new GivenUp(); // perhaps before it was noted, and then nobody would know
        }
        run.trouble().ifPresent(trouble -> {
            throw new NotRecorded(trouble);
        });
    }

    private void sides(Ready ready) {
        run.append(new DeploymentEvent.SidesKnown(
                context.time().now(),
                ready.listenerArn(),
                ready.loadBalancer(),
                ready.originalTargetGroupArn(),
                ready.original(),
                ready.replacementTargetGroupArn(),
                ready.watchedAlarms()));
        if (run.view().changes() == null) {
            run.append(RevisionComparison.of(
                    context.aws(), request, ready, context.time().now()));
        }
    }

    /** The task definition names its image by digest; a record of its deployment knows the tag people know it by. */
    private Ready asRecorded(Ready ready) {
        return ready.withOriginal(context.records().history(run.view().service()).stream()
                .map(RecordSummary::revision)
                .filter(revision -> revision != null
                        && revision.taskDefinition().equals(ready.original().taskDefinition())
                        && revision.image() != null)
                .findFirst()
                .orElse(ready.original()));
    }

    private void adopted(Ready ready, DeploymentSeen seen) {
        started(ready, new Begun(seen.id(), ready.config(), ready.terminationWait(), true));
    }

    private void started(Ready ready, Begun begun) {
        run.append(new DeploymentEvent.Started(
                context.time().now(),
                begun.deploymentId(),
                context.driver().consoleUrl(begun.deploymentId()),
                begun.config(),
                ready.traffic(),
                begun.terminationWait(),
                begun.adopted(),
                ready.readyWait()));
        run.observe();
    }

    /** What is about to be done could not be noted: after a crash nobody would know of it. */
    private static final class NotRecorded extends RuntimeException {
        private static final long serialVersionUID = 1L;

        NotRecorded(String trouble) {
            super(trouble);
        }
    }

    /** Someone asked to roll back while there was nothing to roll back yet. */
    private static final class GivenUp extends RuntimeException {
        private static final long serialVersionUID = 1L;
    }
}
