package io.jenkins.plugins.ecscanary.localaws.ecr;

import io.jenkins.plugins.ecscanary.localaws.wire.AwsError;

/** ECR's answer to a parameter that is not what it should be. */
final class Invalid {

    private Invalid() {}

    static AwsError parameter(String name, String why) {
        return new AwsError(
                "InvalidParameterException",
                "Invalid parameter at '" + name + "' failed to satisfy constraint: " + why);
    }
}
