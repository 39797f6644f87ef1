package io.jenkins.plugins.ecscanary.localaws.cloudformation.template;

import io.jenkins.plugins.ecscanary.localaws.wire.AwsError;

/** CloudFormation's one error for templates and their parameters. */
public final class Invalid {

    private Invalid() {}

    public static AwsError request(String sentence) {
        return new AwsError("ValidationError", sentence);
    }

    /** The template is not built as a template is. */
    public static AwsError format(String sentence) {
        return request("Template format error: " + sentence);
    }

    /** A function in it is not used as it must be. */
    public static AwsError template(String sentence) {
        return request("Template error: " + sentence);
    }

    /** What CloudFormation has and this one does not. */
    public static AwsError unsupported(String what) {
        return request("local-aws does not support " + what);
    }
}
