package io.jenkins.plugins.ecscanary.jenkins.step;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.UUID;

/** Ids of records, in the order of their making where people sort them. */
final class DeploymentId {

    private static final DateTimeFormatter STAMP =
            DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss'Z'").withZone(ZoneOffset.UTC);

    private DeploymentId() {}

    static String fresh() {
        return STAMP.format(Instant.now()) + "-" + UUID.randomUUID().toString().substring(0, 8);
    }
}
