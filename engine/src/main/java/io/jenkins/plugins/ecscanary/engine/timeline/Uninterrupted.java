package io.jenkins.plugins.ecscanary.engine.timeline;

import java.io.IOException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.FileLockInterruptionException;

/**
 * Writes files whatever the thread is told meanwhile. A host interrupts the very thread that is about to ask for a roll back,
 * and Java then closes the file under it: what is worth recording most would not be.
 */
public final class Uninterrupted {

    private Uninterrupted() {}

    /** Something that opens what it needs itself, so that it can be done again; twice is as good as once. */
    @FunctionalInterface
    public interface Work<T> {
        T make() throws IOException;
    }

    /** The thread is interrupted again afterwards. */
    public static <T> T make(Work<T> work) throws IOException {
        boolean interrupted = false;
        try {
            while (true) {
                try {
                    return work.make();
                } catch (ClosedByInterruptException | FileLockInterruptionException e) {
                    interrupted = true;
                    Thread.interrupted(); // clears it
                }
            }
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
