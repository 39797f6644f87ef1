package io.jenkins.plugins.ecscanary.localaws.ecs;

/** What a Describe operation says about a name it does not know: no error, but an entry in {@code failures}. */
record Failure(String arn, String reason, String detail) {

    static Failure missing(String arn) {
        return new Failure(arn, "MISSING", null);
    }
}
