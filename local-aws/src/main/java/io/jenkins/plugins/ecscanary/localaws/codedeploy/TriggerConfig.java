package io.jenkins.plugins.ecscanary.localaws.codedeploy;

import io.jenkins.plugins.ecscanary.localaws.wire.AwsError;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Who is to be told of a deployment group's deployments. Kept and answered; nobody is told, for there is no SNS here. */
record TriggerConfig(String triggerName, String triggerTargetArn, List<String> triggerEvents) {

    private static final int MOST = 10;
    private static final Set<String> EVENTS = Set.of(
            "DeploymentStart",
            "DeploymentSuccess",
            "DeploymentFailure",
            "DeploymentStop",
            "DeploymentRollback",
            "DeploymentReady",
            "InstanceStart",
            "InstanceSuccess",
            "InstanceFailure",
            "InstanceReady");

    TriggerConfig {
        triggerEvents = triggerEvents == null ? List.of() : List.copyOf(triggerEvents);
    }

    /** @throws AwsError with AWS's codes; its sentences are not known */
    static List<TriggerConfig> checked(List<TriggerConfig> given) {
        if (given.size() > MOST) {
            throw new AwsError(
                    "TriggerTargetsLimitExceededException",
                    "The maximum number of triggers for a deployment group (" + MOST + ") was exceeded: "
                            + given.size());
        }
        Set<String> names = new HashSet<>();
        for (TriggerConfig trigger : given) {
            if (trigger.triggerName == null || trigger.triggerName.isBlank()) {
                throw invalid("A trigger has no name");
            }
            if (!names.add(trigger.triggerName)) {
                throw invalid("Two triggers have the name " + trigger.triggerName);
            }
            if (trigger.triggerTargetArn == null
                    || !trigger.triggerTargetArn.matches("arn:aws[a-z-]*:sns:[a-z0-9-]+:[0-9]{12}:.+")) {
                throw invalid(
                        "The target of trigger " + trigger.triggerName + " is no topic: " + trigger.triggerTargetArn);
            }
            if (trigger.triggerEvents.isEmpty() || !EVENTS.containsAll(trigger.triggerEvents)) {
                throw invalid("The events of trigger " + trigger.triggerName + " are not among " + EVENTS + ": "
                        + trigger.triggerEvents);
            }
        }
        return List.copyOf(given);
    }

    private static AwsError invalid(String why) {
        return new AwsError("InvalidTriggerConfigException", why);
    }
}
