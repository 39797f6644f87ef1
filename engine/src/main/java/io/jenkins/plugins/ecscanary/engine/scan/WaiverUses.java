package io.jenkins.plugins.ecscanary.engine.scan;

import io.jenkins.plugins.ecscanary.engine.scan.WaiverNote.WaiverUse;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Which waiver covers which finding, and what became of each. One for a package goes before one for everywhere. */
final class WaiverUses {

    private final Instant now;
    private final Map<Waiver, Integer> uses = new LinkedHashMap<>();
    private final Map<String, List<Waiver>> byId = new HashMap<>();

    WaiverUses(List<Waiver> waivers, Instant now) {
        this.now = now;
        for (Waiver waiver : waivers) {
            uses.put(waiver, 0);
            byId.computeIfAbsent(waiver.id(), id -> new ArrayList<>()).add(waiver);
        }
    }

    /** The one that holds for it; an expired one for it is noted. */
    Optional<Waiver> use(Finding finding) {
        List<Waiver> covering = byId.getOrDefault(finding.id(), List.of()).stream()
                .filter(waiver -> waiver.covers(finding))
                .toList();
        Optional<Waiver> holding = covering.stream()
                .filter(waiver -> !waiver.expired(now))
                .reduce((a, b) -> a.packageName() == null && b.packageName() != null ? b : a);
        if (holding.isPresent()) {
            uses.merge(holding.get(), 1, Integer::sum);
        } else {
            covering.forEach(waiver -> uses.merge(waiver, 1, Integer::sum));
        }
        return holding;
    }

    /** In the file's order. */
    List<WaiverNote> notes() {
        return uses.entrySet().stream()
                .map(each -> new WaiverNote(each.getKey(), use(each.getKey(), each.getValue()), each.getValue()))
                .toList();
    }

    private WaiverUse use(Waiver waiver, int findings) {
        if (waiver.expired(now)) {
            return WaiverUse.EXPIRED;
        }
        return findings == 0 ? WaiverUse.UNUSED : WaiverUse.APPLIED;
    }
}
