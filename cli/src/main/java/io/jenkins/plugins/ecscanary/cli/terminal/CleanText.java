package io.jenkins.plugins.ecscanary.cli.terminal;

/**
 * Text from elsewhere (names, AWS's messages, stopped reasons) made safe for a terminal: without anything that moves the
 * cursor, changes its state or reorders what is shown.
 */
public final class CleanText {

    private CleanText() {}

    /** Line breaks and tabs become spaces, other control and invisible formatting characters go; null becomes "". */
    public static String of(String text) {
        if (text == null) {
            return "";
        }
        StringBuilder clean = new StringBuilder(text.length());
        text.codePoints().forEach(c -> {
            if (c == '\n' || c == '\r' || c == '\t') {
                clean.append(' ');
            } else if (visible(c)) {
                clean.appendCodePoint(c);
            }
        });
        return clean.toString();
    }

    private static boolean visible(int c) {
        return switch (Character.getType(c)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.SURROGATE,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR -> false;
            default -> true;
        };
    }
}
