package io.jenkins.plugins.ecscanary.localaws.cloudwatch;

import java.time.Instant;

/** What an alarm watches. */
sealed interface AlarmDefinition permits OnMetrics, OnAlarms {

    /** The request it was put with. */
    Record given();

    AlarmActions actions();

    Instant updated();

    /** As DescribeAlarms and the history call it. */
    String type();
}
