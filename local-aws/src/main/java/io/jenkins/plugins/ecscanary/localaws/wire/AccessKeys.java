package io.jenkins.plugins.ecscanary.localaws.wire;

import java.util.Map;
import java.util.Optional;

/** The access keys a local AWS knows. Never printed. */
public final class AccessKeys {

    private final Map<String, String> secrets;

    private AccessKeys(Map<String, String> secrets) {
        this.secrets = Map.copyOf(secrets);
    }

    /** @param secrets secret access keys by access key id; at least one */
    public static AccessKeys of(Map<String, String> secrets) {
        if (secrets.isEmpty()) {
            throw new IllegalArgumentException("no access key: nobody could call");
        }
        return new AccessKeys(secrets);
    }

    Optional<String> secret(String accessKeyId) {
        return Optional.ofNullable(secrets.get(accessKeyId));
    }

    @Override
    public String toString() {
        return "AccessKeys" + secrets.keySet();
    }
}
