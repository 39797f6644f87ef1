package io.jenkins.plugins.ecscanary.localaws.sts;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * Which roles can be assumed. Without any named, every role of the account can; once some are, only those, each with the
 * external id it asks for. Immutable.
 */
public final class Roles {

    /** Every role of the account. */
    public static final Roles ANY = new Roles(Map.of());

    private final Map<String, Optional<String>> externalIds;

    private Roles(Map<String, Optional<String>> externalIds) {
        this.externalIds = Map.copyOf(externalIds);
    }

    /**
     * @param name of the role, without path
     * @param externalId who assumes it must give this one; null if none is asked for
     */
    public Roles with(String name, String externalId) {
        if (!name.matches("[\\w+=,.@-]{1,64}")) {
            throw new IllegalArgumentException("role '" + name + "' is no role's name");
        }
        Map<String, Optional<String>> more = new LinkedHashMap<>(externalIds);
        more.put(name, Optional.ofNullable(externalId));
        return new Roles(more);
    }

    /** As in AWS a role that asks for no external id does not mind one. */
    boolean admit(String name, String externalId) {
        Optional<String> asked = externalIds.get(name);
        return externalIds.isEmpty() || asked != null && (asked.isEmpty() || Objects.equals(asked.get(), externalId));
    }
}
