package io.jenkins.plugins.ecscanary.localaws.ecs;

import io.jenkins.plugins.ecscanary.localaws.world.World;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** All registered revisions by family. Guarded by the world's lock. */
final class TaskDefinitions {

    private final String arnPrefix;
    private final Map<String, List<Registered>> families = new TreeMap<>();

    TaskDefinitions(World world) {
        arnPrefix = world.arn("ecs", "task-definition/");
    }

    int nextRevision(String family) {
        return families.getOrDefault(family, List.of()).size() + 1;
    }

    String arn(String family, int revision) {
        return arnPrefix + family + ":" + revision;
    }

    void add(TaskDefinition definition, List<Tag> tags) {
        families.computeIfAbsent(definition.family(), family -> new ArrayList<>())
                .add(new Registered(definition, tags));
    }

    /** By {@code family} (its newest revision), {@code family:revision} or ARN. */
    Optional<Registered> find(String name) {
        if (name == null) {
            return Optional.empty();
        }
        String shortName = name.startsWith(arnPrefix) ? name.substring(arnPrefix.length()) : name;
        int colon = shortName.lastIndexOf(':');
        List<Registered> revisions =
                families.getOrDefault(colon < 0 ? shortName : shortName.substring(0, colon), List.of());
        if (revisions.isEmpty()) {
            return Optional.empty();
        }
        return colon < 0
                ? Optional.of(revisions.get(revisions.size() - 1))
                : revisions.stream()
                        .filter(revision -> revision.definition().shortName().equals(shortName))
                        .findFirst();
    }

    /** @param familyPrefix a family's name (AWS: the whole name, in spite of the word), or null for all */
    List<String> arns(String familyPrefix) {
        return families.entrySet().stream()
                .filter(family -> familyPrefix == null || family.getKey().equals(familyPrefix))
                .flatMap(family -> family.getValue().stream())
                .map(registered -> registered.definition().taskDefinitionArn())
                .toList();
    }

    record Registered(TaskDefinition definition, List<Tag> tags) {
        Registered {
            tags = List.copyOf(tags);
        }
    }
}
