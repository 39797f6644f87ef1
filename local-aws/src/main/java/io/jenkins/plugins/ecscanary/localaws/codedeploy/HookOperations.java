package io.jenkins.plugins.ecscanary.localaws.codedeploy;

import io.jenkins.plugins.ecscanary.localaws.wire.AwsError;
import io.jenkins.plugins.ecscanary.localaws.wire.Operation;
import java.util.List;

/** PutLifecycleEventHookExecutionStatus: how a function reports on the lifecycle event it was invoked for. */
final class HookOperations {

    private final Deployments deployments;

    HookOperations(Deployments deployments) {
        this.deployments = deployments;
    }

    List<Operation<?, ?>> operations() {
        return List.of(Operation.of("PutLifecycleEventHookExecutionStatus", Report.class, this::report));
    }

    private Reported report(Report in) {
        Deployment deployment = deployments.get(in.deploymentId);
        if (in.lifecycleEventHookExecutionId == null || in.lifecycleEventHookExecutionId.isBlank()) {
            throw new AwsError(
                    "InvalidLifecycleEventHookExecutionIdException", "The lifecycleEventHookExecutionId is required");
        }
        if (!"Succeeded".equals(in.status) && !"Failed".equals(in.status)) {
            throw new AwsError(
                    "InvalidLifecycleEventHookExecutionStatusException",
                    "The status of a lifecycle event is Succeeded or Failed, not " + in.status);
        }
        deployments.report(deployment, in.lifecycleEventHookExecutionId, "Succeeded".equals(in.status));
        return new Reported(in.lifecycleEventHookExecutionId);
    }

    record Report(String deploymentId, String lifecycleEventHookExecutionId, String status) {}

    record Reported(String lifecycleEventHookExecutionId) {}
}
