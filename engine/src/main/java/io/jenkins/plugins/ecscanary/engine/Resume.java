package io.jenkins.plugins.ecscanary.engine;

import io.jenkins.plugins.ecscanary.engine.aws.Aws.Identity;
import io.jenkins.plugins.ecscanary.engine.aws.AwsCodeDeploy.ConfigSeen;
import io.jenkins.plugins.ecscanary.engine.aws.AwsCodeDeploy.DeploymentSeen;
import io.jenkins.plugins.ecscanary.engine.aws.AwsCodeDeploy.GroupSeen;
import io.jenkins.plugins.ecscanary.engine.aws.AwsFailure;
import io.jenkins.plugins.ecscanary.engine.model.CodeDeployGroup;
import io.jenkins.plugins.ecscanary.engine.model.Outcome;
import io.jenkins.plugins.ecscanary.engine.model.TrafficPlan;
import io.jenkins.plugins.ecscanary.engine.timeline.DeploymentEvent;
import io.jenkins.plugins.ecscanary.engine.timeline.TimelineFile;
import io.jenkins.plugins.ecscanary.engine.view.DeploymentView;
import io.jenkins.plugins.ecscanary.engine.view.ViewFold;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Goes on with an unfinished record whose owner is gone. */
final class Resume {

    private Resume() {}

    /** How far AWS's clock may be behind ours when a deployment's creation time is compared. */
    static final Duration CLOCK_MARGIN = Duration.ofMinutes(10);

    /** Takes up a record: looks in AWS for what became of it and goes on from there. A failure leaves it unfinished. */
    static void takeUp(Context context, DeploymentRun run, TimelineFile file, String why) {
        Optional<DeploymentSeen> created = Optional.empty();
        try {
            run.hold(file);
            DeploymentView known = ViewFold.fold(file.entries());
            if (!known.ended()) {
                Identity identity = context.aws().identity();
                context.time().sync(identity.serverTime());
                requireHome(context, identity, known);
                // Where its id is known the observation tells, with many others in one call.
                created = known.deploymentId() == null ? created(context, known) : Optional.empty();
            }
        } catch (RuntimeException e) {
            run.fail(e);
            return;
        }
        of(context, run, file, created, why);
    }

    /** Asked elsewhere, AWS would truthfully say that there is no such deployment. */
    static void requireHome(Context context, Identity identity, DeploymentView known) {
        if (!identity.account().equals(known.service().account())
                || !context.region().equals(known.service().region())) {
            throw AwsFailure.of(
                    AwsFailure.Kind.INVALID,
                    "the record " + known.id() + " is about " + known.service()
                            + ", but these keys and this endpoint are "
                            + "for account " + identity.account() + ", region " + context.region()
                            + "; use those it was started with. Nothing was changed.");
        }
    }

    /** What AWS has of a recorded deployment: by its id, or by its token where the id was never noted. */
    static Optional<DeploymentSeen> created(Context context, DeploymentView known) {
        if (known.deploymentId() != null) {
            return context.aws().deployments(List.of(known.deploymentId())).stream()
                    .findFirst();
        }
        return context.driver()
                .find(
                        known.working().codeDeploy(),
                        known.working().token(),
                        known.startedAt().minus(CLOCK_MARGIN));
    }

    /**
     * Makes {@code run} the owner of a record and has it observed to its verdict.
     *
     * @param created what AWS has of the deployment where the record does not have its id; else of no interest
     */
    static void of(
            Context context, DeploymentRun run, TimelineFile file, Optional<DeploymentSeen> created, String why) {
        of(context, run, file, created, why, () -> neverCreated(context, run));
    }

    /** @param never what to do where it was never created; a task before traffic may have been run */
    static void of(
            Context context,
            DeploymentRun run,
            TimelineFile file,
            Optional<DeploymentSeen> created,
            String why,
            Runnable never) {
        run.attach(file);
        if (run.finishedBefore()) {
            return;
        }
        Instant now = context.time().now();
        run.append(new DeploymentEvent.Resynced(now, context.host(), "followed by " + context.host() + ": " + why));
        DeploymentView known = run.view();
        if (known.deploymentId() != null) {
            run.observe();
        } else if (created.isPresent()) {
            started(context, run, created.get());
        } else if (LostCreation.possible(known, now)) {
            new LostCreation(context, run, seen -> started(context, run, seen), never)
                    .lookUntil(known.working().createIntendedAt().plus(LostCreation.APPEARANCE));
        } else {
            never.run();
        }
    }

    /** Nobody is there to go on with it: its task before traffic is followed to its end, if there is one. */
    private static void neverCreated(Context context, DeploymentRun run) {
        String gone = "the process that began it ended before ";
        Runnable end = () -> run.end(Outcome.ABORTED, gone + "the deployment was created");
        if (BeforeTraffic.begun(run.view())) {
            new BeforeTraffic(context, run, end)
                    .follow(() -> run.end(Outcome.ABORTED, gone + "its task before traffic ran"));
        } else {
            end.run();
        }
    }

    /** The note of the creation was lost with the process that made it: it is made now, with what can be read. */
    private static void started(Context context, DeploymentRun run, DeploymentSeen created) {
        CodeDeployGroup codeDeploy = run.view().working().codeDeploy();
        String config = codeDeploy.config();
        TrafficPlan traffic = null;
        Duration terminationWait = Duration.ZERO;
        Duration readyWait = Duration.ZERO;
        String unread = null;
        try {
            Optional<GroupSeen> group = context.aws().deploymentGroup(codeDeploy);
            terminationWait = group.map(GroupSeen::terminationWait).orElse(Duration.ZERO);
            readyWait = group.map(GroupSeen::readyWait).orElse(Duration.ZERO);
            config = config != null ? config : group.map(GroupSeen::config).orElse(null);
            if (config != null) {
                traffic = context.aws()
                        .deploymentConfig(config)
                        .map(ConfigSeen::traffic)
                        .orElse(null);
            }
        } catch (AwsFailure e) {
            unread = "the plan is not known, the deployment is followed without it: " + e.getMessage();
        }
        Instant now = context.time().now();
        run.append(new DeploymentEvent.Started(
                now,
                created.id(),
                context.driver().consoleUrl(created.id()),
                config,
                traffic,
                terminationWait,
                true,
                readyWait));
        if (unread != null) {
            run.append(new DeploymentEvent.Warned(now, unread));
        }
        run.observe();
    }
}
