package io.jenkins.plugins.ecscanary.localaws.proxy;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * The first line and the headers of a request or an answer. Read strictly: what two programs could read in two ways is
 * refused, so that nobody can hide a second request from the load balancer.
 */
final class Head {

    /** @param status what a client is answered that has sent such a head */
    static final class Malformed extends Exception {
        private static final long serialVersionUID = 1L;

        private final int status;

        Malformed(int status, String what) {
            super(what, null, false, false);
            this.status = status;
        }

        int status() {
            return status;
        }
    }

    static final int LONGEST = 64 * 1024;

    private final String line;
    private final List<String> names = new ArrayList<>(16);
    private final List<String> values = new ArrayList<>(16);

    private Head(String line) {
        this.line = line;
    }

    /**
     * Takes a whole head out of the buffer.
     *
     * @return null if there is no whole one yet
     * @throws Malformed if it can't become one
     */
    static Head read(ByteBuffer in) throws Malformed {
        byte[] bytes = in.array();
        int begin = in.arrayOffset() + in.position();
        int limit = in.arrayOffset() + in.limit();
        while (limit - begin >= 2 && bytes[begin] == '\r' && bytes[begin + 1] == '\n') {
            begin += 2; // empty lines before a request are left out
        }
        int end = Math.min(limit, begin + LONGEST);
        for (int i = begin; i < end; i++) {
            if (bytes[i] == '\n') {
                if (i == begin || bytes[i - 1] != '\r') {
                    throw new Malformed(400, "a line that ends without a carriage return");
                }
                if (i - begin >= 3 && bytes[i - 2] == '\n') {
                    String text = new String(bytes, begin, i + 1 - begin, StandardCharsets.ISO_8859_1);
                    in.position(i + 1 - in.arrayOffset());
                    return parse(text);
                }
            }
        }
        if (limit - begin >= LONGEST) {
            throw new Malformed(431, "a head longer than " + LONGEST + " bytes");
        }
        return null;
    }

    private static Head parse(String text) throws Malformed {
        int eol = text.indexOf("\r\n");
        Head head = new Head(text.substring(0, eol));
        int at = eol + 2;
        while (text.charAt(at) != '\r') {
            int end = text.indexOf("\r\n", at);
            int colon = text.indexOf(':', at);
            if (colon <= at || colon > end) {
                throw new Malformed(400, "a header without a name");
            }
            for (int i = at; i < colon; i++) {
                if (!isToken(text.charAt(i))) {
                    throw new Malformed(400, "a header name with a character that can't be in one");
                }
            }
            int from = colon + 1;
            int to = end;
            while (from < to && isBlank(text.charAt(from))) {
                from++;
            }
            while (to > from && isBlank(text.charAt(to - 1))) {
                to--;
            }
            for (int i = from; i < to; i++) {
                char c = text.charAt(i);
                if (c < ' ' && c != '\t' || c == 0x7F) {
                    throw new Malformed(400, "a header with a control character");
                }
            }
            head.names.add(text.substring(at, colon));
            head.values.add(text.substring(from, to));
            at = end + 2;
        }
        return head;
    }

    private static boolean isBlank(char c) {
        return c == ' ' || c == '\t';
    }

    static boolean isToken(char c) {
        return c >= 'a' && c <= 'z'
                || c >= 'A' && c <= 'Z'
                || c >= '0' && c <= '9'
                || c == '-'
                || "!#$%&'*+.^_`|~".indexOf(c) >= 0;
    }

    String line() {
        return line;
    }

    int size() {
        return names.size();
    }

    String name(int index) {
        return names.get(index);
    }

    String value(int index) {
        return values.get(index);
    }

    /** The first one; null if there is none. */
    String get(String name) {
        for (int i = 0; i < names.size(); i++) {
            if (names.get(i).equalsIgnoreCase(name)) {
                return values.get(i);
            }
        }
        return null;
    }

    List<String> all(String name) {
        List<String> all = new ArrayList<>(2);
        for (int i = 0; i < names.size(); i++) {
            if (names.get(i).equalsIgnoreCase(name)) {
                all.add(values.get(i));
            }
        }
        return all;
    }

    /** Whether a header that is a list has this member, whatever its case. */
    boolean lists(String name, String member) {
        for (int i = 0; i < names.size(); i++) {
            if (names.get(i).equalsIgnoreCase(name)) {
                for (String each : values.get(i).split(",")) {
                    if (each.strip().equalsIgnoreCase(member)) {
                        return true;
                    }
                }
            }
        }
        return false;
    }
}
