package io.jenkins.plugins.ecscanary.engine;

import io.jenkins.plugins.ecscanary.engine.record.RecordId;
import io.jenkins.plugins.ecscanary.engine.scan.KnownScans;
import java.util.Objects;
import java.util.function.Consumer;

/**
 * How a host begins a deployment, whatever is deployed.
 *
 * @param recordId the record's id, chosen by the host: begun again with it, after a crash or not, it is the same deployment that
 *     goes on. Letters, digits and dashes, at most 100; null for one of the engine's own
 * @param waitForOthers whether another deployment of the service is waited for, within the request's time-out, instead of
 *     refusing this one
 * @param waiting told which one that is, in words, each time it is looked; on an engine thread
 * @param scans the ones that count where the request demands that the image was scanned
 * @param session what the assumed role's session is called in which this deployment is begun, stopped and continued, as
 *     {@link io.jenkins.plugins.ecscanary.engine.aws.RoleToAssume} has it; null for the engine's own. Without a role it means nothing
 */
public record StartOptions(
        String recordId, boolean waitForOthers, Consumer<String> waiting, KnownScans scans, String session) {

    /** As {@link CanaryEngine#deploy(io.jenkins.plugins.ecscanary.engine.model.DeploymentRequest)} has it. */
    public static final StartOptions DEFAULT = new StartOptions(null, false, other -> {});

    public StartOptions {
        Objects.requireNonNull(waiting, "waiting");
        Objects.requireNonNull(scans, "scans");
        if (recordId != null) {
            RecordId.require(recordId);
        }
    }

    /** Of a host that knows no scans. */
    public StartOptions(String recordId, boolean waitForOthers, Consumer<String> waiting) {
        this(recordId, waitForOthers, waiting, KnownScans.NONE, null);
    }

    public StartOptions withScans(KnownScans value) {
        return new StartOptions(recordId, waitForOthers, waiting, value, session);
    }

    public StartOptions inSession(String name) {
        return new StartOptions(recordId, waitForOthers, waiting, scans, name);
    }
}
