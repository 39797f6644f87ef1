package io.jenkins.plugins.ecscanary.localaws.cloudwatch;

import java.time.Instant;
import java.util.Optional;

/** What CodeDeploy asks of CloudWatch's alarms. Called holding the world's lock. */
public interface AlarmSource {

    Optional<AlarmView> alarm(String name);

    /**
     * @param state {@code OK}, {@code ALARM} or {@code INSUFFICIENT_DATA}
     * @param reason CloudWatch's sentence
     */
    record AlarmView(String name, String state, String reason, Instant stateUpdated) {}
}
