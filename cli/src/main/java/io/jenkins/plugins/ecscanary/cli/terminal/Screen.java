package io.jenkins.plugins.ecscanary.cli.terminal;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.Charset;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jline.terminal.Attributes;
import org.jline.terminal.Size;
import org.jline.terminal.Terminal;
import org.jline.terminal.TerminalBuilder;
import org.jline.terminal.TerminalBuilder.SystemOutput;
import org.jline.utils.AttributedString;
import org.jline.utils.Display;
import org.jline.utils.InfoCmp.Capability;

/** A part of the terminal that is drawn again and again in place, below whatever was there. */
public final class Screen implements AutoCloseable {

    private static final int DEFAULT_HEIGHT = 24;

    private final Terminal terminal;
    private final Display display;
    private List<AttributedString> shown = List.of();
    private Attributes before;
    private KeyReader keys;

    /** @param terminal closed with it */
    Screen(Terminal terminal) {
        this.terminal = terminal;
        this.display = new Display(terminal, false);
        terminal.puts(Capability.cursor_invisible);
        terminal.flush();
    }

    /** Empty where standard output is not a terminal or one that can't move its cursor. */
    public static Optional<Screen> open() {
        if ("dumb".equals(System.getenv("TERM"))) {
            return Optional.empty();
        }
        Terminal terminal;
        try {
            terminal = TerminalBuilder.builder()
                    .system(true)
                    .systemOutput(SystemOutput.SysOut)
                    .dumb(false)
                    // Its other way runs whatever is called test, tty or stty on the PATH.
                    .exec(false)
                    .build();
        } catch (IOException | IllegalStateException e) {
            return Optional.empty(); // what the library throws for "no terminal"
        }
        return Optional.of(new Screen(terminal));
    }

    public Look look() {
        Charset charset = terminal.encoding();
        boolean unicode = charset != null && charset.name().startsWith("UTF");
        return new Look(size().getColumns(), unicode);
    }

    /** Shows these lines where the last ones were; what does not fit below each other is left out at the end. */
    public void draw(List<AttributedString> lines) {
        Size size = size();
        shown = new ArrayList<>(lines.subList(0, Math.min(lines.size(), size.getRows() - 1)));
        display.resize(size.getRows(), size.getColumns());
        display.update(shown, size.cursorPos(Math.max(0, shown.size() - 1), 0));
    }

    /**
     * Leaves a line above what is drawn, for good, and draws that again below it: from its first row on, whatever the terminal
     * has echoed into it.
     */
    public void above(AttributedString line) {
        List<AttributedString> drawn = shown;
        Size size = size();
        display.resize(size.getRows(), size.getColumns());
        display.update(List.of(), 0);
        terminal.puts(Capability.carriage_return);
        terminal.puts(Capability.clr_eos);
        line.println(terminal);
        display.reset();
        draw(drawn);
    }

    /** The next key, if one is pressed in time; from the first call on keys are neither echoed nor kept for a whole line. */
    public Optional<Key> key(Duration timeout) {
        if (keys == null) {
            before = terminal.enterRawMode();
            keys = new KeyReader(terminal.reader()::read);
        }
        try {
            return keys.read(timeout.toMillis());
        } catch (IOException e) {
            throw new UncheckedIOException("the keyboard can't be read", e);
        }
    }

    /** Leaves the last lines standing and the cursor below them. */
    @Override
    public void close() {
        List<AttributedString> last = new ArrayList<>(shown);
        last.add(AttributedString.EMPTY);
        display.update(last, size().cursorPos(last.size() - 1, 0));
        terminal.puts(Capability.cursor_normal);
        terminal.flush();
        if (before != null) {
            terminal.setAttributes(before);
        }
        try {
            terminal.close();
        } catch (IOException e) {
            throw new IllegalStateException("the terminal can't be given back", e);
        }
    }

    /** What the terminal says, else the environment, else the usual. */
    private Size size() {
        Size size = terminal.getSize();
        int columns = size.getColumns() > 0 ? size.getColumns() : environment("COLUMNS", Look.DEFAULT_WIDTH);
        int rows = size.getRows() > 1 ? size.getRows() : environment("LINES", DEFAULT_HEIGHT);
        return new Size(columns, rows);
    }

    private static int environment(String name, int otherwise) {
        String value = System.getenv(name);
        return value != null && value.matches("[1-9][0-9]{1,3}") ? Integer.parseInt(value) : otherwise;
    }
}
