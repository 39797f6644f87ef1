package io.jenkins.plugins.ecscanary.localaws.cloudwatch;

/** An expression that can't be read or calculated; the message names the position, counted from 1. */
final class MathSyntaxException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    MathSyntaxException(int position, String problem) {
        super("at position " + position + ": " + problem);
    }
}
