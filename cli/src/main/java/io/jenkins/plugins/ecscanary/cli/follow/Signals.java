package io.jenkins.plugins.ecscanary.cli.follow;

/** What the operating system asks of a process that follows a deployment. */
@FunctionalInterface
public interface Signals {

    /**
     * Takes the signals over until the registration is closed.
     *
     * @param onInterrupt called at each Ctrl-C, on a thread of its own
     * @param onTerminate called when the process is asked to end, on a thread of its own
     */
    Registration listen(Runnable onInterrupt, Runnable onTerminate);

    /** Signals being listened to. */
    interface Registration extends AutoCloseable {
        /** Gives the signals back to who had them. */
        @Override
        void close();
    }

    /** This process's own; on platforms without such a signal nothing happens. */
    static Signals ofProcess() {
        return (onInterrupt, onTerminate) -> {
            Registration interrupt = register("INT", onInterrupt);
            Registration terminate = register("TERM", onTerminate);
            return () -> {
                interrupt.close();
                terminate.close();
            };
        };
    }

    private static Registration register(String name, Runnable action) {
        Object previous = org.jline.utils.Signals.register(name, action);
        return () -> org.jline.utils.Signals.unregister(name, previous);
    }
}
