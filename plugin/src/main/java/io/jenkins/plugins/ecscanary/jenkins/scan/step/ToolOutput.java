package io.jenkins.plugins.ecscanary.jenkins.scan.step;

import io.jenkins.plugins.ecscanary.engine.scan.ScanFailure;
import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.function.Consumer;

/**
 * What a program says, as lines: the first ones are told as they come, as far as they can be shown; the last ones are kept. However
 * much it says, and however long its lines are, this stays small.
 */
final class ToolOutput extends OutputStream {

    private static final int LONGEST = 4096;
    private static final int LAST = 40;

    private final Consumer<String> told;
    private final int most;
    private final ByteArrayOutputStream line = new ByteArrayOutputStream();
    private final Deque<String> last = new ArrayDeque<>();
    private int count;

    /**
     * @param told gets each line, fit to be shown
     * @param most so many are told
     */
    ToolOutput(Consumer<String> told, int most) {
        this.told = told;
        this.most = most;
    }

    @Override
    public synchronized void write(int b) {
        if (b == '\n') {
            end();
        } else if (line.size() < LONGEST) {
            line.write(b);
        }
    }

    @Override
    public synchronized void write(byte[] bytes, int from, int length) {
        for (int i = from; i < from + length; i++) {
            write(bytes[i]);
        }
    }

    private void end() {
        String text = line.toString(StandardCharsets.UTF_8);
        line.reset();
        if (text.isBlank()) {
            return;
        }
        last.addLast(text);
        if (last.size() > LAST) {
            last.removeFirst();
        }
        count++;
        if (count <= most) {
            ScanFailure.shown(List.of(text)).forEach(told);
        }
        if (count == most + 1) {
            told.accept(Messages.ToolOutput_More());
        }
    }

    /** The last lines, as they were said. */
    synchronized List<String> last() {
        if (line.size() > 0) {
            end();
        }
        return List.copyOf(last);
    }
}
