package io.jenkins.plugins.ecscanary.localaws.cloudwatch;

import java.util.Arrays;

/** Spelled as on the wire. */
enum AlarmState {
    OK,
    ALARM,
    INSUFFICIENT_DATA;

    static AlarmState parse(String value) {
        return Arrays.stream(values())
                .filter(state -> state.name().equals(value))
                .findFirst()
                .orElseThrow(() ->
                        Arguments.invalid("StateValue '" + value + "' is not one of " + Arrays.toString(values())));
    }
}
