package io.jenkins.plugins.ecscanary.localaws.world;

/**
 * A service's part of what survives a restart. Everything but {@link #name} and {@link #type} is called under the world's
 * lock.
 *
 * @param <S> a tree of records that Jackson can write and read: only values, no state of the running service
 */
public interface Kept<S> {

    /** What its file's name begins with, such as {@code ecs}; lower-case letters. */
    String name();

    Class<S> type();

    /** What there is now. Immutable: it is written after the lock has been given up. */
    S snapshot();

    /**
     * Takes up what was kept: once, before the first call is answered. What was running when it was written is gone: tasks
     * are told as stopped and replaced, timers are set again for the time that is left of them.
     *
     * @throws IllegalArgumentException if it makes no sense, saying where
     */
    void restore(S kept);
}
