package io.jenkins.plugins.ecscanary.localaws.logs;

import io.jenkins.plugins.ecscanary.localaws.wire.AwsError;

/** CloudWatch Logs' errors. */
final class LogErrors {

    private LogErrors() {}

    static AwsError invalid(String message) {
        return new AwsError("InvalidParameterException", message);
    }

    static AwsError notFound(String message) {
        return new AwsError("ResourceNotFoundException", message);
    }

    static AwsError noGroup() {
        return notFound("The specified log group does not exist.");
    }

    static AwsError noStream() {
        return notFound("The specified log stream does not exist.");
    }

    static AwsError limit() {
        return new AwsError("LimitExceededException", "Resource limit exceeded.");
    }
}
