package io.jenkins.plugins.ecscanary.localaws.cloudwatch;

/** Spelled as on the wire. */
enum AlarmState {
    OK,
    ALARM,
    INSUFFICIENT_DATA
}
