package io.jenkins.plugins.ecscanary.localaws.state;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.jenkins.plugins.ecscanary.localaws.world.Kept;
import io.jenkins.plugins.ecscanary.localaws.world.World;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps a world in a {@link StateDirectory}: takes it up when it starts, saves it at most once a second while something
 * happens, and once more at the end. A kill loses that second at most, of what is written without the world's lock (log
 * lines and measured values) all that came since the last change of something else. Simulated time that was seen is not seen again: what is
 * written lies a little ahead, as if the restart had taken {@link #AHEAD} longer.
 */
public final class Keeper implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Keeper.class);

    /** Wall-clock time between a change and its save. */
    private static final Duration EVERY = Duration.ofSeconds(1);

    /** Wall-clock time for which the clock that was written last is good: several saves may fail or be late. */
    static final Duration AHEAD = Duration.ofSeconds(10);

    private final World world;
    private final StateDirectory directory;
    private final List<Kept<?>> parts;
    private final ScheduledExecutorService background;
    private final Map<String, Object> saved = new HashMap<>();
    private long savedChanges = -1;
    private String lastFailure;
    private boolean closed;

    private Keeper(World world, StateDirectory directory, List<Kept<?>> parts) {
        this.world = world;
        this.directory = directory;
        this.parts = List.copyOf(parts);
        this.background = Executors.newSingleThreadScheduledExecutor(task -> {
            Thread thread = new Thread(task, "state");
            thread.setDaemon(true);
            return thread;
        });
    }

    /**
     * Takes the parts up, in their order, before the first call is answered. Saves nothing yet.
     *
     * @throws StateException if one can't be: then nothing has been written
     */
    public static Keeper restored(World world, StateDirectory directory, List<Kept<?>> parts) throws IOException {
        Set<String> known = parts.stream().map(Kept::name).collect(Collectors.toSet());
        for (String there : directory.parts()) {
            if (!known.contains(there)) {
                throw new StateException(directory.file(there), "is of a service that this local AWS does not keep");
            }
        }
        Map<Kept<?>, Object> read = new LinkedHashMap<>();
        for (Kept<?> part : parts) {
            Optional<?> kept = directory.read(part);
            if (kept.isPresent()) {
                read.put(part, kept.get());
            }
        }
        for (Map.Entry<Kept<?>, Object> part : read.entrySet()) {
            try {
                world.run(() -> restore(part.getKey(), part.getValue()));
            } catch (RuntimeException e) {
                throw new StateException(
                        directory.file(part.getKey().name()), "can't be taken up: " + e.getMessage(), e);
            }
        }
        if (!read.isEmpty()) {
            world.log(
                    "state taken up from %s: %s",
                    directory, read.keySet().stream().map(Kept::name).collect(Collectors.joining(", ")));
        }
        return new Keeper(world, directory, parts);
    }

    private static <S> void restore(Kept<S> part, Object kept) {
        part.restore(part.type().cast(kept));
    }

    /** From now on saves in the background. */
    public Keeper start() {
        background.scheduleWithFixedDelay(this::tick, EVERY.toMillis(), EVERY.toMillis(), TimeUnit.MILLISECONDS);
        return this;
    }

    /** Saves if something may have happened; a failure is told once and tried again. */
    void tick() {
        try {
            save(ahead());
            lastFailure = null;
        } catch (IOException | RuntimeException e) {
            if (!String.valueOf(e.getMessage()).equals(lastFailure)) {
                lastFailure = String.valueOf(e.getMessage());
                LOG.error("state is not saved in {}", directory, e);
                world.log("state is NOT saved in %s: %s", directory, e.getMessage());
            }
        }
    }

    private Instant ahead() {
        return world.now().plusNanos((long) (AHEAD.toNanos() * world.time().speed()));
    }

    private synchronized void save(Instant notBefore) throws IOException {
        if (closed) {
            return;
        }
        long changes = world.changes();
        Map<String, byte[]> changed = Map.of();
        Map<String, Object> snapshots = Map.of();
        if (changes != savedChanges) {
            snapshots = snapshots();
            changed = changed(snapshots);
        }
        if (!changed.isEmpty() || clockRunsOut(notBefore)) {
            directory.write(changed, notBefore);
        }
        saved.putAll(snapshots);
        savedChanges = changes;
    }

    /** All parts at one moment. */
    private Map<String, Object> snapshots() {
        return world.look(() -> {
            Map<String, Object> all = new LinkedHashMap<>();
            parts.forEach(part -> all.put(part.name(), part.snapshot()));
            return all;
        });
    }

    private Map<String, byte[]> changed(Map<String, Object> snapshots) throws JsonProcessingException {
        Map<String, byte[]> changed = new LinkedHashMap<>();
        for (Map.Entry<String, Object> part : snapshots.entrySet()) {
            if (!part.getValue().equals(saved.get(part.getKey()))) {
                byte[] json = StateJson.MAPPER.writeValueAsBytes(part.getValue());
                if (!directory.has(part.getKey(), json)) {
                    changed.put(part.getKey(), json);
                }
            }
        }
        return changed;
    }

    /** Half of what the last save was ahead is used up. */
    private boolean clockRunsOut(Instant notBefore) {
        Duration half = Duration.ofNanos((long) (AHEAD.toNanos() * world.time().speed() / 2));
        return !directory.notBefore().isAfter(notBefore.minus(half));
    }

    /** Saves what there is and stops saving. Simulated time must have stopped before. */
    @Override
    public void close() throws IOException {
        background.shutdown();
        synchronized (this) {
            closed = true;
            directory.write(changed(snapshots()), world.now());
        }
    }
}
