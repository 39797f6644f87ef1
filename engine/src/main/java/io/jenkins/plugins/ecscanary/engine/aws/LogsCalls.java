package io.jenkins.plugins.ecscanary.engine.aws;

import java.util.List;
import java.util.Objects;
import software.amazon.awssdk.services.cloudwatchlogs.model.GetLogEventsResponse;
import software.amazon.awssdk.services.cloudwatchlogs.model.OutputLogEvent;
import software.amazon.awssdk.services.cloudwatchlogs.model.ResourceNotFoundException;

/** Amazon CloudWatch Logs. */
final class LogsCalls {

    /** A longer line is cut: a record is no place for dumps. */
    static final int LONGEST_LINE = 500;

    /** CloudWatch Logs may answer an empty page though there are events further back. */
    private static final int MOST_PAGES = 3;

    private final Calls calls;
    private final SdkClients clients;

    LogsCalls(Calls calls, SdkClients clients) {
        this.calls = calls;
        this.clients = clients;
    }

    List<String> tail(String group, String stream, int lines) {
        return calls.read(
                "logs:GetLogEvents",
                "log stream " + stream + " of " + group,
                "check the log group's name and the region",
                () -> {
                    try {
                        return newest(group, stream, lines);
                    } catch (ResourceNotFoundException e) {
                        return List.of();
                    }
                });
    }

    /** AWS finds by the beginning of a name, in order, so that the name itself is the first. */
    boolean exists(String name) {
        return calls.read(
                "logs:DescribeLogGroups",
                "log group " + name,
                "check the log group's name and the region",
                () -> clients.logs().describeLogGroups(r -> r.logGroupNamePrefix(name)).logGroups().stream()
                        .anyMatch(group -> name.equals(group.logGroupName())));
    }

    private List<String> newest(String group, String stream, int lines) {
        String token = null;
        for (int page = 0; page < MOST_PAGES; page++) {
            String from = token;
            GetLogEventsResponse answer = clients.logs().getLogEvents(r -> r.logGroupName(group)
                    .logStreamName(stream)
                    .startFromHead(false)
                    .limit(lines)
                    .nextToken(from));
            if (!answer.events().isEmpty() || Objects.equals(token, answer.nextBackwardToken())) {
                return answer.events().stream()
                        .map(OutputLogEvent::message)
                        .map(LogsCalls::line)
                        .toList();
            }
            token = answer.nextBackwardToken();
        }
        return List.of();
    }

    /** Programs colour their output and log what others send them: nothing of it is to act on a terminal or a page. */
    static String line(String message) {
        String clean = message == null
                ? ""
                : message.replaceAll("\\x1B\\[[0-9;?]*[ -/]*[@-~]", "")
                        .replaceAll("[\\p{Cc}\\p{Cf}\\p{Zl}\\p{Zp}]+", " ")
                        .strip();
        return clean.length() <= LONGEST_LINE ? clean : clean.substring(0, LONGEST_LINE) + "…";
    }
}
