package io.jenkins.plugins.ecscanary.engine;

import java.util.Objects;
import java.util.function.Consumer;
import java.util.regex.Pattern;

/**
 * How a host begins a deployment, whatever is deployed.
 *
 * @param recordId the record's id, chosen by the host: begun again with it, after a crash or not, it is the same deployment that
 *     goes on. Letters, digits and dashes, at most 100; null for one of the engine's own
 * @param waitForOthers whether another deployment of the service is waited for, within the request's time-out, instead of
 *     refusing this one
 * @param waiting told which one that is, in words, each time it is looked; on an engine thread
 */
public record StartOptions(String recordId, boolean waitForOthers, Consumer<String> waiting) {

    private static final Pattern ID = Pattern.compile("[A-Za-z0-9-]{1,100}");

    /** As {@link CanaryEngine#deploy(io.jenkins.plugins.ecscanary.engine.model.DeploymentRequest)} has it. */
    public static final StartOptions DEFAULT = new StartOptions(null, false, other -> {});

    public StartOptions {
        Objects.requireNonNull(waiting, "waiting");
        if (recordId != null && !ID.matcher(recordId).matches()) {
            throw new IllegalArgumentException(
                    "\"" + recordId + "\" is no id of a record: up to 100 letters, digits and dashes");
        }
    }
}
