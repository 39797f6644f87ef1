package io.jenkins.plugins.ecscanary.localaws.proxy;

import java.time.Duration;
import java.util.concurrent.CompletionStage;

/** Asks a target for its health, once. */
public interface HealthProbe {

    /**
     * @param path with query, such as {@code /health}
     * @param timeout in wall-clock time
     * @return completes normally whatever happens, from any thread
     */
    CompletionStage<Outcome> check(String ip, int port, String path, Duration timeout);

    /** What came of it. */
    sealed interface Outcome {}

    /** The target answered. */
    record Answered(int status) implements Outcome {}

    /** It did not in time. */
    record TimedOut() implements Outcome {}

    /** It could not be reached, or what it answered is not HTTP. */
    record Failed() implements Outcome {}
}
