package io.jenkins.plugins.ecscanary.engine.scan;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Objects;

/**
 * Somebody's word that a finding is accepted for a time.
 *
 * @param id the finding's
 * @param packageName what it is accepted in ({@link Finding#subject()}), or null for everywhere
 * @param expires the last day on which it holds, in UTC
 * @param line where it stands in its file, from 1 on
 */
public record Waiver(String id, String packageName, String reason, String owner, LocalDate expires, int line) {

    public Waiver {
        Objects.requireNonNull(id, "id");
        Objects.requireNonNull(reason, "reason");
        Objects.requireNonNull(owner, "owner");
        Objects.requireNonNull(expires, "expires");
    }

    /** Whether it is about this finding, expired or not. */
    public boolean covers(Finding finding) {
        return id.equals(finding.id()) && (packageName == null || packageName.equals(finding.subject()));
    }

    public boolean expired(Instant now) {
        return LocalDate.ofInstant(now, ZoneOffset.UTC).isAfter(expires);
    }
}
