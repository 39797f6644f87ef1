package io.jenkins.plugins.ecscanary.engine;

import io.jenkins.plugins.ecscanary.engine.aws.Aws;
import io.jenkins.plugins.ecscanary.engine.aws.AwsFailure;
import io.jenkins.plugins.ecscanary.engine.driver.CodeDeployDriver;
import io.jenkins.plugins.ecscanary.engine.model.DeploymentRequest;
import io.jenkins.plugins.ecscanary.engine.model.RevisionChange;
import io.jenkins.plugins.ecscanary.engine.preflight.Ready;
import io.jenkins.plugins.ecscanary.engine.taskdef.TaskDefinitionDiff;
import io.jenkins.plugins.ecscanary.engine.taskdef.TaskDefinitionText;
import io.jenkins.plugins.ecscanary.engine.timeline.DeploymentEvent;
import io.jenkins.plugins.ecscanary.engine.timeline.DeploymentEvent.RevisionCompared;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** What a deployment changes against what serves, for its timeline. */
final class RevisionComparison {

    /** A record stays small whatever a template holds. */
    private static final int MOST_CHANGES = 40;

    private RevisionComparison() {}

    /** What was found, or a warning: that it could not be compared holds up nothing. */
    static DeploymentEvent of(Aws aws, DeploymentRequest request, Ready ready, Instant now) {
        String serving = ready.original().taskDefinition();
        try {
            Optional<String> before = aws.taskDefinitionJson(serving);
            Optional<String> after = after(aws, request, ready);
            if (before.isEmpty() || after.isEmpty()) {
                return new DeploymentEvent.Warned(
                        now,
                        "what changes could not be told: ECS does not describe "
                                + (before.isEmpty() ? serving : "the revision to deploy"));
            }
            List<RevisionChange> changes =
                    TaskDefinitionDiff.of(before.get(), after.get()).changes();
            int shown = Math.min(MOST_CHANGES, changes.size());
            return new RevisionCompared(
                    now,
                    serving,
                    changes.subList(0, shown),
                    changes.size() - shown,
                    TaskDefinitionText.logGroups(after.get()));
        } catch (AwsFailure e) {
            return new DeploymentEvent.Warned(now, "what changes could not be told: " + e.getMessage());
        }
    }

    private static Optional<String> after(Aws aws, DeploymentRequest request, Ready ready) {
        return request.source() instanceof DeploymentRequest.Registered registered
                ? aws.taskDefinitionJson(registered.taskDefinition())
                : Optional.of(CodeDeployDriver.withImage((DeploymentRequest.Rendered) request.source(), ready));
    }
}
