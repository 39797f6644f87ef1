package io.jenkins.plugins.ecscanary.localaws.function;

/** How an invocation ended, as far as the one who invoked it can tell. */
public sealed interface FunctionOutcome {

    /** It said that all is well: exit code 0, or an HTTP answer {@code {"status":"Succeeded"}}. */
    record Succeeded() implements FunctionOutcome {}

    /**
     * It said that all is not well, could not be started or reached, or broke.
     *
     * @param reason a sentence's rest, such as {@code exit code 3}
     */
    record Failed(String reason) implements FunctionOutcome {}

    /** It ran and said nothing: it may still report with PutLifecycleEventHookExecutionStatus, as on AWS. */
    record Unreported() implements FunctionOutcome {}
}
