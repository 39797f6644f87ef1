package io.jenkins.plugins.ecscanary.jenkins.deployments;

import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Which builds could not be found when they were last looked for. While its job or a folder is being renamed or moved a build can't
 * be found under any name, so one counts as gone only when several looks in a row have missed it, or when Jenkins has told so.
 */
final class Absences {

    private static final int LOOKS = 3;

    private final Map<String, Integer> missedById = new ConcurrentHashMap<>();

    /** It has been found. */
    void found(Owner owner) {
        missedById.remove(owner.id());
    }

    /**
     * It has not been found once more.
     *
     * @return whether it is gone
     */
    boolean isGone(Owner owner) {
        return owner.isBuildDeleted() || missedById.merge(owner.id(), 1, Integer::sum) >= LOOKS;
    }

    /** All others need not be remembered. */
    void retain(Set<String> ids) {
        missedById.keySet().retainAll(ids);
    }
}
