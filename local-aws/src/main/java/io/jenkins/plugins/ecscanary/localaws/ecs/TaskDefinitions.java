package io.jenkins.plugins.ecscanary.localaws.ecs;

import io.jenkins.plugins.ecscanary.localaws.ecs.TaskDefinition.Status;
import io.jenkins.plugins.ecscanary.localaws.wire.AwsError;
import io.jenkins.plugins.ecscanary.localaws.world.World;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Predicate;

/** All registered revisions by family. Guarded by the world's lock. */
final class TaskDefinitions {

    private final String arnPrefix;
    private final Map<String, List<Registered>> families = new TreeMap<>();

    /** The last number given, since those of deleted revisions are not given again. */
    private final Map<String, Integer> lastRevisions = new TreeMap<>();

    TaskDefinitions(World world) {
        arnPrefix = world.arn("ecs", "task-definition/");
    }

    int nextRevision(String family) {
        return lastRevisions.getOrDefault(family, 0) + 1;
    }

    String arn(String family, int revision) {
        return arnPrefix + family + ":" + revision;
    }

    void add(TaskDefinition definition, List<Tag> tags) {
        families.computeIfAbsent(definition.family(), family -> new ArrayList<>())
                .add(new Registered(definition, tags));
        lastRevisions.merge(definition.family(), definition.revision(), Math::max);
    }

    /** Puts another state of a revision in its place. */
    void replace(TaskDefinition definition, List<Tag> tags) {
        families.get(definition.family())
                .replaceAll(old -> old.is(definition) ? new Registered(definition, tags) : old);
    }

    void remove(TaskDefinition definition) {
        families.get(definition.family()).removeIf(old -> old.is(definition));
    }

    /** By {@code family} (its newest active revision), {@code family:revision} or ARN. */
    Optional<Registered> find(String name) {
        if (name == null) {
            return Optional.empty();
        }
        String shortName = name.startsWith(arnPrefix) ? name.substring(arnPrefix.length()) : name;
        int colon = shortName.lastIndexOf(':');
        List<Registered> revisions =
                families.getOrDefault(colon < 0 ? shortName : shortName.substring(0, colon), List.of());
        return colon < 0
                ? revisions.stream().filter(Registered::isActive).reduce((older, newer) -> newer)
                : revisions.stream()
                        .filter(revision -> revision.definition().shortName().equals(shortName))
                        .findFirst();
    }

    /**
     * One that tasks can be started of.
     *
     * @throws AwsError ClientException, in AWS's words, if it is not there or not active
     */
    TaskDefinition require(String name) {
        Registered registered =
                find(name).orElseThrow(() -> new AwsError("ClientException", "TaskDefinition not found."));
        if (!registered.isActive()) {
            throw new AwsError("ClientException", "TaskDefinition is inactive");
        }
        return registered.definition();
    }

    /** Its tags now; none if it has been deleted. */
    List<Tag> tags(TaskDefinition definition) {
        return find(definition.taskDefinitionArn()).map(Registered::tags).orElse(List.of());
    }

    /** @param family a family's whole name, or null for all */
    List<String> arns(String family, Status status) {
        return families.entrySet().stream()
                .filter(entry -> family == null || entry.getKey().equals(family))
                .flatMap(entry -> entry.getValue().stream())
                .map(Registered::definition)
                .filter(definition -> status.name().equals(definition.status()))
                .map(TaskDefinition::taskDefinitionArn)
                .toList();
    }

    /** @param wanted given a family's revisions, of which there is at least one */
    List<String> families(String prefix, Predicate<Collection<Registered>> wanted) {
        return families.entrySet().stream()
                .filter(family -> prefix == null || family.getKey().startsWith(prefix))
                .filter(family -> !family.getValue().isEmpty() && wanted.test(family.getValue()))
                .map(Map.Entry::getKey)
                .toList();
    }

    List<Registered> all() {
        return families.values().stream().flatMap(List::stream).toList();
    }

    /** The last revision numbers by family. */
    Map<String, Integer> lastRevisions() {
        return Map.copyOf(lastRevisions);
    }

    void restore(Collection<Registered> registered, Map<String, Integer> numbers) {
        registered.forEach(one -> add(one.definition(), one.tags()));
        numbers.forEach((family, number) -> lastRevisions.merge(family, number, Math::max));
    }

    record Registered(TaskDefinition definition, List<Tag> tags) {
        Registered {
            tags = Copies.orEmpty(tags);
        }

        boolean isActive() {
            return Status.ACTIVE.name().equals(definition.status());
        }

        private boolean is(TaskDefinition other) {
            return definition.taskDefinitionArn().equals(other.taskDefinitionArn());
        }
    }
}
