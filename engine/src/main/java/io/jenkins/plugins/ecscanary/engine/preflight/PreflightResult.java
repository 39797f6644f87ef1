package io.jenkins.plugins.ecscanary.engine.preflight;

import io.jenkins.plugins.ecscanary.engine.model.Check;
import java.util.List;
import java.util.Optional;

/**
 * What preflight found.
 *
 * @param checks everything that was looked at, in order
 * @param ready what starting needs; empty exactly if a check refused
 */
public record PreflightResult(List<Check> checks, Optional<Ready> ready) {
    public PreflightResult {
        checks = List.copyOf(checks);
    }
}
