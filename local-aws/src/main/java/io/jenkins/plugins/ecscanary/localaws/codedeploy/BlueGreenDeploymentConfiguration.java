package io.jenkins.plugins.ecscanary.localaws.codedeploy;

import io.jenkins.plugins.ecscanary.localaws.wire.AwsError;
import java.time.Duration;
import java.util.Optional;

/** When the replacement gets traffic and what becomes of the original. */
record BlueGreenDeploymentConfiguration(
        TerminateBlue terminateBlueInstancesOnDeploymentSuccess, DeploymentReadyOption deploymentReadyOption) {

    private static final int LONGEST_WAIT_MINUTES = 2880;

    BlueGreenDeploymentConfiguration {
        if (terminateBlueInstancesOnDeploymentSuccess == null || deploymentReadyOption == null) {
            throw invalid("terminateBlueInstancesOnDeploymentSuccess and deploymentReadyOption are required");
        }
    }

    boolean terminatesOriginal() {
        return "TERMINATE".equals(terminateBlueInstancesOnDeploymentSuccess.action());
    }

    Duration terminationWait() {
        Integer minutes = terminateBlueInstancesOnDeploymentSuccess.terminationWaitTimeInMinutes();
        return Duration.ofMinutes(minutes == null ? 0 : minutes);
    }

    /** How long it waits to be continued before production traffic is shifted; empty if it goes on by itself. */
    Optional<Duration> readyWait() {
        return "STOP_DEPLOYMENT".equals(deploymentReadyOption.actionOnTimeout)
                ? Optional.of(Duration.ofMinutes(deploymentReadyOption.waitTimeInMinutes))
                : Optional.empty();
    }

    record TerminateBlue(String action, Integer terminationWaitTimeInMinutes) {
        TerminateBlue {
            action = action == null ? "TERMINATE" : action;
            if (!"TERMINATE".equals(action) && !"KEEP_ALIVE".equals(action)) {
                throw invalid("action " + action + " is neither TERMINATE nor KEEP_ALIVE");
            }
            if (terminationWaitTimeInMinutes != null
                    && (terminationWaitTimeInMinutes < 0 || terminationWaitTimeInMinutes > LONGEST_WAIT_MINUTES)) {
                throw invalid("terminationWaitTimeInMinutes " + terminationWaitTimeInMinutes + " is not between 0 and "
                        + LONGEST_WAIT_MINUTES);
            }
        }
    }

    /** The longest wait is not in AWS's documentation; the other wait's limit is taken. */
    record DeploymentReadyOption(String actionOnTimeout, int waitTimeInMinutes) {
        DeploymentReadyOption {
            actionOnTimeout = actionOnTimeout == null ? "CONTINUE_DEPLOYMENT" : actionOnTimeout;
            switch (actionOnTimeout) {
                case "CONTINUE_DEPLOYMENT" -> {
                    if (waitTimeInMinutes != 0) {
                        throw invalid("waitTimeInMinutes goes with actionOnTimeout STOP_DEPLOYMENT only");
                    }
                }
                case "STOP_DEPLOYMENT" -> {
                    if (waitTimeInMinutes < 1 || waitTimeInMinutes > LONGEST_WAIT_MINUTES) {
                        throw invalid("waitTimeInMinutes " + waitTimeInMinutes + " is not between 1 and "
                                + LONGEST_WAIT_MINUTES + ", as actionOnTimeout STOP_DEPLOYMENT needs it");
                    }
                }
                default ->
                    throw invalid("actionOnTimeout " + actionOnTimeout
                            + " is neither CONTINUE_DEPLOYMENT nor STOP_DEPLOYMENT");
            }
        }
    }

    private static AwsError invalid(String why) {
        return new AwsError("InvalidBlueGreenDeploymentConfigurationException", why);
    }
}
