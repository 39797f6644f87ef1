package io.jenkins.plugins.ecscanary.cli.terminal;

import org.jline.utils.AttributedString;
import org.jline.utils.AttributedStringBuilder;
import org.jline.utils.AttributedStyle;

/** One line being put together; whatever is added is cleaned. */
final class Line {

    static final AttributedStyle GOOD = AttributedStyle.DEFAULT.foreground(AttributedStyle.GREEN);
    static final AttributedStyle BAD = AttributedStyle.BOLD.foreground(AttributedStyle.RED);
    static final AttributedStyle ATTENTION = AttributedStyle.DEFAULT.foreground(AttributedStyle.YELLOW);
    static final AttributedStyle REPLACEMENT = AttributedStyle.DEFAULT.foreground(AttributedStyle.CYAN);
    static final AttributedStyle ORIGINAL = AttributedStyle.DEFAULT.foreground(AttributedStyle.BLUE);
    static final AttributedStyle FAINT = AttributedStyle.DEFAULT.faint();
    static final AttributedStyle BOLD = AttributedStyle.BOLD;

    /** Where values start, so that rows line up. */
    static final int INDENT = 13;

    private final AttributedStringBuilder text = new AttributedStringBuilder();

    /** A row with its label in the left margin; an empty label continues the row above. */
    static Line row(String label) {
        return new Line().add(FAINT, pad(" " + label, INDENT));
    }

    Line add(String more) {
        text.append(CleanText.of(more));
        return this;
    }

    Line add(AttributedStyle style, String more) {
        text.styled(style, CleanText.of(more));
        return this;
    }

    Line when(boolean condition, String more) {
        return condition ? add(more) : this;
    }

    int width() {
        return text.columnLength();
    }

    /** Cut to the terminal's width, with a mark where something is missing. */
    AttributedString fit(Look look) {
        AttributedString whole = text.toAttributedString();
        if (whole.columnLength() <= look.width()) {
            return whole;
        }
        return new AttributedStringBuilder()
                .append(whole.columnSubSequence(0, look.width() - 1))
                .append(look.ellipsis())
                .toAttributedString();
    }

    static String pad(String text, int width) {
        return text.length() >= width ? text : text + " ".repeat(width - text.length());
    }
}
