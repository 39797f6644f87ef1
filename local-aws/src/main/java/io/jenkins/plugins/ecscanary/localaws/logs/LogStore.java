package io.jenkins.plugins.ecscanary.localaws.logs;

import io.jenkins.plugins.ecscanary.localaws.logs.LogStream.Event;
import io.jenkins.plugins.ecscanary.localaws.wire.AwsError;
import io.jenkins.plugins.ecscanary.localaws.world.World;
import java.time.Instant;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.regex.Pattern;

/**
 * All groups, streams and events. Tasks write from their own threads, so it has a monitor of its own, under which nothing
 * else is called; callers hold it over all that belongs together.
 *
 * <p>Memory is bounded. Of a stream only the newest events are kept ({@link LogStream}). Of all together {@value
 * #MOST_CHARACTERS} characters: beyond, the stream that was written to longest ago loses its events, and goes on being
 * listed. There are {@value #MOST_GROUPS} groups and {@value #MOST_STREAMS} streams at most: beyond, CreateLogGroup and
 * CreateLogStream answer LimitExceededException, and a task's new stream takes the place of the one that was written to
 * longest ago.
 */
final class LogStore {

    static final long MOST_CHARACTERS = 64L * 1024 * 1024;
    static final int MOST_GROUPS = 1_000;
    static final int MOST_STREAMS = 10_000;
    private static final Pattern GROUP = Pattern.compile("[a-zA-Z0-9_\\-/.#]{1,512}");
    private static final Pattern STREAM = Pattern.compile("[^:*]{1,512}");

    private final World world;
    private final NavigableMap<String, LogGroup> groups = new TreeMap<>();
    private long events;
    private int streams;
    private long characters;

    LogStore(World world) {
        this.world = world;
    }

    /** An operation's handler that holds the monitor. */
    <I, O> Function<I, O> guarded(Function<I, O> handler) {
        return input -> {
            synchronized (this) {
                return handler.apply(input);
            }
        };
    }

    Instant now() {
        return world.now();
    }

    /** In the order of their names. */
    Collection<LogGroup> groups() {
        return Collections.unmodifiableCollection(groups.values());
    }

    Optional<LogGroup> group(String name) {
        return Optional.ofNullable(name).map(groups::get);
    }

    /** @throws AwsError ResourceNotFoundException */
    LogGroup require(String name) {
        LogGroup group = group(name).orElseThrow(LogErrors::noGroup);
        expire(group);
        return group;
    }

    /**
     * By exactly one of the two.
     *
     * @param identifier a name or an ARN
     * @throws AwsError InvalidParameterException, ResourceNotFoundException
     */
    LogGroup require(String name, String identifier) {
        if ((name == null) == (identifier == null)) {
            throw LogErrors.invalid("Exactly one of logGroupName and logGroupIdentifier must be specified.");
        }
        return require(name == null ? nameOf(identifier) : name);
    }

    /** @param identifier a name, or an ARN with or without its last {@code :*} */
    String nameOf(String identifier) {
        String prefix = world.arn("logs", "log-group:");
        if (!identifier.startsWith(prefix)) {
            return identifier;
        }
        String rest = identifier.substring(prefix.length());
        return rest.endsWith(":*") ? rest.substring(0, rest.length() - 2) : rest;
    }

    String arn(LogGroup group) {
        return world.arn("logs", "log-group:" + group.name);
    }

    synchronized LogGroup createGroup(String name, Map<String, String> tags) {
        if (name == null || !GROUP.matcher(name).matches()) {
            throw LogErrors.invalid("Invalid log group name '" + name + "': 1 to 512 of a-zA-Z0-9_-/.#");
        }
        if (groups.size() >= MOST_GROUPS) {
            throw LogErrors.limit();
        }
        LogGroup group = new LogGroup(name, world.now());
        group.tags.putAll(tags);
        groups.put(name, group);
        world.log("logs: group %s created", name);
        return group;
    }

    synchronized void deleteGroup(LogGroup group) {
        groups.remove(group.name);
        streams -= group.streams.size();
        characters -= group.characters();
        world.log("logs: group %s deleted", group.name);
    }

    synchronized LogStream createStream(LogGroup group, String name) {
        if (name == null || !STREAM.matcher(name).matches()) {
            throw LogErrors.invalid("Invalid log stream name '" + name + "': 1 to 512 characters, no : and no *");
        }
        if (streams >= MOST_STREAMS) {
            throw LogErrors.limit();
        }
        return addStream(group, name);
    }

    /** As {@link #createStream}, but there is always room: at the limit the one written to longest ago goes. */
    synchronized LogStream openStream(LogGroup group, String name) {
        if (streams >= MOST_STREAMS) {
            groups.values().stream()
                    .flatMap(each -> each.streams.values().stream().map(stream -> Map.entry(each, stream)))
                    .min(Comparator.comparing(entry -> entry.getValue().touched()))
                    .ifPresent(oldest -> deleteStream(oldest.getKey(), oldest.getValue()));
        }
        return addStream(group, name);
    }

    private synchronized LogStream addStream(LogGroup group, String name) {
        LogStream stream = new LogStream(name, world.now());
        group.streams.put(name, stream);
        streams++;
        return stream;
    }

    synchronized void deleteStream(LogGroup group, LogStream stream) {
        group.streams.remove(stream.name());
        streams--;
        characters -= stream.characters();
    }

    synchronized void append(LogStream stream, long timestamp, String message) {
        long before = stream.characters();
        stream.add(new Event(new LogPosition(timestamp, events++), world.now().toEpochMilli(), message));
        characters += stream.characters() - before;
        while (characters > MOST_CHARACTERS && forgetOldest(stream)) {
            // until it fits, or there is nothing but this stream, which has a bound of its own
        }
    }

    private synchronized boolean forgetOldest(LogStream spared) {
        Optional<LogStream> oldest = groups.values().stream()
                .flatMap(group -> group.streams.values().stream())
                .filter(stream -> stream != spared && !stream.isEmpty())
                .min(Comparator.comparing(LogStream::touched));
        if (oldest.isEmpty()) {
            return false;
        }
        characters -= oldest.get().characters();
        oldest.get().clear();
        return true;
    }

    synchronized void expire(LogGroup group) {
        if (group.retentionDays != null) {
            long before = group.characters();
            group.expire(world.now());
            characters += group.characters() - before;
        }
    }

    /** Puts a group where it was before a restart. */
    synchronized void restore(LogGroup group) {
        groups.put(group.name, group);
    }

    /** Puts a stream where it was before a restart. */
    synchronized void restore(LogGroup group, LogStream stream) {
        group.streams.put(stream.name(), stream);
        streams++;
    }

    /** Puts an event where it was before a restart. */
    synchronized void restore(LogStream stream, Event event) {
        stream.add(event);
        characters += event.message().length();
        events = Math.max(events, event.position().number() + 1);
    }
}
