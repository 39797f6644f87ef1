package io.jenkins.plugins.ecscanary.localaws.wire;

import java.util.Map;
import java.util.Optional;

/** The access keys a local AWS knows. Never printed. */
public final class AccessKeys {

    private final Map<String, String> secrets;
    private final Optional<TemporaryKeys> temporary;

    private AccessKeys(Map<String, String> secrets, Optional<TemporaryKeys> temporary) {
        this.secrets = Map.copyOf(secrets);
        this.temporary = temporary;
    }

    /** @param secrets secret access keys by access key id; at least one */
    public static AccessKeys of(Map<String, String> secrets) {
        if (secrets.isEmpty()) {
            throw new IllegalArgumentException("no access key: nobody could call");
        }
        return new AccessKeys(secrets, Optional.empty());
    }

    /** These, and besides the ones that are given out for assumed roles. */
    public AccessKeys with(TemporaryKeys keys) {
        return new AccessKeys(secrets, Optional.of(keys));
    }

    Optional<TemporaryKeys> temporary() {
        return temporary;
    }

    Optional<String> secret(String accessKeyId) {
        return Optional.ofNullable(secrets.get(accessKeyId));
    }

    @Override
    public String toString() {
        return "AccessKeys" + secrets.keySet();
    }
}
