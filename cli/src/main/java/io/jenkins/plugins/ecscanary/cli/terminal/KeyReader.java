package io.jenkins.plugins.ecscanary.cli.terminal;

import java.io.IOException;
import java.util.Optional;

/**
 * Keys out of a terminal's characters: the cursor keys come as escape sequences, in the two ways terminals have
 * (<a href="https://invisible-island.net/xterm/ctlseqs/ctlseqs.html">xterm control sequences</a>, "PC-Style Function
 * Keys").
 */
final class KeyReader {

    /** What {@link Characters#read} answers when no character came in time. */
    static final int NOTHING = -2;

    private static final int CLOSED = -1;
    private static final int ESCAPE = 27;

    /** The rest of a sequence comes at once; a lone escape has no rest. */
    private static final long REST_MILLIS = 50;

    private final Characters characters;

    KeyReader(Characters characters) {
        this.characters = characters;
    }

    /** Where characters come from. */
    @FunctionalInterface
    interface Characters {
        /** The next character, {@link #NOTHING} after the time-out, or -1 at the end. */
        int read(long timeoutMillis) throws IOException;
    }

    /** Empty if none was pressed in time. The end of the input is {@link Key#QUIT}: nobody is there any more. */
    Optional<Key> read(long timeoutMillis) throws IOException {
        int first = characters.read(timeoutMillis);
        if (first == NOTHING) {
            return Optional.empty();
        }
        return Optional.of(
                switch (first) {
                    case CLOSED, 'q', 'Q' -> Key.QUIT;
                    case ' ' -> Key.SPACE;
                    case '+', '=' -> Key.PLUS;
                    case '-', '_' -> Key.MINUS;
                    case 'h' -> Key.LEFT;
                    case 'l' -> Key.RIGHT;
                    case 'g' -> Key.HOME;
                    case 'G' -> Key.END;
                    case ESCAPE -> sequence();
                    default -> Key.OTHER;
                });
    }

    /** {@code ESC [ D}, {@code ESC O D}, {@code ESC [ 1 ~} and their like. */
    private Key sequence() throws IOException {
        int kind = characters.read(REST_MILLIS);
        if (kind != '[' && kind != 'O') {
            return Key.OTHER;
        }
        int last = characters.read(REST_MILLIS);
        int number = 0;
        while (last >= '0' && last <= '9' || last == ';') {
            number = last == ';' ? number : number * 10 + (last - '0');
            last = characters.read(REST_MILLIS);
        }
        return switch (last) {
            case 'D' -> Key.LEFT;
            case 'C' -> Key.RIGHT;
            case 'H' -> Key.HOME;
            case 'F' -> Key.END;
            case '~' -> number == 1 || number == 7 ? Key.HOME : number == 4 || number == 8 ? Key.END : Key.OTHER;
            default -> Key.OTHER;
        };
    }
}
