package io.jenkins.plugins.ecscanary.engine;

import io.jenkins.plugins.ecscanary.engine.aws.Aws.ConfigSeen;
import io.jenkins.plugins.ecscanary.engine.aws.Aws.DeploymentSeen;
import io.jenkins.plugins.ecscanary.engine.aws.Aws.GroupSeen;
import io.jenkins.plugins.ecscanary.engine.aws.AwsFailure;
import io.jenkins.plugins.ecscanary.engine.model.Outcome;
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
        Optional<DeploymentSeen> created;
        try {
            context.time().sync(context.aws().identity().serverTime());
            created = created(context, ViewFold.fold(file.entries()));
        } catch (AwsFailure e) {
            file.close();
            run.fail(e);
            return;
        }
        of(context, run, file, created, why);
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
     * @param created what AWS has of the deployment; empty if it does not know its id (any more)
     */
    static void of(
            Context context, DeploymentRun run, TimelineFile file, Optional<DeploymentSeen> created, String why) {
        run.attach(file);
        Instant now = context.time().now();
        DeploymentView known = run.view();
        run.append(new DeploymentEvent.Resynced(now, context.host(), "followed by " + context.host() + ": " + why));
        if (known.deploymentId() == null) {
            if (created.isEmpty()) {
                run.end(Outcome.ABORTED, "the process that began it ended before the deployment was created");
                return;
            }
            started(context, run, created.get(), now);
        }
        run.observe();
    }

    /** The note of the creation was lost with the process that made it: it is made now. */
    private static void started(Context context, DeploymentRun run, DeploymentSeen created, Instant now) {
        DeploymentView known = run.view();
        Optional<GroupSeen> group =
                context.aws().deploymentGroup(known.working().codeDeploy());
        String asked = known.working().codeDeploy().config();
        String config = asked != null ? asked : group.map(GroupSeen::config).orElse(null);
        run.append(new DeploymentEvent.Started(
                now,
                created.id(),
                context.driver().consoleUrl(created.id()),
                config,
                config == null
                        ? null
                        : context.aws()
                                .deploymentConfig(config)
                                .map(ConfigSeen::traffic)
                                .orElse(null),
                group.map(GroupSeen::terminationWait).orElse(Duration.ZERO),
                true));
    }
}
