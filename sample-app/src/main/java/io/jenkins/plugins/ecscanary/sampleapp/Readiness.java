package io.jenkins.plugins.ecscanary.sampleapp;

import java.util.concurrent.atomic.AtomicReference;

/** What {@code /health} says: starting → ready → (unhealthy) → draining, never back. */
final class Readiness {

    enum State {
        STARTING("starting"),
        READY("ready"),
        UNHEALTHY("unhealthy"),
        DRAINING("draining");

        final String word;

        State(String word) {
            this.word = word;
        }
    }

    private final AtomicReference<State> state = new AtomicReference<>(State.STARTING);

    State state() {
        return state.get();
    }

    boolean isDraining() {
        return state.get() == State.DRAINING;
    }

    /** @return false when it was draining before it ever got ready */
    boolean becomeReady() {
        return state.compareAndSet(State.STARTING, State.READY);
    }

    /** @return false when it is not ready (any more) */
    boolean becomeUnhealthy() {
        return state.compareAndSet(State.READY, State.UNHEALTHY);
    }

    /** @return false when it was draining already */
    boolean becomeDraining() {
        return state.getAndSet(State.DRAINING) != State.DRAINING;
    }
}
