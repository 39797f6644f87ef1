package io.jenkins.plugins.ecscanary.localaws.cloudwatch;

import io.jenkins.plugins.ecscanary.localaws.wire.AwsError;
import io.jenkins.plugins.ecscanary.localaws.world.World;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;

/** All alarms by name. Guarded by the world's lock. */
final class AlarmBook {

    private final World world;
    private final NavigableMap<String, Alarm> alarms = new TreeMap<>();

    AlarmBook(World world) {
        this.world = world;
    }

    Optional<Alarm> alarm(String name) {
        return Optional.ofNullable(name).map(alarms::get);
    }

    /** @throws AwsError ResourceNotFound */
    Alarm require(String name) {
        return alarm(name).orElseThrow(() -> new AwsError(404, "ResourceNotFound", "There is no alarm '" + name + "'"));
    }

    /** In the order of their names. */
    Collection<Alarm> all() {
        return Collections.unmodifiableCollection(alarms.values());
    }

    /** Of those that there are; an alarm that is gone is in no state. */
    AlarmState state(String name) {
        return alarm(name).map(alarm -> alarm.state).orElse(null);
    }

    /** The composite alarms whose rule names an alarm. */
    List<Alarm> parents(String name) {
        return alarms.values().stream()
                .filter(alarm -> alarm.definition instanceof OnAlarms composite
                        && composite.rule().alarms().contains(name))
                .toList();
    }

    Alarm create(String name, AlarmDefinition definition) {
        Alarm created = new Alarm(name, arnPrefix() + name, definition, world.now());
        alarms.put(name, created);
        return created;
    }

    void remove(Alarm alarm) {
        alarm.nextEvaluation.cancel();
        alarms.remove(alarm.name);
    }

    String arnPrefix() {
        return world.arn("cloudwatch", "alarm:");
    }
}
