package io.jenkins.plugins.ecscanary.localaws.cloudformation;

import io.jenkins.plugins.ecscanary.localaws.cloudformation.template.Invalid;
import io.jenkins.plugins.ecscanary.localaws.wire.AwsError;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The stacks there are, and the last that there were. Guarded by the world's lock. */
final class Stacks {

    /** Deleted ones are known by their id for 90 days on AWS; here it is the last ones. */
    private static final int MOST_DELETED = 50;

    private final Map<String, Stack> byId = new LinkedHashMap<>();

    void add(Stack stack) {
        byId.put(stack.id, stack);
    }

    /** Newest first, the deleted ones too. */
    List<Stack> all() {
        List<Stack> all = new ArrayList<>(byId.values());
        Collections.reverse(all);
        return all;
    }

    /** @param nameOrId a deleted one has its id only */
    Optional<Stack> find(String nameOrId) {
        if (nameOrId == null) {
            return Optional.empty();
        }
        Stack known = byId.get(nameOrId);
        return known != null
                ? Optional.of(known)
                : byId.values().stream()
                        .filter(stack -> stack.name.equals(nameOrId) && stack.status != Status.DELETE_COMPLETE)
                        .findFirst();
    }

    /** @throws AwsError in CloudFormation's words, which its clients read */
    Stack require(String nameOrId) {
        return find(nameOrId).orElseThrow(() -> Invalid.request("Stack with id " + nameOrId + " does not exist"));
    }

    /** @throws AwsError in the words for what is to be changed */
    Stack requireThere(String nameOrId) {
        return find(nameOrId)
                .filter(stack -> stack.status != Status.DELETE_COMPLETE)
                .orElseThrow(() -> Invalid.request("Stack [" + nameOrId + "] does not exist"));
    }

    /** One under review that is not wanted is gone without a trace. */
    void remove(Stack stack) {
        byId.remove(stack.id);
    }

    /** Forgets the oldest of the deleted. */
    void forget() {
        long deleted = byId.values().stream().filter(Stacks::isDeleted).count();
        Iterator<Stack> oldest = byId.values().iterator();
        while (deleted > MOST_DELETED && oldest.hasNext()) {
            if (isDeleted(oldest.next())) {
                oldest.remove();
                deleted--;
            }
        }
    }

    private static boolean isDeleted(Stack stack) {
        return stack.status == Status.DELETE_COMPLETE;
    }
}
