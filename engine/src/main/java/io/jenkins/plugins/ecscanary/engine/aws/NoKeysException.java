package io.jenkins.plugins.ecscanary.engine.aws;

/** There are no usable keys; thrown inside the SDK's credentials lookup and recognized outside of it. */
final class NoKeysException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    NoKeysException(String message, Throwable cause) {
        super(message, cause);
    }
}
