package io.jenkins.plugins.ecscanary.engine;

/** The deployment was left before its verdict; AWS goes on, and its record can be watched again. */
public final class LeftException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    LeftException(String id) {
        super(
                id == null
                        ? "the deployment was left before it had begun"
                        : "the deployment " + id + " was left before its verdict; AWS goes on with it");
    }
}
