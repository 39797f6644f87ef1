package io.jenkins.plugins.ecscanary.localaws.cloudformation;

import io.jenkins.plugins.ecscanary.localaws.cloudformation.Forward.Outcome;
import io.jenkins.plugins.ecscanary.localaws.cloudformation.resource.ResourceTypes;
import io.jenkins.plugins.ecscanary.localaws.wire.AwsError;
import io.jenkins.plugins.ecscanary.localaws.world.World;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;

/** Deletes resources of a stack, each before those it needs. */
final class Removal {

    /** Something else may still be on its way out that uses it: so often it is tried again. */
    private static final int MOST_TRIES = 60;

    private static final Set<String> IN_USE = Set.of(
            "ResourceInUse",
            "ClusterContainsServicesException",
            "ClusterContainsTasksException",
            "DeploymentConfigInUseException");

    private final World world;
    private final ResourceTypes types;
    private final Journal journal;

    Removal(World world, ResourceTypes types, Journal journal) {
        this.world = world;
        this.types = types;
        this.journal = journal;
    }

    /**
     * Looks at what is on its way out and begins with what can go.
     *
     * @param bin what is to be deleted; what is gone is taken out of it
     * @param retained what is only to be forgotten
     */
    Outcome step(Stack stack, Map<String, StackResource> bin, Predicate<StackResource> retained) {
        for (Map.Entry<String, StackResource> entry : List.copyOf(bin.entrySet())) {
            if (entry.getValue().status() == Status.DELETE_IN_PROGRESS) {
                look(stack, bin, entry.getKey());
            }
        }
        boolean changed = true;
        while (changed) {
            changed = false;
            List<String> keys = new ArrayList<>(bin.keySet());
            Collections.reverse(keys);
            for (String key : keys) {
                changed |= isFree(bin, key) && begin(stack, bin, key, retained);
            }
        }
        if (bin.isEmpty()) {
            return Outcome.DONE;
        }
        boolean hope = bin.keySet().stream().anyMatch(key -> isFree(bin, key))
                || bin.values().stream().anyMatch(resource -> resource.status() == Status.DELETE_IN_PROGRESS);
        return hope ? Outcome.UNDER_WAY : Outcome.FAILED;
    }

    /** Neither begun nor given up, and nothing that is left needs it. */
    private static boolean isFree(Map<String, StackResource> bin, String key) {
        StackResource resource = bin.get(key);
        return resource.status() != Status.DELETE_IN_PROGRESS
                && resource.status() != Status.DELETE_FAILED
                && bin.values().stream()
                        .noneMatch(
                                other -> other != resource && other.dependsOn().contains(resource.logicalId()));
    }

    private void look(Stack stack, Map<String, StackResource> bin, String key) {
        StackResource resource = bin.get(key);
        boolean done;
        try {
            done = types.require(resource.type())
                    .handler()
                    .deletion(resource.existing())
                    .done();
        } catch (AwsError e) {
            failed(stack, bin, key, e);
            return;
        }
        if (done) {
            gone(stack, bin, key, Status.DELETE_COMPLETE);
        }
    }

    private void gone(Stack stack, Map<String, StackResource> bin, String key, Status status) {
        StackResource resource = bin.remove(key);
        journal.resource(stack, resource.as(status, null, world.now()));
    }

    /** @return whether something is out of the way of others */
    private boolean begin(Stack stack, Map<String, StackResource> bin, String key, Predicate<StackResource> retained) {
        StackResource resource = bin.get(key);
        if (resource.physicalId() == null) {
            bin.remove(key);
            return true;
        }
        if (retained.test(resource)) {
            gone(stack, bin, key, Status.DELETE_SKIPPED);
            return true;
        }
        try {
            types.require(resource.type()).handler().destroy(resource.existing());
        } catch (AwsError e) {
            if (IN_USE.contains(e.code()) && resource.tries() < MOST_TRIES) {
                bin.put(key, resource.triedOnceMore());
            } else {
                failed(stack, bin, key, e);
            }
            return false;
        }
        StackResource going = resource.as(Status.DELETE_IN_PROGRESS, null, world.now());
        bin.put(key, going);
        journal.resource(stack, going);
        return false;
    }

    private void failed(Stack stack, Map<String, StackResource> bin, String key, AwsError error) {
        StackResource resource = bin.get(key);
        String service = types.require(resource.type()).handler().service();
        StackResource failed = resource.as(Status.DELETE_FAILED, journal.told(error, service), world.now());
        bin.put(key, failed);
        journal.resource(stack, failed);
    }
}
