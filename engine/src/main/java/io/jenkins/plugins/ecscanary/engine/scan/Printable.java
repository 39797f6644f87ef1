package io.jenkins.plugins.ecscanary.engine.scan;

import java.util.Locale;

/**
 * Text of others, made fit to be stored and shown on one line of a terminal: control characters and those that turn the
 * direction of writing are written as escapes, half surrogate pairs are replaced, what is too long is cut.
 */
final class Printable {

    private Printable() {}

    /** @param most characters, an ellipsis included */
    static String line(String text, int most) {
        int length = text.length();
        boolean plain = length <= most;
        for (int i = 0; plain && i < length; i++) {
            char c = text.charAt(i);
            plain = c >= ' ' && c < 0x7f;
        }
        return plain ? text : made(text, most);
    }

    private static String made(String text, int most) {
        StringBuilder made = new StringBuilder(Math.min(text.length(), most) + 8);
        for (int i = 0; i < text.length(); ) {
            int point = text.codePointAt(i);
            i += Character.charCount(point);
            int before = made.length();
            append(made, point);
            if (made.length() > most - 1 && (i < text.length() || made.length() > most)) {
                made.setLength(before);
                return made.append('…').toString();
            }
        }
        return made.toString();
    }

    private static void append(StringBuilder made, int point) {
        if (point >= Character.MIN_SURROGATE && point <= Character.MAX_SURROGATE) {
            made.append('\uFFFD');
        } else if (shown(point)) {
            made.appendCodePoint(point);
        } else if (point == '\n' || point == '\r' || point == '\t') {
            made.append(' ');
        } else {
            made.append(String.format(Locale.ROOT, "\\u%04x", point));
        }
    }

    private static boolean shown(int point) {
        return switch (Character.getType(point)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR,
                    Character.UNASSIGNED,
                    Character.PRIVATE_USE -> false;
            default -> true;
        };
    }
}
