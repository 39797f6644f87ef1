package io.jenkins.plugins.ecscanary.localaws.function;

import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/** The Lambda functions there are, by name. */
public interface Functions {

    /** None: what names a function fails, saying how to map it. */
    Functions NONE = (name, payload) -> Optional.empty();

    /**
     * Invokes a function. Returns at once: called holding the world's lock, so nothing is started or sent here, and the
     * outcome comes on another thread that does not hold it.
     *
     * @param nameOrArn as an AppSpec has it: {@code NAME} or {@code arn:aws:lambda:…:function:NAME}, with or without a
     *     version or alias
     * @param payload JSON
     * @return empty if nobody mapped the function; cancelling the outcome ends the invocation
     */
    Optional<CompletableFuture<FunctionOutcome>> invoke(String nameOrArn, String payload);
}
