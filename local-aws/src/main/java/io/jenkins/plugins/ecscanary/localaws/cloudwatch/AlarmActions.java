package io.jenkins.plugins.ecscanary.localaws.cloudwatch;

import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * What an alarm asks to be done when it changes its state. local-aws has none of the services that would do it: the actions
 * are kept and told back, and where one would be due, the log and the alarm's history say that it failed.
 */
record AlarmActions(boolean enabled, List<String> ok, List<String> alarm, List<String> insufficientData) {

    private static final int MOST = 5;
    private static final Pattern ARN = Pattern.compile("arn:[a-z-]+:[a-z0-9-]+:[a-z0-9-]*:[0-9]*:.+");

    AlarmActions {
        ok = List.copyOf(ok);
        alarm = List.copyOf(alarm);
        insufficientData = List.copyOf(insufficientData);
    }

    /** @param enabled true if null, as on AWS */
    static AlarmActions read(Boolean enabled, List<String> ok, List<String> alarm, List<String> insufficientData) {
        return new AlarmActions(
                enabled == null || enabled,
                checked(ok, "OKActions"),
                checked(alarm, "AlarmActions"),
                checked(insufficientData, "InsufficientDataActions"));
    }

    private static List<String> checked(List<String> actions, String what) {
        if (actions == null) {
            return List.of();
        }
        Arguments.checkSize(actions, MOST, what);
        for (String action : actions) {
            if (action == null || !ARN.matcher(action).matches()) {
                throw Arguments.invalid("Invalid arn syntax: " + action);
            }
        }
        return actions;
    }

    List<String> of(AlarmState state) {
        return switch (state) {
            case OK -> ok;
            case ALARM -> alarm;
            case INSUFFICIENT_DATA -> insufficientData;
        };
    }

    boolean anyBeginsWith(String prefix) {
        return Stream.of(ok, alarm, insufficientData).flatMap(List::stream).anyMatch(arn -> arn.startsWith(prefix));
    }
}
