package io.jenkins.plugins.ecscanary.localaws.codedeploy;

import io.jenkins.plugins.ecscanary.localaws.codedeploy.LifecycleEvents.Name;
import java.time.Instant;

/**
 * One run of a lifecycle event's function.
 *
 * @param id what the function gives to PutLifecycleEventHookExecutionStatus
 * @param function name or ARN, as the AppSpec has it
 * @param deadline after which it has failed
 */
record HookExecution(String id, Name event, String function, Instant deadline) {

    /** What the function is invoked with; the members' capitals are AWS's. */
    String payload(String deploymentId) {
        return "{\"DeploymentId\":\"" + deploymentId + "\",\"LifecycleEventHookExecutionId\":\"" + id + "\"}";
    }
}
