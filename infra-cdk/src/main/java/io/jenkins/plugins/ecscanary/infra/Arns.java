package io.jenkins.plugins.ecscanary.infra;

import software.amazon.awscdk.Aws;

/** Names of things in the stack's own account, partition and region, whichever these turn out to be. */
final class Arns {

    private Arns() {}

    /** {@code arn:<partition>:<service>:<region>:<account>:<rest>}. */
    static String of(String service, String rest) {
        return "arn:" + Aws.PARTITION + ":" + service + ":" + Aws.REGION + ":" + Aws.ACCOUNT_ID + ":" + rest;
    }
}
