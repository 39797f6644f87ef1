package io.jenkins.plugins.ecscanary.cli.scan;

import io.jenkins.plugins.ecscanary.cli.follow.Signals;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * Runs the scanner: an argument list, no shell. Where it is too late or interrupted, it is stopped with whatever it has started.
 */
final class ScannerProcess {

    /** For who is asked to end and tidies up first. */
    private static final Duration TO_TIDY_UP = Duration.ofSeconds(2);

    /** For what is in the pipe when the process has ended; who was left behind by it could hold the pipe open for ever. */
    private static final Duration TO_READ_ON = Duration.ofSeconds(2);

    private static final int MOST_LINES = 200;
    private static final int LONGEST_LINE = 4096;

    private final Map<String, String> environment;
    private final Path directory;
    private final Signals signals;

    /**
     * @param environment all of it
     * @param directory to run in
     */
    ScannerProcess(Map<String, String> environment, Path directory, Signals signals) {
        this.environment = environment;
        this.directory = directory;
        this.signals = signals;
    }

    /** How it ended. */
    enum End {
        BY_ITSELF,
        TOO_LATE,
        INTERRUPTED
    }

    /**
     * @param exitCode as it was, also of a process that was killed
     * @param lines the last ones it said, on standard output or error, each cut
     */
    record Ended(End end, int exitCode, List<String> lines) {}

    /**
     * @param most how long it may take
     * @throws IOException if it can't be started
     */
    Ended run(List<String> command, Duration most) throws IOException, InterruptedException {
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(directory.toFile())
                .redirectErrorStream(true)
                .redirectInput(ProcessBuilder.Redirect.from(nothing()));
        builder.environment().clear();
        builder.environment().putAll(environment);
        Stop stop = new Stop();
        Signals.Registration listening = signals.listen(stop, stop);
        try {
            return watch(stop.orGoOn(builder.start()), most, stop);
        } finally {
            listening.close();
        }
    }

    private static Ended watch(Process process, Duration most, Stop stop) throws InterruptedException {
        Tail tail = new Tail(process.getInputStream());
        tail.start();
        try {
            boolean ended = process.waitFor(most.toMillis(), TimeUnit.MILLISECONDS);
            if (!ended) {
                end(process);
            }
            tail.join(TO_READ_ON.toMillis());
            End end = stop.asked() ? End.INTERRUPTED : ended ? End.BY_ITSELF : End.TOO_LATE;
            return new Ended(end, process.waitFor(), tail.lines());
        } finally {
            kill(process.toHandle());
        }
    }

    /** What a signal does, whether the process runs already or not. */
    private static final class Stop implements Runnable {

        private Process process;
        private boolean asked;

        @Override
        public synchronized void run() {
            asked = true;
            if (process != null) {
                kill(process.toHandle());
            }
        }

        synchronized Process orGoOn(Process started) {
            process = started;
            if (asked) {
                kill(started.toHandle());
            }
            return started;
        }

        synchronized boolean asked() {
            return asked;
        }
    }

    private static File nothing() {
        boolean windows = System.getProperty("os.name").startsWith("Windows");
        return new File(windows ? "NUL" : "/dev/null");
    }

    /** Asks all of them first. */
    private static void end(Process process) throws InterruptedException {
        List<ProcessHandle> all = new ArrayList<>(process.descendants().toList());
        process.destroy();
        all.forEach(ProcessHandle::destroy);
        process.waitFor(TO_TIDY_UP.toMillis(), TimeUnit.MILLISECONDS);
        kill(process.toHandle());
        all.forEach(ScannerProcess::kill);
    }

    /** From the top, so that nothing is started any more while its children are looked for. */
    private static void kill(ProcessHandle process) {
        List<ProcessHandle> children = process.children().toList();
        process.destroyForcibly();
        children.forEach(ScannerProcess::kill);
    }

    /** Reads what the process says and keeps the end of it: it must never wait for a reader. */
    private static final class Tail extends Thread {

        private final InputStream from;
        private final Deque<String> lines = new ArrayDeque<>();
        private final StringBuilder line = new StringBuilder();

        Tail(InputStream from) {
            super("scanner-output");
            setDaemon(true);
            this.from = from;
        }

        @Override
        public void run() {
            try (Reader reader = new InputStreamReader(from, StandardCharsets.UTF_8)) {
                char[] buffer = new char[8192];
                for (int read = reader.read(buffer); read >= 0; read = reader.read(buffer)) {
                    add(buffer, read);
                }
            } catch (IOException e) {
                // It was killed: what it said until then is what there is.
            }
        }

        private synchronized void add(char[] buffer, int length) {
            for (int i = 0; i < length; i++) {
                if (buffer[i] == '\n') {
                    endOfLine();
                } else if (line.length() < LONGEST_LINE) {
                    line.append(buffer[i]);
                }
            }
        }

        private void endOfLine() {
            lines.add(line.toString().stripTrailing());
            line.setLength(0);
            if (lines.size() > MOST_LINES) {
                lines.removeFirst();
            }
        }

        synchronized List<String> lines() {
            List<String> all = new ArrayList<>(lines);
            if (!line.isEmpty()) {
                all.add(line.toString().stripTrailing());
            }
            return List.copyOf(all);
        }
    }
}
