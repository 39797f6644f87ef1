package io.jenkins.plugins.ecscanary.engine.observe;

import io.jenkins.plugins.ecscanary.engine.aws.Aws;
import io.jenkins.plugins.ecscanary.engine.aws.AwsFailure;
import io.jenkins.plugins.ecscanary.engine.rollout.Observation;
import io.jenkins.plugins.ecscanary.engine.time.EngineTime;
import io.jenkins.plugins.ecscanary.engine.view.DeploymentView;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Executor;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks at all running deployments of one account, region and identity: one timer, a few threads, batched calls. What is
 * due for one deployment is asked for all that are nearly due. A slow or failing call delays nothing but itself.
 */
public final class ObservationPool {

    private static final Logger LOG = LoggerFactory.getLogger(ObservationPool.class);

    /** Looks due within this time go along with one that is due now: they cost nothing more. */
    private static final Duration TOGETHER = Duration.ofSeconds(2);

    /** The same for what is looked at at leisure: once gone along, they stay together. */
    private static final Duration LEISURELY = Duration.ofSeconds(20);

    private final EngineTime time;
    private final Executor io;
    private final Looker looker;
    private final CallBudget budget;
    private final List<Entry> entries = new ArrayList<>();
    private EngineTime.Timer timer = () -> {};
    private int turn = -1;

    public ObservationPool(Aws aws, EngineTime time, Executor io, CallBudget budget) {
        this.time = time;
        this.io = io;
        this.looker = new Looker(aws, time::now);
        this.budget = budget;
    }

    /** Looks at a deployment from now on. */
    public void add(Watched watched) {
        synchronized (this) {
            entries.add(new Entry(watched));
        }
        poke();
    }

    /** Looks at it no more. */
    public synchronized void remove(Watched watched) {
        entries.removeIf(entry -> entry.watched == watched);
    }

    /** Considers anew what is due, because something has changed. */
    public void poke() {
        List<Runnable> calls;
        synchronized (this) {
            timer.cancel();
            calls = new ArrayList<>();
            Instant now = time.now();
            Instant wake = null;
            // Where calls are scarce, the first gets them: each kind is the first in turn.
            Look[] looks = Look.values();
            turn = (turn + 1) % looks.length;
            for (int i = 0; i < looks.length; i++) {
                Optional<Instant> next = plan(looks[(turn + i) % looks.length], now, calls);
                if (next.isPresent() && (wake == null || next.get().isBefore(wake))) {
                    wake = next.get();
                }
            }
            if (wake != null) {
                Duration wait = Duration.between(now, wake);
                timer = time.after(wait.isNegative() ? Duration.ZERO : wait, this::poke);
            }
        }
        calls.forEach(io::execute);
    }

    /** Adds the calls that are due to {@code calls} and answers when the next one will be. */
    private Optional<Instant> plan(Look look, Instant now, List<Runnable> calls) {
        List<Entry> due = new ArrayList<>();
        List<Entry> nearly = new ArrayList<>();
        Instant wake = null;
        for (Entry entry : entries) {
            Optional<Instant> next = entry.busy.contains(look)
                    ? Optional.empty()
                    : Cadence.next(entry.watched.view(), look, entry.last(look, now));
            if (next.isEmpty()) {
                continue;
            }
            if (!next.get().isAfter(now)) {
                due.add(entry);
            } else if (next.get().isBefore(now.plus(look == Look.WEIGHTS ? TOGETHER : LEISURELY))) {
                nearly.add(entry);
            }
            if (next.get().isAfter(now) && (wake == null || next.get().isBefore(wake))) {
                wake = next.get();
            }
        }
        if (due.isEmpty()) {
            return Optional.ofNullable(wake);
        }
        int batch = Looker.batch(look);
        if (batch > 1) {
            due.addAll(nearly);
        }
        for (int from = 0; from < due.size(); from += batch) {
            if (budget.full(look)) {
                return Optional.ofNullable(wake); // the answer to an earlier one has this looked at again
            }
            Instant earliest = budget.earliest(look, now);
            if (earliest.isAfter(now)) {
                return Optional.of(wake == null || earliest.isBefore(wake) ? earliest : wake);
            }
            budget.begin(look, now);
            List<Entry> chunk = List.copyOf(due.subList(from, Math.min(due.size(), from + batch)));
            chunk.forEach(entry -> entry.start(look, now));
            calls.add(() -> call(look, chunk));
        }
        return Optional.ofNullable(wake);
    }

    private void call(Look look, List<Entry> chunk) {
        try {
            ask(look, chunk);
        } finally {
            budget.answered(look);
            poke();
        }
    }

    private void ask(Look look, List<Entry> chunk) {
        try {
            List<DeploymentView> views =
                    chunk.stream().map(entry -> entry.watched.view()).toList();
            List<Observation> seen = looker.look(look, views);
            synchronized (this) {
                budget.succeeded(look);
                chunk.forEach(entry -> entry.busy.remove(look));
            }
            for (int i = 0; i < chunk.size(); i++) {
                tell(look, chunk.get(i).watched, seen.get(i));
            }
        } catch (AwsFailure e) {
            if (chunk.size() > 1 && !e.passing()) {
                singly(look, chunk);
            } else {
                failed(look, chunk, e);
            }
        } catch (RuntimeException e) {
            LOG.error("looking at {} failed unexpectedly", look, e);
            failed(look, chunk, AwsFailure.of(AwsFailure.Kind.INVALID, look + " can't be looked at: " + e, e));
        }
    }

    /**
     * Something that one of them has is not there any more: the others must not go without an answer for it. Those calls were
     * not planned; what they cost is missing afterwards.
     */
    private void singly(Look look, List<Entry> chunk) {
        for (Entry entry : chunk) {
            budget.spend(look, time.now());
            ask(look, List.of(entry));
        }
    }

    private static void tell(Look look, Watched watched, Observation observation) {
        try {
            watched.seen(look, observation);
        } catch (RuntimeException e) {
            LOG.error(
                    "an observation of {} could not be taken in", watched.view().id(), e);
        }
    }

    private void failed(Look look, List<Entry> chunk, AwsFailure failure) {
        synchronized (this) {
            budget.failed(look, time.now());
            chunk.forEach(entry -> entry.busy.remove(look));
        }
        chunk.forEach(entry -> entry.watched.failed(look, failure));
    }

    /** One deployment and when it was last looked at in which way. */
    private static final class Entry {
        private final Watched watched;
        private final Map<Look, Instant> last = new EnumMap<>(Look.class);
        private final Set<Look> busy = EnumSet.noneOf(Look.class);

        Entry(Watched watched) {
            this.watched = watched;
        }

        /** Never later than now: the clock may have been set back since. */
        Instant last(Look look, Instant now) {
            return last.computeIfPresent(look, (same, at) -> at.isAfter(now) ? now : at);
        }

        void start(Look look, Instant now) {
            last.put(look, now);
            busy.add(look);
        }
    }
}
