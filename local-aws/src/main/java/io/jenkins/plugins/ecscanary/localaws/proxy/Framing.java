package io.jenkins.plugins.ecscanary.localaws.proxy;

import io.jenkins.plugins.ecscanary.localaws.proxy.Head.Malformed;
import java.nio.ByteBuffer;
import java.util.List;

/** Where a body ends, and what has passed of it. Chunks pass as they are, so a body that is cut short stays so. */
final class Framing {

    private static final long OPEN = Long.MAX_VALUE;
    private static final int LONGEST_LINE = 8 * 1024;

    /** Where in a chunked body we are. */
    private enum In {
        SIZE,
        EXTENSION,
        DATA,
        DATA_END,
        TRAILER_START,
        TRAILER
    }

    private final boolean chunked;
    private final boolean open;
    private long left;
    private In in = In.SIZE;
    private boolean returned;
    private int digits;
    private int line;
    private boolean done;

    private Framing(boolean chunked, long left) {
        this.chunked = chunked;
        this.open = left == OPEN;
        this.left = left;
        this.done = !chunked && left == 0;
    }

    static Framing none() {
        return new Framing(false, 0);
    }

    static Framing untilClose() {
        return new Framing(false, OPEN);
    }

    /** @throws Malformed if the head says two things, or one we don't know */
    static Framing ofRequest(Head head, boolean http11) throws Malformed {
        Framing told = told(head);
        if (told == null) {
            return none();
        }
        if (told.chunked && (!http11 || head.get("Content-Length") != null)) {
            throw new Malformed(400, "a body both chunked and of a given length");
        }
        return told;
    }

    /** @param bodiless whether there is no body whatever the head says */
    static Framing ofAnswer(Head head, boolean bodiless) throws Malformed {
        if (bodiless) {
            return none();
        }
        Framing told = told(head);
        return told == null ? untilClose() : told;
    }

    private static Framing told(Head head) throws Malformed {
        List<String> encodings = head.all("Transfer-Encoding");
        if (!encodings.isEmpty()) {
            if (encodings.size() != 1 || !encodings.get(0).equalsIgnoreCase("chunked")) {
                throw new Malformed(501, "a transfer encoding other than chunked");
            }
            return new Framing(true, 0);
        }
        List<String> lengths = head.all("Content-Length");
        if (lengths.isEmpty()) {
            return null;
        }
        if (lengths.size() != 1 || !isNumber(lengths.get(0))) {
            throw new Malformed(400, "a content length that is not one number");
        }
        return new Framing(false, Long.parseLong(lengths.get(0)));
    }

    private static boolean isNumber(String text) {
        return !text.isEmpty() && text.length() <= 18 && text.chars().allMatch(c -> c >= '0' && c <= '9');
    }

    boolean isChunked() {
        return chunked;
    }

    boolean isUntilClose() {
        return open;
    }

    /** Whether all of it has passed. */
    boolean isDone() {
        return done;
    }

    /** The connection has ended: all there is has passed. */
    void ended() {
        done = open;
    }

    /**
     * Moves what belongs to the body, as much as there is room for.
     *
     * @param bare whether chunks lose their frames, for clients that don't know them
     */
    void pass(ByteBuffer from, ByteBuffer to, boolean bare) throws Malformed {
        if (!chunked) {
            int moved = (int) Math.min(left, Math.min(from.remaining(), to.remaining()));
            move(from, to, moved);
            if (!open) {
                left -= moved;
                done = left == 0;
            }
            return;
        }
        while (!done && from.hasRemaining() && to.hasRemaining()) {
            if (in == In.DATA) {
                int moved = (int) Math.min(left, Math.min(from.remaining(), to.remaining()));
                move(from, to, moved);
                left -= moved;
                in = left == 0 ? In.DATA_END : In.DATA;
            } else {
                byte b = from.get();
                frame((char) (b & 0xFF));
                if (!bare) {
                    to.put(b);
                }
            }
        }
    }

    private static void move(ByteBuffer from, ByteBuffer to, int count) {
        to.put(from.array(), from.arrayOffset() + from.position(), count);
        from.position(from.position() + count);
    }

    private void frame(char c) throws Malformed {
        if (returned != (c == '\n')) {
            throw new Malformed(400, "a chunk that does not end as chunks do");
        }
        boolean endOfLine = c == '\n';
        returned = c == '\r';
        if (++line > LONGEST_LINE) {
            throw new Malformed(400, "a chunk's line is too long");
        }
        if (returned) {
            return;
        }
        switch (in) {
            case SIZE, EXTENSION -> size(c, endOfLine);
            case DATA_END -> {
                require(endOfLine);
                next(In.SIZE);
            }
            case TRAILER_START -> {
                done = endOfLine;
                in = In.TRAILER;
            }
            default -> {
                if (endOfLine) {
                    next(In.TRAILER_START);
                }
            }
        }
    }

    private void size(char c, boolean endOfLine) throws Malformed {
        int digit = Character.digit(c, 16);
        if (endOfLine) {
            require(digits > 0);
            next(left == 0 ? In.TRAILER_START : In.DATA);
        } else if (in == In.SIZE && digit >= 0) {
            require(++digits <= 15);
            left = left * 16 + digit;
        } else {
            require(digits > 0 && (in == In.EXTENSION || c == ';' || c == ' ' || c == '\t'));
            in = In.EXTENSION;
        }
    }

    private void next(In then) {
        in = then;
        digits = 0;
        line = 0;
    }

    private static void require(boolean good) throws Malformed {
        if (!good) {
            throw new Malformed(400, "a chunk without a size, or longer than it");
        }
    }
}
